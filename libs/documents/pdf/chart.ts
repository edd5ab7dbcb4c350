import drawSvg from 'svg-to-pdfkit';
import { chartSvg } from '../charts/chart-svg.js';
import { DESIGN } from '../design.js';
import type { Chart } from '../document.js';
import { WORDS } from '../words.js';
import { onOneLine } from './legible.js';
import { BOTTOM, LEFT, lineHeight, TOP, WIDTH, type Paper } from './paper.js';
import { flowText } from './text.js';

const { before, after } = DESIGN.text.caption;
/** Of the title, in two lines, and of the first lines of the words under the drawing. */
const TITLE = before + 2 * lineHeight('caption') + after;
const WORDS_BELOW = 4 + 2 * lineHeight('edge');

/** The room that a chart needs with its title: it is never divided, and one higher than a page is made smaller. */
export function chartHeight(paper: Paper, chart: Chart): number {
  return TITLE + scaled(paper, chart).height + WORDS_BELOW;
}

export function drawChart(paper: Paper, chart: Chart): void {
  const { svg, width, height } = scaled(paper, chart);
  const { pdf, tags } = paper;
  const caption = tags.child('P');
  flowText(paper, [{ text: chart.title }], 'caption', caption, LEFT, WIDTH);
  caption.end();
  const figure = tags.child('Figure', { alt: onOneLine(`${chart.title}. ${chart.alternative}`) });
  const warningCallback = (message: string): never => {
    throw new Error(`A chart cannot be drawn: ${message}`);
  };
  figure.mark(() => drawSvg(pdf, svg, LEFT, paper.y, { width, height, assumePt: true, fontCallback: () => 'sans', warningCallback }));
  figure.end();
  paper.y += height + 4;
  const below = tags.child('P');
  flowText(paper, [{ text: `${WORDS[paper.language].chart}: ${chart.alternative}` }], 'edge', below, LEFT, WIDTH);
  below.end();
  paper.y += DESIGN.table.after;
}

function scaled({ fonts, language }: Paper, chart: Chart) {
  // Its marks are ASCII, which every face has.
  const svg = [...chartSvg(chart, language)].map((letter) => (fonts.has(letter, 'sans') ? letter : '\ufffd')).join('');
  const [, across = '1', down = '1'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const scale = Math.min(WIDTH / Number(across), (BOTTOM - TOP - TITLE - WORDS_BELOW) / Math.max(1, Number(down)));
  // Its own size would go before that which it is drawn in.
  const sizeless = svg.replace(/^(<svg [^>]*?) width="[\d.]+" height="[\d.]+"/, '$1');
  return { svg: sizeless, width: Number(across) * scale, height: Number(down) * scale };
}
