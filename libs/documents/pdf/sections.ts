import { DESIGN } from '../design.js';
import type { Block, Document, Run, Section } from '../document.js';
import { chartHeight, drawChart } from './chart.js';
import { placeOf, wordsOf } from './front.js';
import { onOneLine } from './legible.js';
import { breakLines } from './lines.js';
import { BOTTOM, LEFT, lineHeight, TOP, WIDTH, type Paper } from './paper.js';
import { beginningOf, drawTable } from './table.js';
import { drawLines, flowText } from './text.js';

const { remark, list, colours } = DESIGN;
const REMARK = WIDTH - remark.bar - 2 * remark.padding.inline;

/** Sections one after another; returns the page on which each begins. */
export function drawSections(paper: Paper, document: Document): readonly number[] {
  const open: { level: number; item: PDFKit.PDFOutline }[] = [];
  if (document.sections.length > 0) paper.turn();
  return document.sections.map((section, index) => {
    const needed = beginningOfSection(paper, document.sections, index);
    if (paper.y > TOP && paper.y + needed > BOTTOM) paper.turn();
    const page = paper.page;
    const style = `heading${section.level}` as const;
    if (paper.y === TOP) paper.y -= DESIGN.text[style].before;
    if (paper.drawn) {
      const top = paper.y + DESIGN.text[style].before;
      paper.pdf.addNamedDestination(placeOf(index), 'XYZ', null, top, null);
      while ((open.at(-1)?.level ?? 0) >= section.level) open.pop();
      const parent = open.at(-1)?.item ?? paper.pdf.outline;
      // pdfkit counts `left` from the right edge.
      const place = { expanded: section.level === 1, fit: false, top: Math.max(0, top - 8), left: paper.pdf.page.width, zoom: 0 };
      open.push({ level: section.level, item: parent.addItem(onOneLine(wordsOf(section.heading)), place) });
    }
    const heading = paper.tags.child(`H${section.level}`);
    flowText(paper, section.heading, style, heading, LEFT, WIDTH);
    heading.end();
    for (const block of section.blocks) drawBlock(paper, block);
    return page;
  });
}

function drawBlock(paper: Paper, block: Block): void {
  if (paper.y > TOP && paper.y + beginningOfBlock(paper, block) > BOTTOM) paper.turn();
  switch (block.block) {
    case 'paragraph': {
      if (block.as === 'remark') return drawRemark(paper, block.runs);
      const tag = paper.tags.child('P');
      flowText(paper, block.runs, 'body', tag, LEFT, WIDTH);
      return tag.end();
    }
    case 'list':
      return drawList(paper, block.items);
    case 'table':
      return drawTable(paper, block);
    case 'chart':
      return drawChart(paper, block);
  }
}

function drawList(paper: Paper, items: readonly (readonly Run[])[]): void {
  const tag = paper.tags.child('L');
  const height = lineHeight('listItem');
  const [marker] = breakLines(paper.fonts, [{ text: list.marker }], 'listItem', list.indent);
  for (const runs of items) {
    if (paper.y + 2 * height > BOTTOM) paper.turn();
    const item = tag.child('LI');
    const label = item.child('Lbl');
    if (marker !== undefined) drawLines(paper, [marker], label, LEFT, paper.y, height);
    label.end();
    const body = item.child('LBody');
    flowText(paper, runs, 'listItem', body, LEFT + list.indent, WIDTH - list.indent);
    body.end();
    item.end();
  }
  tag.end();
  paper.y += DESIGN.text.body.after - DESIGN.text.listItem.after;
}

/** A tinted box with a bar at its left, on as many pages as it takes. */
function drawRemark(paper: Paper, runs: readonly Run[]): void {
  const tag = paper.tags.child('P');
  const height = lineHeight('remark');
  const { before, after } = DESIGN.text.remark;
  let lines = breakLines(paper.fonts, runs, 'remark', REMARK);
  paper.y += before;
  while (lines.length > 0) {
    const fit = Math.max(1, Math.floor((BOTTOM - paper.y - 2 * remark.padding.block) / height));
    const part = lines.slice(0, fit);
    const box = part.length * height + 2 * remark.padding.block;
    paper.artifact(() => {
      paper.pdf.rect(LEFT, paper.y, WIDTH, box).fill(colours.tint);
      paper.pdf.rect(LEFT, paper.y, remark.bar, box).fill(colours.accent);
    });
    drawLines(paper, part, tag, LEFT + remark.bar + remark.padding.inline, paper.y + remark.padding.block, height);
    paper.y += box;
    lines = lines.slice(fit);
    if (lines.length > 0) paper.turn();
  }
  tag.end();
  paper.y += after;
}

/** A heading is never the last thing on a page: it needs its own lines, and what follows needs room to begin. */
function beginningOfSection(paper: Paper, sections: readonly Section[], index: number): number {
  const section = sections[index];
  if (section === undefined) return 0;
  const style = `heading${section.level}` as const;
  const own = DESIGN.text[style].before + breakLines(paper.fonts, section.heading, style, WIDTH).length * lineHeight(style) + DESIGN.text[style].after;
  const [first] = section.blocks;
  const next = first !== undefined ? beginningOfBlock(paper, first) : 3 * lineHeight('body');
  return Math.min(own + next, BOTTOM - TOP);
}

function beginningOfBlock(paper: Paper, block: Block): number {
  switch (block.block) {
    case 'paragraph':
      return block.as === 'remark' ? 2 * lineHeight('remark') + 2 * remark.padding.block : 2 * lineHeight('body');
    case 'list':
      return 2 * lineHeight('listItem');
    case 'table':
      return beginningOf(paper, block);
    case 'chart':
      return chartHeight(paper, block);
  }
}
