import type { DomainEvent } from './decider.js';
import type {
  CalendarDate,
  Decision,
  Evidence,
  Instrument,
  LocalisedText,
  Reporter,
  ReportingPeriod,
} from './values.js';

/** What recorded data must look like before a state is built on it. Fields that a check does not name are let through. */
export type Check<T> = (value: unknown) => value is T;

/** A check for the data of each event type; the compiler sees that it stays in step with the types. */
export type Shapes<Event extends DomainEvent> = { readonly [E in Event as E['type']]: Check<E['data']> };

export const text: Check<string> = (value) => typeof value === 'string';
export const number: Check<number> = (value): value is number => Number.isFinite(value);
export const boolean: Check<boolean> = (value) => typeof value === 'boolean';
/** A recorded date is taken as it is written: an impossible day is no reason to lose what happened. */
export const date: Check<CalendarDate> = text;

export const oneOf =
  <T extends string>(words: readonly T[]): Check<T> =>
  (value): value is T =>
    words.some((word) => word === value);

export const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || check(value);

export const nullable =
  <T>(check: Check<T>): Check<T | null> =>
  (value): value is T | null =>
    value === null || check(value);

export const listOf =
  <T>(check: Check<T>): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every((item) => check(item));

export const record =
  <T extends object>(fields: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> =>
  (value): value is T =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Check<unknown>>(fields).every(([field, check]) => check((value as Record<string, unknown>)[field]));

export const localisedText = record<LocalisedText>({ ru: text, kk: optional(text), en: optional(text) });
export const decision = record<Decision>({ body: text, date, number: optional(text), paragraph: optional(text) });
export const instrument = record<Instrument>({ title: localisedText, date: optional(date) });
export const reportingPeriod = record<ReportingPeriod>({ id: text, from: date, to: date, due: date, lockedFrom: optional(date) });
export const evidence = record<Evidence>({ title: text, url: text, sha256: optional(text) });
const stateReporter = record<{ readonly state: string }>({ state: text });
const bodyReporter = record<{ readonly body: string }>({ body: text });
export const reporter: Check<Reporter> = (value): value is Reporter => stateReporter(value) || bodyReporter(value);
