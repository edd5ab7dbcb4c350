import type { Type } from '@nestjs/common';
import { COMMITMENT_ID_PATTERN, EDITION_ID_PATTERN, HIGHEST_NUMBER, PRIORITY_ID_PATTERN, SLUG_PATTERN, STATE_PATTERN } from '#domain/identifiers.js';
import { isCalendarDate } from '#domain/calendar-date.js';
import { isPosition } from '#event-store/position.js';
import type { FieldKind } from './field.js';
import { calendarDay, list, matching, object, oneOf, satisfying, text, webAddress, whole, type TextLimits } from './rules.js';

/** The kinds of values that requests are made of: what is accepted, and how the OpenAPI document says so. */

export const textKind = (limits: TextLimits): FieldKind => ({
  rule: text(limits),
  schema: { type: 'string', minLength: 1, maxLength: limits.max },
});

export const patternKind = (pattern: RegExp, description: string, example: string): FieldKind => ({
  rule: matching(pattern, description),
  schema: { type: 'string', pattern: pattern.source, example },
});

export const slugKind = patternKind(SLUG_PATTERN, 'lower-case letters, digits and single hyphens, 64 characters at most', 'csto-2024');
export const stateKind = patternKind(STATE_PATTERN, 'a state’s code of two capital letters, as KG', 'KG');
export const commitmentIdKind = patternKind(COMMITMENT_ID_PATTERN, 'the id of a commitment, as csto-2025.2.1', 'csto-2025.2.1');

export const priorityIdKind = patternKind(PRIORITY_ID_PATTERN, 'the id of a priority, as csto-2024.2', 'csto-2024.2');
export const editionIdKind = patternKind(EDITION_ID_PATTERN, 'the id of an edition, as csto-2024.e1', 'csto-2024.e1');
export const subjectIdKind: FieldKind = {
  rule: satisfying((value) => PRIORITY_ID_PATTERN.test(value) || COMMITMENT_ID_PATTERN.test(value), 'the id of a priority or commitment, as csto-2024.2.1'),
  schema: { type: 'string', example: 'csto-2024.2.1' },
};

export const yesOrNoKind: FieldKind = {
  rule: (value) => (typeof value === 'boolean' ? undefined : 'must be true or false'),
  schema: { type: 'boolean', example: false },
  fromText: (given) => (given === 'true' || given === 'false' ? given === 'true' : given),
};

export const calendarDayKind: FieldKind = { rule: calendarDay, schema: { type: 'string', format: 'date', example: '2024-03-18' } };

export const webAddressKind: FieldKind = {
  rule: webAddress,
  schema: { type: 'string', format: 'uri', maxLength: 2_000, example: 'https://odkb-csto.org/documents/1' },
};

/** A mailbox as letters are sent to it: no name, no comments, one line (RFC 5321). */
export const emailAddressKind = patternKind(
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/,
  'an e-mail address, as desk@mfa.example',
  'desk@mfa.example',
);

export const oneOfKind = (words: readonly string[]): FieldKind => ({
  rule: oneOf(words),
  schema: { type: 'string', enum: [...words], example: words[0] },
});

export const wholeKind = (min: number, max: number): FieldKind => ({
  rule: whole(min, max),
  schema: { type: 'integer', minimum: min, maximum: max, example: min },
  fromText: (given) => (/^-?\d{1,15}$/.test(given) ? Number(given) : given),
});

/** Of a priority within its agenda, and of a commitment within its priority. */
export const numberKind = wholeKind(1, HIGHEST_NUMBER);

// Swagger knows a class that is yet to be defined by a function that is called `type`, as this one is.
export const nestedKind = (of: () => Type): FieldKind => ({ rule: object, of, schema: { type: () => of() } });

export const listKind = (items: FieldKind, min: number, max: number): FieldKind => ({
  rule: list(min, max),
  items,
  schema: listSchema(items, min, max),
});

function listSchema(items: FieldKind, minItems: number, maxItems: number): FieldKind['schema'] {
  const { of } = items;
  if (of) return { type: () => of(), isArray: true, minItems, maxItems };
  const { example, ...schema } = items.schema as { example?: unknown };
  return { type: 'array', items: schema, minItems, maxItems, example: [example] };
}

export const logPositionKind: FieldKind = {
  rule: satisfying((value) => isPosition(value), 'a log position, as 1042'),
  schema: { type: 'string', pattern: '^(0|[1-9][0-9]{0,18})$', example: '1042' },
};

/** Stands for the edition that the reader's state acknowledged last. */
export const ACKNOWLEDGED = 'acknowledged';

/** A log position or an RFC 3339 time. */
export const momentKind: FieldKind = {
  rule: satisfying((value) => isPosition(value) || isTime(value), 'a log position, as 1042, or an RFC 3339 time, as 2024-06-30T12:00:00Z'),
  schema: { type: 'string', example: '2024-06-30T12:00:00Z' },
};

/** A moment, an edition's, or that of the edition that one's state acknowledged last. */
export const stageKind: FieldKind = {
  rule: satisfying(
    (value) => isPosition(value) || isTime(value) || EDITION_ID_PATTERN.test(value) || value === ACKNOWLEDGED,
    `a log position, as 1042, an RFC 3339 time, as 2024-06-30T12:00:00Z, an edition, as csto-2024.e1, or ${ACKNOWLEDGED}`,
  ),
  schema: { type: 'string', example: 'csto-2024.e1' },
};

export const timeKind: FieldKind = {
  rule: satisfying((value) => isTime(value), 'an RFC 3339 time, as 2024-06-30T12:00:00Z'),
  schema: { type: 'string', format: 'date-time', example: '2024-06-30T12:00:00Z' },
};

export const deadlineKind: FieldKind = {
  rule: satisfying((value) => isCalendarDate(value) || isTime(value), 'a day of the calendar, as 2024-03-18, or an RFC 3339 time, as 2024-06-30T12:00:00Z'),
  schema: { type: 'string', example: '2024-06-30T12:00:00Z' },
};

export const cursorKind: FieldKind = {
  rule: satisfying((value) => /^[A-Za-z0-9_-]{1,500}$/.test(value), 'a cursor, as `next` gave it'),
  schema: { type: 'string', minLength: 1, maxLength: 500, example: 'WyJwcmludDEiLCIxMDQyIiwia3NvcG4iXQ' },
};

/** RFC 3339: date, time and offset, each of them real. */
const isTime = (value: string): boolean => {
  const [, day] = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(value) ?? [];
  return day !== undefined && isCalendarDate(day);
};
