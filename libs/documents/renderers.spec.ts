import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import JSZip from 'jszip';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { packageRoot } from '#platform/package-root.js';
import type { Document } from './document.js';
import { FORMAT_NAMES, type Format } from './formats.js';
import { render } from './render.js';
import { someDocument } from './testing/some-document.js';

const HOSTILE = [
  '<script>alert(1)</script>&amp;</w:t>]]>{{x}}',
  'مرحبا \u202Eabc\u202C שלום',
  'a\0b\u0007c\u001Bd\uFFFEe\uD800f',
  '😀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  'Ә'.repeat(500),
  'слово '.repeat(200),
  '=HYPERLINK("http://evil.example","x")',
  '${process.exit()} %s \\ " \' \r\n\t',
  '',
];
const text = async (bytes: Uint8Array, name: string): Promise<string> => (await JSZip.loadAsync(bytes)).file(name)!.async('string');
/** What any XML parser refuses. */
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

async function requireSound(format: Format, bytes: Uint8Array): Promise<void> {
  if (format === 'pdf') {
    const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    expect(pdf.numPages).toBeGreaterThanOrEqual(3);
    for (let n = 1; n <= pdf.numPages; n += 1) await (await pdf.getPage(n)).getTextContent();
    return;
  }
  if (format === 'docx' || format === 'xlsx') {
    const zip = await JSZip.loadAsync(bytes);
    for (const [name, file] of Object.entries(zip.files)) if (/\.(xml|rels)$/.test(name)) expect([name, UNFIT.test(await file.async('string'))]).toEqual([name, false]);
    return;
  }
  const said = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (format !== 'json') expect(UNFIT.test(said.replace(/^\uFEFF/, ''))).toBe(false);
}

describe('Every format', () => {
  it.each(FORMAT_NAMES.flatMap((format) => HOSTILE.map((hostile, n) => [format, n, hostile] as const)))('as %s is a sound file, whatever its texts say (%d)', async (format, _n, hostile) => {
    await requireSound(format, await render(someDocument(hostile), format));
  });

  it.each(['docx', 'xlsx', 'html', 'csv', 'pdf'] as const)('as %s is a sound file for any text at all', async (format) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (any) => requireSound(format, await render(someDocument(any), format))),
      { numRuns: 6 },
    );
  }, 60_000);

  it.each(FORMAT_NAMES)('as %s is the same bytes in another process, in another time zone and at another time', async (format) => {
    const here = createHash('sha256').update(await render(someDocument('Мәтін “тексті”', 'kk'), format)).digest('hex');
    const program = `
      import { createHash } from 'node:crypto';
      import { render } from '#documents/render.js';
      import { someDocument } from '#documents/testing/some-document.js';
      await render(someDocument('Другое'), '${format}');
      process.stdout.write(createHash('sha256').update(await render(someDocument('Мәтін “тексті”', 'kk'), '${format}')).digest('hex'));`;
    const there = execFileSync(process.execPath, ['--import', join(packageRoot(), 'typescript.js'), '--input-type=module', '-e', program], {
      cwd: packageRoot(),
      env: { ...process.env, TZ: 'Asia/Almaty', NODE_OPTIONS: '', LANG: 'C' },
      encoding: 'utf8',
    });
    expect(there).toBe(here);
  });
});

describe('A narrative of 10,000 characters', () => {
  it.each(FORMAT_NAMES.flatMap((format) => [['words', 'слово '.repeat(1_700)] as const, ['one word', 'Ә'.repeat(10_000)] as const].map(([of, narrative]) => [format, of, narrative] as const)))('as %s, of %s, is in the file to its end', async (format, of, narrative) => {
    const table: Document['sections'][number]['blocks'][number] = { block: 'table', id: 't', caption: 'Отчёты', columns: [{ heading: 'Отчёт', share: 1, of: 'text' }], rows: [[[{ text: `${narrative}КОНЕЦ` }]]] };
    const bytes = await render({ ...someDocument('Т'), sections: [{ id: 'one', level: 1, heading: [{ text: 'Отчёты' }], blocks: [table] }] }, format);
    await requireSound(format, bytes);
    if (format === 'html' || format === 'csv' || format === 'json') expect(new TextDecoder().decode(bytes)).toContain(`${of === 'words' ? 'слово ' : 'Ә'}КОНЕЦ`);
    if (format === 'docx') expect(await text(bytes, 'word/document.xml')).toContain('КОНЕЦ');
  });
});

