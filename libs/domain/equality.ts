/**
 * Whether two values of states or events say the same: primitives, lists, plain records, maps and sets.
 * A field that is `undefined` says the same as one that is not there.
 */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((item) => b.has(item));
  const left = fieldsOf(a);
  const right = fieldsOf(b);
  return left.size === right.size && [...left].every(([field, value]) => equal(value, right.get(field)));
}

/** The fields of a record or the entries of a map, without those that are `undefined`. */
export function fieldsOf(value: object): ReadonlyMap<string, unknown> {
  const entries: Iterable<[string, unknown]> = value instanceof Map ? value : Object.entries(value);
  return new Map([...entries].filter(([, content]) => content !== undefined));
}
