/** The PostgreSQL server that was named gave no usable answer. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

/** @param named by what the user named it */
export const databaseUnusable = (named: string, cause: unknown): DatabaseUnusable =>
  new DatabaseUnusable(`${named}: the database cannot be used: ${reasonOf(cause)}`, { cause });

/** Node gathers the failures of several addresses in one error that says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
