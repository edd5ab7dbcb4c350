import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LANGUAGES } from '#domain/vocabulary.js';
import { startProgram } from '#platform/testing/program.js';
import { DESIGN } from './design.js';
import { documentOf, KAZAKH, paragraph, sampleDocument, table } from './testing/sample-document.js';
import { readPdf } from './testing/read-pdf.js';
import { millimetres, RIGHT } from './pdf/paper.js';
import { renderPdf } from './pdf.js';

const HOSTILE = [
  '<script>alert(1)</script> & "quoted" <b>',
  '\u0000\u0007\u001b[31m\u007f\u0085',
  '\u202eright to left override\u202c',
  'שלום עולם مرحبا بالعالم',
  '\ud800 lone \udfff',
  `Z${'\u0335\u0310\u0311'.repeat(200)}algo`,
  'W'.repeat(3000),
  '{{text}} ${process.env.HOME} file:///etc/passwd (]]> endstream endobj',
  '日本語 👩‍👩‍👧 \ufffe\uffff',
  '',
  ' ',
  '\n\n\n',
];

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('a document as PDF', () => {
  it.each(LANGUAGES)('in %s holds every Kazakh letter, its language, its title and its organisation', async (language) => {
    const document = sampleDocument(language);
    const read = await readPdf(await renderPdf(document));
    const text = read.pages.join(' ').replace(/\s+/g, ' ');
    for (const letter of KAZAKH.replaceAll(' ', '')) expect(text).toContain(letter);
    expect(read.title).toBe(document.title);
    expect(read.language).toBe(language);
    expect(read.pages[0]).toContain(document.organisation.slice(0, 20));
    expect(read.metadata).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(read.links).toContain('https://example.org/agenda');
  });

  it('is the same bytes each time, and in another process', async () => {
    const digests: string[] = [];
    for (const language of LANGUAGES) digests.push(digest(await renderPdf(sampleDocument(language))));
    expect(digest(await renderPdf(sampleDocument('ru')))).toBe(digests[0]);
    const { stdout } = await startProgram('libs/documents/testing/print-pdf-digest.ts', [], { TZ: 'Pacific/Kiritimati', LANG: 'kk_KZ.UTF-8' }).ended;
    expect(stdout.trim().split('\n')).toEqual(digests);
  });

  it('names in its contents the page on which each section begins, and says on every page but the cover which it is', async () => {
    const document = sampleDocument('ru', { priorities: 7, commitments: 15 });
    const { pages, outline } = await readPdf(await renderPdf(document));
    const contents = pages.slice(1, 3).join('\n').replace(/\s+/g, ' ');
    for (const number of [1, 4, 7]) {
      const heading = `${number}.1 Комитет секретарей советов безопасности`;
      const page = pages.findIndex((text, index) => index > 2 && text.includes(`\n${heading}`)) + 1;
      expect(page).toBeGreaterThan(3);
      expect(contents).toContain(`${heading} ${page}`);
      expect(outline).toContain(`- ${heading}`);
    }
    expect(pages[0]).not.toContain('с. 1 из');
    for (const [index, text] of pages.slice(1).entries()) {
      expect(text).toContain(`с. ${index + 2} из ${pages.length}`);
      expect(text).toContain(document.runningHeader);
    }
  });

  it('repeats the header of a table on each page, without reading it aloud again', async () => {
    const { pages, tags } = await readPdf(await renderPdf(documentOf([table('long', 'en', 120)])));
    const withTable = pages.slice(2);
    expect(withTable.length).toBeGreaterThan(3);
    for (const text of withTable) expect(text).toContain('Lead body');
    for (const text of withTable) expect(text).toMatch(/long\.\d+/);
    expect(tags.filter((roles) => roles.includes('TH'))).toHaveLength(1);
  });

  it('is tagged: headings, lists, tables, figures, links', async () => {
    const roles = new Set((await readPdf(await renderPdf(sampleDocument('en')))).tags.join(' ').split(' '));
    for (const role of ['H1', 'H2', 'H3', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'Caption', 'TR', 'TH', 'TD', 'Figure', 'TOC', 'TOCI', 'Link', 'Span']) {
      expect(roles).toContain(role);
    }
  });

  it('keeps a narrative of ten thousand letters whole, in a paragraph and in a cell', async () => {
    const narrative = Array.from({ length: 1250 }, (_, index) => `w${String(index).padStart(6, '0')}`).join(' ');
    const cells = { ...table('narrative', 'en', 0), rows: [[[{ text: narrative }], [{ text: 'beside' }], 1, null, '2026-01-01']] };
    for (const block of [paragraph(narrative), cells]) {
      const { pages, reach } = await readPdf(await renderPdf(documentOf([block])));
      const found = pages.join('\n').match(/w\d{6}/g) ?? [];
      expect(new Set(found).size).toBe(1250);
      expect(reach).toBeLessThanOrEqual(RIGHT + 0.5);
    }
  });

  it('breaks what is too long for a cell, and never runs over the margin', async () => {
    const document = { ...documentOf([paragraph('Ж'.repeat(10_000)), ...HOSTILE.map(hostileTable)]), title: 'Щ'.repeat(500), runningHeader: 'Ы'.repeat(900) };
    const { pages, reach } = await readPdf(await renderPdf(document));
    expect(pages.join('').match(/Ж/g)).toHaveLength(10_000);
    expect(reach).toBeLessThanOrEqual(RIGHT + 0.5);
    expect(RIGHT).toBeCloseTo(millimetres(DESIGN.page.width - DESIGN.page.margins.right));
  });

  it('takes hostile text for text, in the metadata too', async () => {
    const [markup = ''] = HOSTILE;
    const read = await readPdf(await renderPdf({ ...documentOf([...HOSTILE.map(paragraph), ...HOSTILE.map(hostileTable)]), title: markup, organisation: markup }));
    expect(read.title).toBe(markup);
    expect(read.metadata).toContain('&#60;script&#62;');
    expect(read.pages.join('\n')).toContain('<script>alert(1)</script>');
    expect(read.pages.join('')).not.toContain('\u202e');
    expect(read.pages.join('')).toContain('\ufffd');
  });

  it('makes a link of nothing but an address of the web', async () => {
    const links = ['javascript:alert(1)', 'file:///etc/passwd', 'not an address', 'https://пример.рф/путь?a=(b)'];
    const read = await readPdf(await renderPdf(documentOf([{ block: 'paragraph', runs: links.map((link) => ({ text: 'here ', link })) }])));
    expect(read.links).toHaveLength(1);
    expect(read.links[0]).toMatch(/^https:\/\/xn--/);
  });

  it('is a document even where there is nothing to say', async () => {
    const nothing = { ...sampleDocument('en'), sections: [], facts: [] };
    expect((await readPdf(await renderPdf(nothing))).pages).toHaveLength(1);
    const empty = documentOf([table('empty', 'en', 0), { block: 'list', items: [] }, { block: 'paragraph', runs: [] }]);
    expect((await readPdf(await renderPdf(empty))).pages.join('\n')).toContain('Nothing is recorded.');
  });

  it('is readable and within its margins whatever text it is given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 300 }), async (one, other) => {
        const document = { ...documentOf([paragraph(one), hostileTable(other), { block: 'list', items: [[{ text: one }, { text: other }]] }]), title: other, runningHeader: one };
        const { pages, reach } = await readPdf(await renderPdf(document));
        expect(pages.length).toBeGreaterThanOrEqual(3);
        expect(reach).toBeLessThanOrEqual(RIGHT + 0.5);
      }),
      { numRuns: 25, seed: 6 },
    );
  });
});

function hostileTable(text: string) {
  return { ...table('hostile', 'en', 0), caption: text, rows: [[[{ text }], [{ text }, { text, style: 'strong' as const }], 1, null, text]] };
}
