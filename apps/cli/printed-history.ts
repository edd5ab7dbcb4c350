import { label } from '#domain/labels/label.js';
import type { Language } from '#domain/vocabulary.js';
import { decisionText, reporterText, type ChangeInWords, type HistoryItemInWords } from '#queries/history-words.js';
import { wordChanges } from './word-changes.js';

export type Style = 'yellow' | 'red' | 'green' | 'bold' | 'dim';
/** Gives a text its colour, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

const HEADINGS = {
  event: label('событие', 'оқиға', 'event'),
  who: label('Кто', 'Кім', 'Who'),
  happened: label('Произошло', 'Болған күні', 'Happened'),
  recorded: label('Записано', 'Жазылған', 'Recorded'),
  decision: label('Решение', 'Шешім', 'Decision'),
  reason: label('Причина', 'Себебі', 'Reason'),
  lapsed: label('Утратило силу', 'Күшін жойды', 'Lapsed'),
  acceptance: label('принятие отчёта', 'есепті қабылдау', 'the acceptance of report'),
};

/** One event of a history as lines of text: what, who, when and why, and below it what changed. */
export function printedItem(item: HistoryItemInWords, language: Language, paint: Paint): string {
  const facts: [Exclude<keyof typeof HEADINGS, 'event' | 'acceptance'>, string][] = [
    ['who', `${item.by} (${item.actor.subject})`],
    ['happened', item.occurredOn],
    ['recorded', item.recordedAt],
    ...(item.decision ? [['decision', decisionText(item.decision, language)] as ['decision', string]] : []),
    ...(item.reason === undefined ? [] : [['reason', item.reason] as ['reason', string]]),
    ...(item.lapsed ?? []).map(
      (one): ['lapsed', string] => ['lapsed', `${HEADINGS.acceptance[language]} ${one.report} (${reporterText(one.reporter, language)}, ${one.period})`],
    ),
  ];
  const width = Math.max(...facts.map(([name]) => HEADINGS[name][language].length)) + 2;
  return [
    `${paint('yellow', `${HEADINGS.event[language]} ${item.position}`)} ${paint('dim', `${item.thing.kind} ${item.thing.id} · ${item.revision} · ${item.type}`)}`,
    ...facts.map(([name, text]) => `${`${HEADINGS[name][language]}:`.padEnd(width)}${hanging(text, width)}`),
    '',
    `    ${paint('bold', item.label)}`,
    '',
    ...item.changes.filter(({ field }) => !TOLD_ABOVE.test(field)).flatMap((change) => printedChange(change, paint)),
  ].join('\n');
}

/** The grounds of this event stand in its head. */
const TOLD_ABOVE = /^\/(agreement|(closure|suspension|resumption|reopening|carryOver|withdrawal|retirement)\/(decision|reason))\b/;
/** Shorter values stand in one line. */
const SHORT = 40;

function printedChange(change: ChangeInWords, paint: Paint): string[] {
  const [from, to] = [shown(change.from, change.fromText), shown(change.to, change.toText)];
  const isShort = [from, to].every((text) => text === undefined || (text.length <= SHORT && !text.includes('\n')));
  if (isShort) {
    const gone = from === undefined ? [] : [paint('red', `-${from}`)];
    const become = to === undefined ? [] : [paint('green', `+${to}`)];
    return [`      ${change.label}: ${[...gone, ...become].join('  ')}`];
  }
  const pieces = from === undefined || to === undefined ? undefined : wordChanges(from, to);
  const body = pieces
    ? lines(pieces.map(({ kind, text }) => (kind === 'same' ? text : eachLine(text, (line) => marked(kind, line, paint)))).join(''), '    ')
    : [...lines(from, '  - ', (line) => paint('red', line)), ...lines(to, '  + ', (line) => paint('green', line))];
  return [`      ${change.label}:`, ...body.map((line) => `    ${line}`)];
}

/** As `git diff --word-diff` marks them, so that colour is never the only sign. */
const marked = (kind: 'gone' | 'new', text: string, paint: Paint): string => (kind === 'gone' ? paint('red', `[-${text}-]`) : paint('green', `{+${text}+}`));

const eachLine = (text: string, change: (line: string) => string): string =>
  text.split('\n').map((line) => (line.trim() === '' ? line : change(line))).join('\n');

const lines = (text: string | undefined, sign: string, painted = (line: string) => line): string[] =>
  text === undefined ? [] : text.split('\n').map((line) => painted(sign + line));

const hanging = (text: string, width: number): string => text.replaceAll('\n', `\n${' '.repeat(width)}`);

const shown = (value: unknown, text: string | undefined): string | undefined =>
  text ?? (value === null ? undefined : safe(typeof value === 'string' ? value : JSON.stringify(value)));

/** What stands in the log must not steer the terminal. */
const safe = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]/gu, '�');
