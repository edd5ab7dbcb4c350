import { chartSvg } from './charts/chart-svg.js';
import { DESIGN, type TextStyle } from './design.js';
import type { Block, Cell, Chart, Column, Document, Run, Section, Table } from './document.js';
import { fit } from './plain-text.js';
import { WORDS, writtenDate } from './words.js';

/**
 * One page that needs nothing else: no script, no address, styles in itself. It prints with running header and page numbers where the
 * browser knows CSS paged media, and reads aloud: landmarks, headings, captions, scopes, languages, charts in words.
 */
export function renderHtml(document: Document): string {
  const { language, title, subtitle = '', organisation, facts, sections, runningHeader } = document;
  const words = WORDS[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Mindet">
<title>${escaped(`${title} — ${organisation}`)}</title>
<style>${style(runningHeader)}</style>
</head>
<body>
<a class="skip" href="#content">${escaped(words.contents)}</a>
<header>
<p class="organisation" dir="auto">${escaped(organisation)}</p>
<h1 dir="auto">${escaped(title)}</h1>
${subtitle.split('\n').map((line) => `<p class="subtitle" dir="auto">${escaped(line)}</p>`).join('\n')}
<dl>${facts.map(({ label, value }) => `<dt>${escaped(label)}</dt><dd dir="auto">${escaped(value)}</dd>`).join('')}</dl>
</header>
<nav id="content" aria-labelledby="contents-heading">
<h2 id="contents-heading">${escaped(words.contents)}</h2>
<ol>${sections.map(({ id, level, heading }) => `<li class="level-${level}"><a href="#${attribute(id)}">${runsHtml(heading, language)}</a></li>`).join('')}</ol>
</nav>
<main>
${sections.map((section) => sectionHtml(section, document)).join('\n')}
</main>
</body>
</html>
`;
}

function sectionHtml({ id, level, heading, blocks }: Section, document: Document): string {
  const tag = `h${level + 1}`;
  return `<section aria-labelledby="${attribute(id)}"><${tag} id="${attribute(id)}" dir="auto">${runsHtml(heading, document.language)}</${tag}>
${blocks.map((block) => blockHtml(block, document)).join('\n')}</section>`;
}

function blockHtml(block: Block, document: Document): string {
  switch (block.block) {
    case 'paragraph':
      return `<p${block.as === 'remark' ? ' class="remark"' : ''} dir="auto">${runsHtml(block.runs, document.language)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li dir="auto">${runsHtml(item, document.language)}</li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(block, document);
    case 'chart':
      return chartHtml(block, document);
  }
}

function tableHtml({ caption, columns, rows }: Table, { language }: Document): string {
  if (rows.length === 0) return `<p class="remark">${escaped(caption)}. ${escaped(WORDS[language].nothing)}</p>`;
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => `<col style="width:${((share / total) * 100).toFixed(2)}%">`).join('');
  const head = columns.map(({ heading, of }) => `<th scope="col"${isRight(of)}>${escaped(heading)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell, n) => cellHtml(cell, columns[n]!, n, language)).join('')}</tr>`);
  return `<table><caption>${escaped(caption)}</caption><colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>`;
}

const isRight = (of: Column['of']): string => (of === 'number' || of === 'percent' ? ' class="number"' : '');

/** The first cell names its row. */
function cellHtml(cell: Cell, { of }: Column, n: number, language: Document['language']): string {
  const [open, close] = n === 0 ? [`<th scope="row"${isRight(of)}`, '</th>'] : [`<td${isRight(of)}`, '</td>'];
  const content =
    cell === null ? '' : typeof cell === 'object' ? runsHtml(cell, language) : typeof cell === 'number' ? `${cell}${of === 'percent' ? '\u00a0%' : ''}` : dateHtml(cell, language);
  return `${open} dir="auto">${content}${close}`;
}

const dateHtml = (date: string, language: Document['language']): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) ? `<time datetime="${date}">${escaped(writtenDate(date, language))}</time>` : escaped(date);

const chartHtml = (chart: Chart, { language }: Document): string =>
  `<figure>${chartSvg(chart, language)}<figcaption>${escaped(WORDS[language].chart)}: ${escaped(chart.title)}<details><summary>${escaped(chart.title)}</summary>${escaped(chart.alternative)}</details></figcaption></figure>`;

