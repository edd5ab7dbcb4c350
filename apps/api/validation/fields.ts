import type { Type } from '@nestjs/common';
import { field, type FieldKind, type FieldOptions } from './field.js';
import {
  calendarDayKind,
  commitmentIdKind,
  cursorKind,
  deadlineKind,
  editionIdKind,
  listKind,
  logPositionKind,
  momentKind,
  nestedKind,
  numberKind,
  oneOfKind,
  patternKind,
  priorityIdKind,
  slugKind,
  stageKind,
  stateKind,
  subjectIdKind,
  textKind,
  timeKind,
  webAddressKind,
  wholeKind,
  yesOrNoKind,
} from './kinds.js';

/** Decorators for the fields of requests. Each states the rule and the schema at once. */

/** One line of text. */
export const Line = ({ max, ...options }: FieldOptions & { max: number }) => field(textKind({ max }), options);
/** Text that may have line breaks. */
export const Prose = ({ max, ...options }: FieldOptions & { max: number }) => field(textKind({ max, lines: true }), options);
export const Pattern = (pattern: RegExp, description: string, options: FieldOptions & { example: string }) =>
  field(patternKind(pattern, description, options.example), options);
/** The id of an agenda, a body or a milestone. */
export const Slug = (options: FieldOptions = {}) => field(slugKind, options);
export const State = (options: FieldOptions = {}) => field(stateKind, options);
export const CommitmentId = (options: FieldOptions = {}) => field(commitmentIdKind, options);
export const PriorityId = (options: FieldOptions = {}) => field(priorityIdKind, options);
export const EditionId = (options: FieldOptions = {}) => field(editionIdKind, options);
/** The id of a priority or commitment. */
export const SubjectId = (options: FieldOptions = {}) => field(subjectIdKind, options);
/** A query parameter that is `true` or `false`. */
export const YesOrNo = (options: FieldOptions = {}) => field(yesOrNoKind, options);
export const CalendarDay = (options: FieldOptions = {}) => field(calendarDayKind, options);
export const LogPosition = (options: FieldOptions = {}) => field(logPositionKind, options);
export const Moment = (options: FieldOptions = {}) => field(momentKind, options);
/** A moment, an edition, or `acknowledged`. */
export const Stage = (options: FieldOptions = {}) => field(stageKind, options);
/** An RFC 3339 time. */
export const Time = (options: FieldOptions = {}) => field(timeKind, options);
/** A day of the calendar or an RFC 3339 time. */
export const Deadline = (options: FieldOptions = {}) => field(deadlineKind, options);
export const Cursor = (options: FieldOptions = {}) => field(cursorKind, options);
export const WebAddress = (options: FieldOptions = {}) => field(webAddressKind, options);
export const OneOf = (words: readonly string[], options: FieldOptions = {}) => field(oneOfKind(words), options);
export const Whole = ({ min, max, ...options }: FieldOptions & { min: number; max: number }) => field(wholeKind(min, max), options);
/** Of a priority within its agenda, and of a commitment within its priority. */
export const Ordinal = (options: FieldOptions = {}) => field(numberKind, options);
/** An object whose fields are declared in turn. */
export const Nested = (of: () => Type, options: FieldOptions = {}) => field(nestedKind(of), options);
export const ListOf = (items: FieldKind, { min = 0, max, ...options }: FieldOptions & { min?: number; max: number }) =>
  field(listKind(items, min, max), options);
