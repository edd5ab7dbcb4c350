import type { Type } from '@nestjs/common';
import { fieldsOf, type Field, type FieldKind } from './field.js';
import { isObject } from './rules.js';

/** Names of fields and indices of lists, from the outside in. */
type Path = readonly (string | number)[];
export type Flaw = { readonly path: Path; readonly detail: string };

/**
 * Everything that is wrong with a value that should be of a class whose fields are declared. Nothing is coerced and nothing
 * passed over: a field that the class does not declare is a flaw, whatever its name.
 * Goes no deeper than the classes do, however deep the value is.
 */
export function flawsOf(type: Type, value: unknown, path: Path = []): Flaw[] {
  if (!isObject(value)) return [{ path, detail: 'must be an object' }];
  const fields = fieldsOf(type);
  const unknown = Object.keys(value)
    .filter((name) => !fields.has(name))
    .map((name) => ({ path: [...path, name], detail: 'is not known here' }));
  const known = [...fields].flatMap(([name, field]) => flawsOfField(field, Object.hasOwn(value, name) ? value[name] : undefined, [...path, name]));
  return [...known, ...unknown];
}

function flawsOfField(field: Field, value: unknown, path: Path): Flaw[] {
  if (value === undefined) return field.optional ? [] : [{ path, detail: 'is required' }];
  if (value === null && field.nullable) return [];
  return flawsOfKind(field, value, path);
}

function flawsOfKind({ rule, of, items }: FieldKind, value: unknown, path: Path): Flaw[] {
  const detail = rule(value);
  if (detail !== undefined) return [{ path, detail }];
  if (of) return flawsOf(of(), value, path);
  if (items) return (value as readonly unknown[]).flatMap((item, index) => flawsOfKind(items, item, [...path, index]));
  return [];
}
