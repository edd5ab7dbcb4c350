import type { ActorRole, Language } from './vocabulary.js';

/** Russian is the authentic text; the others are translations and may be absent. */
export type LocalisedText = { readonly ru: string } & { readonly [L in Exclude<Language, 'ru'>]?: string };

/** A day of the calendar, `YYYY-MM-DD`, without a time zone. Compares as text. */
export type CalendarDate = string;

/** A moment, RFC 3339 in UTC with milliseconds: `2024-03-12T15:00:00.000Z`. Compares as text. */
export type Instant = string;

/** ISO 3166-1 alpha-2. */
export type StateCode = string;

/** The reference under which something was agreed or changed. */
export type Decision = {
  /** The body that decided: a registered body's id, or its name. */
  readonly body: string;
  readonly date: CalendarDate;
  readonly number?: string;
  readonly paragraph?: string;
};

/** The document or mechanism that a priority or commitment rests on. */
export type Instrument = { readonly title: LocalisedText; readonly date?: CalendarDate };

export type ReportingPeriod = {
  readonly id: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** The last day on which a report for this period is on time. */
  readonly due: CalendarDate;
  /** From this day on, after a time of grace, what was reported stays as it is. Never, where absent. */
  readonly lockedFrom?: CalendarDate;
};

export type Evidence = { readonly title: string; readonly url: string; readonly sha256?: string };

/** Who acts, in which role, and for which state or body. */
export type Actor = {
  readonly subject: string;
  readonly role: ActorRole;
  /** Of a liaison. */
  readonly state?: StateCode;
  /** Of a body's focal point. */
  readonly body?: string;
};

/** On whose behalf a report is made. */
export type Reporter = { readonly state: StateCode } | { readonly body: string };
