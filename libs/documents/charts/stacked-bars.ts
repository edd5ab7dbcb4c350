import type { StackedBars } from '../document.js';
import { COLOURS, escaped, label, line, px, TEXT_SIZE, WIDTH, wrapped } from './drawing.js';

const LABELS = 210;
const LEFT = LABELS + 12;
const RIGHT = WIDTH - 34;
const BAR = 18;
const GAP = 14;

/** Steps of light that print apart in black and white; every second one is hatched besides. */
const SHADES = ['#ffffff', '#d5dde8', '#a9b8cc', '#7289a9', '#3d5a82', '#16283f', '#e9e2d4', '#8b8170'] as const;
const IS_DARK = (shade: string): boolean => Number.parseInt(shade.slice(1, 3), 16) < 0x90;

/** The parts of the drawing, and its height. Each part of a bar says its number. */
export function stackedBars({ categories, series }: StackedBars): { readonly parts: string[]; readonly height: number } {
  const totals = categories.map((_, n) => series.reduce((sum, { values }) => sum + (values[n] ?? 0), 0));
  const most = Math.max(1, ...totals);
  const shown = series.map((one, n) => ({ ...one, n })).filter(({ values }) => values.some((value) => value > 0));
  const { parts: legend, height: top } = legendOf(shown);
  const parts = [...legend];
  categories.forEach((name, category) => {
    const y = top + category * (BAR + GAP);
    const lines = wrapped(name, LABELS, 2);
    lines.forEach((text, n) => parts.push(label(LABELS, y + BAR / 2 + 4 + (n - (lines.length - 1) / 2) * (TEXT_SIZE + 2), text, { anchor: 'end' })));
    let x = LEFT;
    for (const { values, n } of shown) {
      const value = values[category] ?? 0;
      if (value <= 0) continue;
      const width = (value / most) * (RIGHT - LEFT);
      parts.push(segment(x, y, width, n));
      if (width > 14) parts.push(number(x + width / 2, y, value, n));
      x += width;
    }
    parts.push(label(x + 6, y + BAR / 2 + 4, String(totals[category]), { fill: COLOURS.quiet }));
  });
  const bottom = top + categories.length * (BAR + GAP);
  parts.push(line(LEFT, top - 6, LEFT, bottom - GAP + 6, COLOURS.ink));
  return { parts, height: bottom };
}

function legendOf(series: readonly { readonly name: string; readonly n: number }[]) {
  const parts: string[] = [];
  let [x, y] = [LEFT, 12];
  for (const { name, n } of series) {
    const width = 30 + [...name].length * TEXT_SIZE * 0.58;
    if (x + width > WIDTH && x > LEFT) [x, y] = [LEFT, y + 18];
    parts.push(segment(x, y - 9, 14, n, 11), label(x + 20, y + 1, name));
    x += width + 6;
  }
  return { parts, height: y + 20 };
}

const shade = (n: number): string => SHADES[n % SHADES.length]!;

function segment(x: number, y: number, width: number, n: number, height = BAR): string {
  const rect = `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${height}" fill="${shade(n)}" stroke="${COLOURS.ink}" stroke-width="0.7"/>`;
  return n % 2 === 1 ? rect + hatching(x, y, width, height, IS_DARK(shade(n)) ? '#ffffff' : COLOURS.ink) : rect;
}

/** Lines at 45°, cut at the edges by hand: not every reader of SVG knows patterns. */
function hatching(x: number, y: number, width: number, height: number, colour: string): string {
  let path = '';
  for (let offset = 6; offset < width + height; offset += 6) {
    const [x1, y1] = offset <= height ? [x, y + offset] : [x + offset - height, y + height];
    const [x2, y2] = offset <= width ? [x + offset, y] : [x + width, y + offset - width];
    path += `M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}`;
  }
  return path === '' ? '' : `<path d="${path}" stroke="${colour}" stroke-width="0.5" fill="none"/>`;
}

/** On a plain ground, so that hatching does not run through it. */
function number(x: number, y: number, value: number, n: number): string {
  const text = String(value);
  const width = text.length * TEXT_SIZE * 0.62 + 4;
  const ground = `<rect x="${px(x - width / 2)}" y="${px(y + 2.5)}" width="${px(width)}" height="${BAR - 5}" fill="${shade(n)}"/>`;
  return `${ground}<text x="${px(x)}" y="${px(y + BAR / 2 + 4)}" text-anchor="middle" font-size="${TEXT_SIZE}" fill="${IS_DARK(shade(n)) ? '#ffffff' : COLOURS.ink}">${escaped(text)}</text>`;
}
