import type { Language } from '#domain/vocabulary.js';
import type { Timeline } from '../document.js';
import { WORDS } from '../words.js';
import { COLOURS, label, line, px, TEXT_SIZE, WIDTH, wrapped } from './drawing.js';

const LEFT = 60;
const RIGHT = WIDTH - 20;
const ROW = 30;
const TOP = 44;
const DAY_MS = 86_400_000;

const day = (date: string): number => Math.floor(Date.parse(date) / DAY_MS);

/** Months across, a line for each row, a mark for each point: filled where it was reached. */
export function timeline({ from, to, rows }: Timeline, language: Language): { readonly parts: string[]; readonly height: number } {
  const [first, last] = [day(from), Math.max(day(to), day(from) + 1)];
  const at = (date: string): number => LEFT + ((day(date) - first) / (last - first)) * (RIGHT - LEFT);
  const bottom = TOP + rows.length * ROW;
  const parts: string[] = [...legend(language), ...monthsBetween(from, to).flatMap((month) => [line(at(month), TOP - 12, at(month), bottom - 8, COLOURS.rule), label(at(month) + 2, TOP - 16, month.slice(0, 7), { size: 8, fill: COLOURS.quiet })])];
  rows.forEach(({ name, points }, n) => {
    const y = TOP + n * ROW;
    parts.push(label(LEFT - 10, y + 4, name, { anchor: 'end' }), line(LEFT, y, RIGHT, y, COLOURS.rule));
    const sorted = points.toSorted((a, b) => (a.date < b.date ? -1 : 1));
    sorted.forEach((point, index) => {
      const x = at(point.date);
      parts.push(mark(x, y, point.reached));
      const room = Math.max(40, (index + 1 < sorted.length ? at(sorted[index + 1]!.date) : WIDTH) - x - 4);
      const isAtEnd = x > RIGHT - 120;
      const [text] = wrapped(point.name, isAtEnd ? x - LEFT : room, 1, 9);
      if (text !== undefined) parts.push(label(x, y + 16, text, { size: 9, anchor: isAtEnd ? 'end' : 'start' }));
    });
  });
  return { parts, height: bottom };
}

const mark = (x: number, y: number, reached: boolean): string =>
  `<path d="M${px(x)} ${px(y - 5)}L${px(x + 5)} ${px(y)}L${px(x)} ${px(y + 5)}L${px(x - 5)} ${px(y)}Z" fill="${reached ? COLOURS.accent : '#ffffff'}" stroke="${COLOURS.ink}" stroke-width="1"/>`;

const legend = (language: Language): string[] => {
  const { reached, notReached } = WORDS[language];
  const second = LEFT + 40 + reached.length * TEXT_SIZE * 0.58;
  return [mark(LEFT + 6, 8, true), label(LEFT + 16, 12, reached), mark(second, 8, false), label(second + 10, 12, notReached)];
};

/** The first days of months within, at most a dozen of them. */
function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  let [year, month] = from.split('-').map(Number) as [number, number];
  for (let first = `${from.slice(0, 7)}-01`; first <= to; ) {
    if (first >= from) months.push(first);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    first = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
  }
  const every = Math.ceil(months.length / 12);
  return months.filter((_, n) => n % every === 0);
}
