import type { Language } from '#domain/vocabulary.js';
import type { Chart } from '../document.js';
import { drawing } from './drawing.js';
import { stackedBars } from './stacked-bars.js';
import { timeline } from './timeline.js';

/** A chart as SVG 1.1 without script, style sheet or pattern: vectors that print in black and white. */
export function chartSvg({ id, title, alternative, drawing: what }: Chart, language: Language): string {
  const { parts, height } = what.as === 'timeline' ? timeline(what, language) : stackedBars(what);
  return drawing(height, id, title, alternative, parts);
}
