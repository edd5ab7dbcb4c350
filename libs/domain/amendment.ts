import { equal } from './equality.js';

/** Of the fields given, those whose value would become another. Null says that there is none any more. */
export const realChanges = <Given extends object>(
  current: Partial<Record<keyof Given, unknown>>,
  given: Given,
): Partial<Given> =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([field, value]) => value !== undefined && !equal(value ?? undefined, current[field as keyof Given]),
    ),
  ) as Partial<Given>;

/** What a field says after an amendment that may not mention it, may change it or may take it away. */
export const amended = <T>(current: T | undefined, given: T | null | undefined): T | undefined =>
  given === undefined ? current : (given ?? undefined);
