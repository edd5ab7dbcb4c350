/** The thing is not at the revision that the actor has seen. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(
    readonly seen: number | 'exists',
    /** -1 where there is nothing. */
    readonly actual: number,
  ) {
    super(`revision ${seen} was seen, but it is at ${actual === -1 ? 'none' : actual}`);
  }
}

/** The idempotency key, or the command id, belongs to another command. */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
  constructor() {
    super('the idempotency key was used for another command');
  }
}

/** Others wrote to the same stream each time that the command was decided, or before it ever was. */
export class TooMuchContention extends Error {
  override readonly name = 'TooMuchContention';
  constructor(stream: string, attempts: number) {
    super(attempts === 0 ? `too many commands wait for stream ${stream}` : `stream ${stream} changed under the command ${attempts} times`);
  }
}
