import type { Change } from '#domain/history.js';
import { EVENT_LABELS } from '#domain/labels/event-types.js';
import { FIELD_LABELS } from '#domain/labels/fields.js';
import { label, type Label } from '#domain/labels/label.js';
import {
  AGENDA_LIFECYCLE_LABELS, ASSIGNMENT_ROLE_LABELS, BODY_KIND_LABELS, BODY_LIFECYCLE_LABELS, COMMITMENT_LIFECYCLE_LABELS, DELIVERY_LABELS,
  DELIVERY_CHANNEL_LABELS, DELIVERY_OUTCOME_LABELS, EDITION_PURPOSE_LABELS, GRADE_LABELS, LANGUAGE_LABELS, PARTICIPATION_LABELS, POSITION_LABELS,
  PRIORITY_LIFECYCLE_LABELS, REPORT_STATUS_LABELS, ROLE_LABELS,
} from '#domain/labels/words.js';
import type { ThingKind } from '#domain/things.js';
import type { Actor, Decision, Evidence, Instrument, Reporter } from '#domain/values.js';
import type { Language } from '#domain/vocabulary.js';
import type { HistoryItem } from './history.js';
import { stateName } from './state-names.js';

/** A change with its words for readers; a value that is said as it stands has no words of its own. */
export type ChangeInWords = Change & { readonly label: string; readonly fromText?: string; readonly toText?: string };
export type HistoryItemInWords = Omit<HistoryItem, 'changes'> & {
  /** What happened, as a heading. */
  readonly label: string;
  /** In which role, and for which state or body. */
  readonly by: string;
  /** What happened, in a sentence. */
  readonly summary: string;
  readonly changes: readonly ChangeInWords[];
};

/** An item with what it says in the reader's language beside what it says to machines. */
export function inWords(item: HistoryItem, language: Language): HistoryItemInWords {
  const heading = labelOf(EVENT_LABELS, item.type)?.[language] ?? item.type;
  const changes = item.changes.map((change) => changeInWords(kindOfState(item, change), change, language));
  return { ...item, label: heading, by: actorText(item.actor, language), changes, summary: summaryOf({ ...item, changes }, heading, language) };
}

/** The fields that say the most of what happened. */
const TELLING = /^\/(due|delivery|percent|lifecycle|lapsed|title\/ru|text\/ru|names\/ru|carryOver\/to|assessment\/grade|assignments\/.+|participations\/[A-Z]{2}\/participation|milestones\/[^/]+\/(due|reached))$/;
/** In a sentence. */
const LONGEST_QUOTE = 80;

function summaryOf({ about, changes, decision, reason, lapsed }: Omit<HistoryItem, 'changes'> & { changes: readonly ChangeInWords[] }, heading: string, language: Language): string {
  const telling = changes.filter(({ field }) => TELLING.test(field)).map((change) => {
    const [from, to] = [cut(change.fromText ?? change.from), cut(change.toText ?? change.to)];
    return `${change.label}: ${change.from === null ? to : `${from} → ${to}`}`;
  });
  const parts = [
    ...(about ? [`${reporterText(about.reporter, language)}, ${about.subject}, ${about.period}`] : []),
    ...telling,
    ...(decision ? [decisionText(decision, language)] : []),
    ...(reason === undefined ? [] : [`${FIELD_LABELS.reason[language]}: ${cut(reason)}`]),
    ...(lapsed ?? []).map((one) => `${LAPSED[language]}: ${reporterText(one.reporter, language)}, ${one.period}`),
  ];
  return parts.length === 0 ? heading : `${heading} — ${parts.join('; ')}`;
}

const LAPSED = label('утратило силу принятие отчёта', 'есепті қабылдау күшін жойды', 'the acceptance of a report lapsed');
const YES_NO = { true: label('да', 'иә', 'yes'), false: label('нет', 'жоқ', 'no') };

export const actorText = ({ role, state, body }: Actor, language: Language): string =>
  [ROLE_LABELS[role][language], ...(state === undefined ? [] : [stateName(state)[language] ?? state]), ...(body === undefined ? [] : [body])].join(', ');

export const reporterText = (reporter: Reporter, language: Language): string =>
  'state' in reporter ? (stateName(reporter.state)[language] ?? reporter.state) : reporter.body;

