import type { Type } from '@nestjs/common';
import { validateSync, type ValidationError } from 'class-validator';
import { FIELD_RULE, fieldsOf, ITEM_RULE, type Field } from './field.js';
import { isObject } from './rules.js';

/** Names of fields and indices of lists, from the outside in. */
type Path = readonly (string | number)[];
export type Flaw = { readonly path: Path; readonly detail: string };

/**
 * Everything that is wrong with a value that should be of a class whose fields are declared. Nothing is coerced and nothing
 * passed over: a field that the class does not declare is a flaw, whatever its name.
 * Goes no deeper than the classes do, however deep the value is.
 */
export function flawsOf(type: Type, value: unknown): Flaw[] {
  if (!isObject(value)) return [{ path: [], detail: 'must be an object' }];
  const { instance, unknown } = instanceOf(type, value, []);
  const errors = validateSync(instance, { forbidUnknownValues: true });
  return [...errors.flatMap((error) => flawsIn(error, fieldsOf(type), [])), ...unknown];
}

/**
 * class-validator judges instances. It knows unknown fields by looking their names up in an ordinary object, where
 * `constructor` and `__proto__` are found: so they are told of here, and what is declared alone is handed to it.
 */
function instanceOf(type: Type, value: Readonly<Record<string, unknown>>, path: Path): { instance: object; unknown: Flaw[] } {
  const fields = fieldsOf(type);
  const unknown: Flaw[] = Object.keys(value)
    .filter((name) => !fields.has(name))
    .map((name) => ({ path: [...path, name], detail: 'is not known here' }));
  const nested = (of: Type, given: unknown, at: Path): unknown => {
    // class-validator would follow lists within lists, as deep as the sender made them; any other non-object stands for them.
    if (!isObject(given)) return Array.isArray(given) ? false : given;
    const inner = instanceOf(of, given, at);
    unknown.push(...inner.unknown);
    return inner.instance;
  };
  const instance = Object.create(type.prototype as object) as Record<string, unknown>;
  for (const [name, { of, items }] of fields) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const at = [...path, name];
    if (of) instance[name] = nested(of(), given, at);
    else if (items?.of && Array.isArray(given)) instance[name] = given.map((item, index) => nested(items.of!(), item, [...at, index]));
    else instance[name] = given;
  }
  return { instance, unknown };
}

function flawsIn({ property, value, constraints, children }: ValidationError, fields: ReadonlyMap<string, Field>, path: Path): Flaw[] {
  const at = [...path, property];
  const field = fields.get(property)!;
  const own = constraints?.[FIELD_RULE];
  if (own !== undefined) return [{ path: at, detail: own }];
  // It says that there are wrong items, not which.
  if (constraints?.[ITEM_RULE] !== undefined) return flawedItems(field, value as readonly unknown[], at);
  if (field.of) return (children ?? []).flatMap((child) => flawsIn(child, fieldsOf(field.of!()), at));
  const items = value as readonly unknown[];
  return items.flatMap((item, index) => {
    if (!isObject(item)) return flawedItems(field, items, at).filter((flaw) => flaw.path.at(-1) === index);
    const within = children?.find((child) => child.property === String(index));
    return (within?.children ?? []).flatMap((child) => flawsIn(child, fieldsOf(field.items!.of!()), [...at, index]));
  });
}

const flawedItems = ({ items }: Field, values: readonly unknown[], path: Path): Flaw[] =>
  values.flatMap((value, index) => {
    const detail = items!.rule(value);
    return detail === undefined ? [] : [{ path: [...path, index], detail }];
  });
