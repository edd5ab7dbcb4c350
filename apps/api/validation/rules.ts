import { isCalendarDate } from '#domain/calendar-date.js';

/** Says what is wrong with a value, as the end of a sentence that begins with its name; nothing where all is well. */
export type Rule = (value: unknown) => string | undefined;

// PostgreSQL's text and jsonb hold neither NUL nor half of a surrogate pair; other control characters are never meant.
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_BREAKS = /[^\P{Cc}\n\r\t]/u;
/** White space, and marks that show nothing by themselves: a text of those alone is blank. */
const BLANK = /^[\s\p{Cf}\p{Z}]*$/u;

export type TextLimits = {
  /** In characters, as Unicode counts them (code points). */
  readonly max: number;
  /** Whether line breaks and tabs may be in it. */
  readonly lines?: boolean;
};

export const text =
  ({ max, lines = false }: TextLimits): Rule =>
  (value) => {
    if (typeof value !== 'string') return 'must be a text';
    if (!value.isWellFormed()) return 'must be well-formed Unicode: it has half of a surrogate pair';
    if ((lines ? CONTROL_BUT_BREAKS : CONTROL).test(value)) {
      return lines ? 'must have no control characters but line breaks and tabs' : 'must have no control characters and no line breaks';
    }
    if (BLANK.test(value)) return 'must not be blank';
    // The length in code units bounds the one in code points from above, and is free.
    if (value.length > max && codePoints(value) > max) return `must have ${max} characters at most`;
    return undefined;
  };

const codePoints = (value: string): number => Array.from(value).length;

export const matching =
  (pattern: RegExp, description: string): Rule =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `must be ${description}`;

export const satisfying =
  (test: (value: string) => boolean, description: string): Rule =>
  (value) =>
    typeof value === 'string' && test(value) ? undefined : `must be ${description}`;

export const oneOf =
  (words: readonly string[]): Rule =>
  (value) =>
    typeof value === 'string' && words.includes(value) ? undefined : `must be one of ${words.join(', ')}`;

export const whole =
  (min: number, max: number): Rule =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`;

export const calendarDay: Rule = (value) =>
  isCalendarDate(value) ? undefined : 'must be a day of the calendar, written as 2024-03-18';

export const webAddress: Rule = (value) => {
  const flaw = text({ max: 2_000 })(value);
  if (flaw !== undefined) return flaw;
  const url = URL.parse(value as string);
  return url && /^https?:$/.test(url.protocol) && !/\s/.test(value as string) ? undefined : 'must be an http or https address';
};

export const list =
  (min: number, max: number): Rule =>
  (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    if (value.length < min) return `must have ${min} ${min === 1 ? 'item' : 'items'} at least`;
    if (value.length > max) return `must have ${max} items at most`;
    return undefined;
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object: Rule = (value) => (isObject(value) ? undefined : 'must be an object');
