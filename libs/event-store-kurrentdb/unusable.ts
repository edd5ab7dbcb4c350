/** The server that the connection string names, or the string itself, cannot be used. The message shows no secret. */
export class KurrentDbUnusable extends Error {
  override readonly name = 'KurrentDbUnusable';
}