function runsHtml(runs: readonly Run[], language: Document['language']): string {
  return runs
    .map(({ text, style: how, language: own, link }) => {
      const said = escaped(text).replaceAll('\n', '<br>');
      const styled = how === 'strong' ? `<strong>${said}</strong>` : how === 'emphasis' ? `<em>${said}</em>` : how === 'quiet' ? `<span class="quiet">${said}</span>` : said;
      const linked = link !== undefined && /^https?:\/\//i.test(link) ? `<a href="${attribute(link)}" rel="noopener noreferrer">${styled}</a>` : styled;
      return own !== undefined && own !== language ? `<span lang="${own}">${linked}</span>` : linked;
    })
    .join('');
}

const escaped = (text: string): string => fit(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const attribute = (text: string): string => escaped(text).replaceAll('"', '&quot;');

const families = ({ family, otherwise }: (typeof DESIGN.fonts)[keyof typeof DESIGN.fonts]): string => [family, ...otherwise].map((name) => (/ /.test(name) ? `"${name}"` : name)).join(',');

function typeOf(name: TextStyle): string {
  const { font, weight, size, line, before, after, colour } = DESIGN.text[name];
  return `font:${weight} ${size}pt/${line} ${families(DESIGN.fonts[font])};color:${DESIGN.colours[colour]};margin:${before}pt 0 ${after}pt`;
}

/** A text in a style sheet, which a page's header is made of. */
const cssText = (text: string): string => `"${fit(text).replaceAll(/["\\<>\n]/g, (sign) => `\\${sign.codePointAt(0)!.toString(16)} `)}"`;

function style(runningHeader: string): string {
  const { page, colours, table, remark } = DESIGN;
  const { top, right, bottom, left } = page.margins;
  return `
@page{size:A4;margin:${top}mm ${right}mm ${bottom}mm ${left}mm;@top-left{content:${cssText(runningHeader)};font:8pt sans-serif;color:${colours.quiet}}@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:${colours.quiet}}}
@page:first{@top-left{content:none}@bottom-right{content:none}}
*{box-sizing:border-box}
body{max-width:${page.width - left - right + 20}mm;margin:0 auto;padding:12mm 6mm;background:#fff;${typeOf('body')};overflow-wrap:anywhere}
p,li{${typeOf('body')}}
.skip{position:absolute;left:-999em}.skip:focus{left:0}
header::before{content:"";display:block;width:${DESIGN.cover.line.length}mm;border-top:${DESIGN.cover.line.width}pt solid ${colours.accent};margin-bottom:4mm}
.organisation{${typeOf('organisation')}}
h1{${typeOf('title')}}.subtitle{${typeOf('subtitle')}}
h2{${typeOf('heading1')};break-after:avoid}h3{${typeOf('heading2')};break-after:avoid}h4{${typeOf('heading3')};break-after:avoid}
dl{display:grid;grid-template-columns:minmax(10em,${DESIGN.cover.labels}mm) 1fr;gap:2pt 6mm;margin:10mm 0}
dt{${typeOf('factLabel')}}dd{${typeOf('factValue')}}
nav ol{list-style:none;padding:0}nav a{color:${colours.accent}}.level-2{padding-left:${DESIGN.contents.indent}pt}.level-3{padding-left:${DESIGN.contents.indent * 2}pt}
.remark{${typeOf('remark')};background:${colours.tint};border-left:${remark.bar}pt solid ${colours.accent};padding:${remark.padding.block}pt ${remark.padding.inline}pt}
.quiet{color:${colours.quiet}}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin:0 0 ${table.after}pt;border-top:${table.frame}pt solid ${colours.accent};border-bottom:${table.frame}pt solid ${colours.accent}}
caption{${typeOf('caption')};text-align:left}
thead{display:table-header-group}tr{break-inside:avoid}
thead th{${typeOf('tableHeader')};background:${colours.tint};border-bottom:${table.frame}pt solid ${colours.accent};text-align:left}
th,td{padding:${table.padding.block}pt ${table.padding.inline}pt;vertical-align:top;text-align:left}
tbody th,td{${typeOf('tableCell')};border-bottom:${table.rule}pt solid ${colours.rule};padding:${table.padding.block}pt ${table.padding.inline}pt}
th.number,td.number{text-align:right}
figure{margin:6pt 0 12pt;break-inside:avoid}figure svg{max-width:100%;height:auto}figcaption{${typeOf('caption')}}
@media print{body{max-width:none;padding:0}nav{break-after:page}header{break-after:page}details{display:none}}
`;
}
