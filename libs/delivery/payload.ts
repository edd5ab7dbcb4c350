import type { CalendarDate, LocalisedText } from '#domain/values.js';

/** What a message is about, enough to write it the same way every time. */
export type Payload =
  | { readonly kind: 'edition'; readonly payload: EditionPayload }
  | { readonly kind: 'reminder'; readonly payload: ReminderPayload }
  | { readonly kind: 'returned'; readonly payload: ReturnedPayload }
  | { readonly kind: 'lapsed'; readonly payload: LapsedPayload };

export type EditionPayload = { readonly edition: string };

/** Before a due date, or after it. */
export type ReminderOccasion = 'before-due' | 'after-due';

export type ReminderPayload = {
  readonly period: string;
  readonly due: CalendarDate;
  readonly occasion: ReminderOccasion;
  readonly owed: readonly Subject[];
};

export type ReturnedPayload = { readonly report: string; readonly period: string; readonly reason: string } & Subject;

export type LapsedPayload = { readonly report: string; readonly period: string } & Subject;

/** A priority or commitment. */
export type Subject = { readonly subject: string; readonly title: LocalisedText };