export function decisionText({ body, date, number, paragraph }: Decision, language: Language): string {
  const parts = {
    ru: [`решение ${body} от ${date}`, number && `№ ${number}`, paragraph && `п. ${paragraph}`],
    kk: [`${body} шешімі, ${date}`, number && `№ ${number}`, paragraph && `${paragraph}-тармақ`],
    en: [`decision of ${body} of ${date}`, number && `No. ${number}`, paragraph && `para. ${paragraph}`],
  };
  return parts[language].filter(Boolean).join(', ');
}

export function fieldText(field: string, language: Language): string {
  if (field === '/carryOver/to') return label('перенесено в', 'қайда көшірілді', 'carried over to')[language];
  const path = segments(field);
  const words = path.flatMap((name, n) => {
    const parent = path[n - 1];
    if (parent !== undefined && MAPS.has(parent)) return nameIn(parent, name, language);
    const tongue = labelOf(LANGUAGE_LABELS, name);
    return tongue ? `(${tongue[language]})` : (labelOf(FIELD_LABELS, name)?.[language] ?? name);
  });
  return words.join(' · ').replace(' · (', ' (');
}

const MAPS = new Set(['assignments', 'deliveries', 'milestones', 'participations', 'recipients', 'reportingPeriods']);

function nameIn(map: string, name: string, language: Language): string {
  if (map === 'deliveries') return labelOf(DELIVERY_CHANNEL_LABELS, name)?.[language] ?? name;
  return map === 'participations' || map === 'recipients' ? (stateName(name)[language] ?? name) : name;
}

function changeInWords(kind: ThingKind, change: Change, language: Language): ChangeInWords {
  const words = (value: unknown) => valueText(kind, change.field, value, language);
  const [fromText, toText] = [words(change.from), words(change.to)];
  return { ...change, label: fieldText(change.field, language), ...(fromText !== undefined && { fromText }), ...(toText !== undefined && { toText }) };
}

/** A change in a report's history is the report's, also where its subject's event made it. */
const kindOfState = ({ thing }: HistoryItem, { field }: Change): ThingKind => (field === '/lapsed' ? 'report' : thing.kind);

/** `undefined` for what is said as it stands. */
export function valueText(kind: ThingKind, field: string, value: unknown, language: Language): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return YES_NO[`${value}`][language];
  if (Array.isArray(value)) return value.map((item: Instrument | Evidence) => entryText(item, language)).join('\n');
  if (typeof value !== 'string') return undefined;
  const path = segments(field);
  const last = path.at(-1)!;
  if (last === 'chair' || field === '/reporter/state') return stateName(value)[language];
  const words = path[0] === 'assignments' ? ASSIGNMENT_ROLE_LABELS : last === 'lifecycle' ? LIFECYCLES[kind] : WORDS[last];
  return words && labelOf(words, value)?.[language];
}

const LIFECYCLES: Partial<Record<ThingKind, Readonly<Record<string, Label>>>> = {
  agenda: AGENDA_LIFECYCLE_LABELS,
  body: BODY_LIFECYCLE_LABELS,
  priority: PRIORITY_LIFECYCLE_LABELS,
  commitment: COMMITMENT_LIFECYCLE_LABELS,
};
const WORDS: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  status: REPORT_STATUS_LABELS,
  delivery: DELIVERY_LABELS,
  grade: GRADE_LABELS,
  kind: BODY_KIND_LABELS,
  participation: PARTICIPATION_LABELS,
  language: LANGUAGE_LABELS,
  purpose: EDITION_PURPOSE_LABELS,
  position: POSITION_LABELS,
  outcome: DELIVERY_OUTCOME_LABELS,
};

const entryText = (entry: Instrument | Evidence, language: Language): string =>
  'url' in entry ? `${entry.title} <${entry.url}>` : [entry.title[language] ?? entry.title.ru, entry.date].filter(Boolean).join(', ');

function labelOf(labels: Readonly<Record<string, Label>>, name: string): Label | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** Of a JSON Pointer (RFC 6901). */
const segments = (field: string): string[] => field.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));

function cut(value: unknown): string {
  const text = (typeof value === 'string' ? value : value === null ? '—' : JSON.stringify(value)).replaceAll(/\s+/g, ' ');
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
}