describe('Of the formats', () => {
  it('HTML has no script, no address that is not the web’s, and nothing that breaks out of a text', async () => {
    const html = new TextDecoder().decode(await render(someDocument('</title></style><script>alert(1)</script>"\'>'), 'html'));
    expect(html).not.toContain('<script');
    expect(html).not.toContain('javascript:');
    expect(html).toContain('href="https://example.org/?a=1&amp;b=&quot;2&quot;"');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain('<caption>');
    expect(html).toContain('role="img"');
  });

  it('CSV quotes as RFC 4180 has it, and fends off formulas but leaves numbers', async () => {
    const lines = new TextDecoder().decode(await render(someDocument('a"b,c\nd'), 'csv')).split('\r\n');
    expect(lines[0]).toBe('"a""b,c\nd",n,%,d');
    expect(lines[1]).toContain(',1.5,40,2024-03-31');
    expect(lines[3]).toBe("'=1+1,0,100,2024-02-29");
  });

  it('a workbook has numbers, percents and dates as such, and texts as texts', async () => {
    const bytes = await render(someDocument('Т'), 'xlsx');
    const sheet = await text(bytes, 'xl/worksheets/sheet2.xml');
    expect(sheet).toContain('<v>1.5</v>');
    expect(sheet).toContain('<v>0.4</v>');
    expect(sheet).toContain('<v>45382</v>');
    expect(sheet).not.toContain('<f');
    expect(await text(bytes, 'xl/styles.xml')).toContain('formatCode="yyyy-mm-dd"');
  });

  it('PDF repeats the header of a table on each of its pages, and breaks what is too long for a line', async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [[{ text: `строка-${n}` }], [{ text: 'W'.repeat(300) }]]);
    const columns = [{ heading: 'ЗАГОЛОВОК', share: 1, of: 'text' }, { heading: 'Текст', share: 2, of: 'text' }] as const;
    const document: Document = { ...someDocument('Т'), sections: [{ id: 'one', level: 1, heading: [{ text: 'Раздел' }], blocks: [{ block: 'table', id: 't', caption: 'Таблица', columns, rows }] }] };
    const pdf = await getDocument({ data: (await render(document, 'pdf')).slice(), verbosity: 0 }).promise;
    const pages = await Promise.all(
      Array.from({ length: pdf.numPages - 2 }, async (_, n) => {
        const { items } = await (await pdf.getPage(n + 3)).getTextContent();
        return items.flatMap((item) => ('str' in item ? [{ text: item.str, right: (item.transform as number[])[4]! + item.width }] : []));
      }),
    );
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) {
      expect(page.map((item) => item.text).join('')).toContain('ЗАГОЛОВОК');
      expect(Math.max(...page.map(({ right }) => right))).toBeLessThan(595 - 60);
    }
  }, 60_000);

  it('PDF ends a line where a text does', async () => {
    const document: Document = { ...someDocument('Т'), sections: [{ id: 'one', level: 1, heading: [{ text: 'Р' }], blocks: [{ block: 'table', id: 't', caption: 'Т', columns: [{ heading: 'A', share: 1, of: 'text' }], rows: [[[{ text: 'верх\nниз' }]]] }] }] };
    const pdf = await getDocument({ data: (await render(document, 'pdf')).slice(), verbosity: 0 }).promise;
    const { items } = await (await pdf.getPage(3)).getTextContent();
    const heightOf = (text: string) => items.flatMap((item) => ('str' in item && item.str.includes(text) ? [(item.transform as number[])[5]!] : []))[0]!;
    expect(heightOf('верх')).toBeGreaterThan(heightOf('низ'));
  });

  it('a table too wide for a page is several, each with the columns that name its rows', async () => {
    const columns = Array.from({ length: 32 }, (_, n) => ({ heading: `H${n}`, share: 1, of: 'text' }) as const);
    const document: Document = { ...someDocument('Т'), sections: [{ id: 'one', level: 1, heading: [{ text: 'Р' }], blocks: [{ block: 'table', id: 't', caption: 'Таблица', columns, rows: [columns.map((_, n) => [{ text: `c${n}` }])] }] }] };
    const xml = await text(await render(document, 'docx'), 'word/document.xml');
    expect(xml.match(/>H0</g)).toHaveLength(5);
    expect(xml.match(/>H31</g)).toHaveLength(1);
  });
});
