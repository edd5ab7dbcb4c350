import type { Position } from '#event-store/event-store.js';

type Where = { readonly position: Position; readonly id: string; readonly type: string };

/** The projection cannot take an event, or its rows cannot be written. It stands still; nothing is skipped. */
export class ProjectionFailed extends Error {
  override readonly name = 'ProjectionFailed';
  constructor(
    readonly projection: string,
    /** The event, or the first of several among which it is. */
    readonly event: Where,
    /** The last event among which it is. */
    readonly last: Where,
    cause: unknown,
  ) {
    super(`${projection} cannot take ${event.type} ${event.id} at ${event.position}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

/** Another reader wrote the tables, or they were replaced by a rebuild. Nothing was written; open them anew. */
export class TablesMoved extends Error {
  override readonly name = 'TablesMoved';
  constructor(projection: string) {
    super(`the tables of ${projection} were written by another reader or replaced`);
  }
}

/** Tables that this release reads are not there yet: nobody has made them, or a rebuild is about to put them in place. */
export class NotProjected extends Error {
  override readonly name = 'NotProjected';
  constructor() {
    super('the tables that are read are not there yet');
  }
}
