import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import JSZip from 'jszip';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { readAgendaSteps } from '#commands/agenda-file/read.js';
import { loadAgenda } from '#commands/load-agenda.js';
import { commandsOn } from '#commands/standalone.js';
import { DOCUMENT_KINDS } from '#documents/document.js';
import { FORMAT_NAMES } from '#documents/formats.js';
import type { TokenRequest } from '#access/issue-token.js';
import { done } from '../testing/opening.js';
import { startService, type TestService } from '../testing/service.js';

const decision = { body: 'skb', date: '2024-05-20', number: '7' };

/** The shipped agenda with something of everything in it, as documents. */
describe('Documents', () => {
  let service: TestService;
  let position: string;
  let draft: string;
  const chair: TokenRequest = { role: 'chair' };
  const D = '/v1/agendas/csto-2024/documents';

  async function get(path: string, actor: TokenRequest = chair, headers: Record<string, string> = {}) {
    const answer = await fetch(`${service.address}${path}`, { headers: { Authorization: await service.bearer(actor), ...headers } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, bytes, text: () => new TextDecoder().decode(bytes), problem: () => JSON.parse(new TextDecoder().decode(bytes)) as { code: string; detail: string } };
  }
  const ALL = { agenda: '', progress: '', state: '&state=KG', body: '&body=secretariat', changes: '&from=1', final: '', audit: '&thing=csto-2024.1.1' } as const;

  beforeAll(async () => {
    service = await startService();
    const commands = await commandsOn(service.stores);
    for await (const loaded of loadAgenda(commands, await readAgendaSteps('agendas/csto-2024.yaml'), 'spec')) if (loaded.outcome !== 'recorded') throw new Error(JSON.stringify(loaded));
    const as = (actor: TokenRequest) => service.as(actor);
    const report = { period: '2024-Q1', delivery: 'on-track', percent: 40, narrative: 'Әріптестік жалғасуда: әғқңөұүһі <b>жоқ</b>.', language: 'kk' };
    const accepted = await done(as({ role: 'liaison', state: 'KG' }).post('/v1/commitments/csto-2024.1.1/reports', report));
    await done(as({ role: 'secretariat' }).post(`/v1/reports/${accepted.id}/acceptance`, {}));
    ({ id: draft } = await done(as({ role: 'liaison', state: 'AM' }).post('/v1/commitments/csto-2024.1.1/reports', { ...report, delivery: 'blocked', narrative: 'Только черновик' })));
    await done(as(chair).post('/v1/commitments/csto-2024.2.1/milestones', { id: 'draft', title: { ru: 'Проект соглашения' }, due: '2024-06-30' }));
    await done(as({ role: 'secretariat' }).post('/v1/commitments/csto-2024.1.2/agreement', { decision }));
    await done(as({ role: 'secretariat' }).post('/v1/commitments/csto-2024.1.2/closure', { decision, outcome: 'fulfilled' }));
    await done(as({ role: 'secretariat' }).post('/v1/commitments/csto-2024.1.2/assessments', { grade: 'complete', rationale: '=1+1', rubricVersion: '1' }));
    ({ position } = await done(as(chair).patch('/v1/commitments/csto-2024.2.2', { text: { ru: 'Текст без перевода' } })));
    await as(chair).get(`/v1/agendas?minPosition=${position}`);
  }, 60_000);
  afterAll(() => service.close());

  it.each(DOCUMENT_KINDS.flatMap((kind) => FORMAT_NAMES.map((format) => [kind, format] as const)))('of the kind %s are made as %s, always with the same bytes, in every language', async (kind, format) => {
    const path = `${D}/${kind}.${format}?asOf=${position}${ALL[kind]}`;
    const first = await get(path);
    expect([first.status, first.status === 200 ? '' : first.text()]).toEqual([200, '']);
    expect(first.bytes.length).toBeGreaterThan(100);
    const again = await get(path, { role: 'liaison', state: 'TJ' });
    expect(Buffer.from(again.bytes).equals(Buffer.from(first.bytes))).toBe(true);
    expect(first.headers.get('Repr-Digest')).toBe(`sha-256=:${createHash('sha256').update(first.bytes).digest('base64')}:`);
    expect(first.headers.get('Content-Disposition')).toContain(`csto-2024-${kind}`);
    expect((await get(path, chair, { 'If-None-Match': first.headers.get('ETag')! })).status).toBe(304);
    for (const lang of ['kk', 'en']) expect((await get(`${path}&lang=${lang}`)).status).toBe(200);
  }, 60_000);

  it('name the log position and the moment that they tell of', async () => {
    const html = (await get(`${D}/agenda.html?asOf=${position}&lang=en`)).text();
    expect(html).toContain(`<dt>Log position</dt><dd dir="auto">${position}</dd>`);
    expect(html).toContain('working copy');
    expect(html).toContain('<html lang="en">');
  });

  it('tell what the priorities are in order, in the language asked for, with what had to fall back to Russian marked', async () => {
    const json = JSON.parse((await get(`${D}/agenda.json?asOf=${position}&lang=kk`)).text()) as { sections: { id: string; heading: { text: string }[]; blocks: object[] }[] };
    expect(json.sections.map(({ id }) => id)).toEqual(['priority-1', 'priority-2', 'priority-3', 'priority-4', 'priority-5', 'priority-6', 'priority-7', 'milestones', 'states']);
    const text = JSON.stringify(json);
    expect(text).toContain('{"text":"Текст без перевода","language":"ru"},{"text":"\u00a0(орыс.)","style":"quiet"}');
    expect(json.sections[0]!.blocks[0]).toMatchObject({ as: 'remark' });
    expect(JSON.stringify(await get(`${D}/agenda.json?asOf=${position}&lang=ru`).then((one) => one.text()))).not.toContain('рус.');
  });

  it('show nothing that not every state may know, but to a liaison in its own document', async () => {
    for (const kind of ['progress', 'changes', 'agenda'] as const) {
      for (const actor of [chair, { role: 'secretariat' }, { role: 'auditor' }, { role: 'liaison', state: 'AM' }] as TokenRequest[]) {
        const text = (await get(`${D}/${kind}.json?asOf=${position}${ALL[kind]}`, actor)).text();
        expect(text).not.toContain('Только черновик');
        expect(text).not.toContain(draft);
      }
    }
    const own = (await get(`${D}/state.json?asOf=${position}&state=AM&lang=en`, { role: 'liaison', state: 'AM' })).text();
    expect(own).toContain('blocked');
    expect((await get(`${D}/state.json?asOf=${position}&state=AM&lang=en`, { role: 'liaison', state: 'KG' })).text()).not.toContain('blocked');
  });

  it('in PDF have every Kazakh letter, running header, page numbers, contents and bookmarks', async () => {
    const { bytes } = await get(`${D}/progress.pdf?asOf=${position}&lang=kk`);
    const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    const pages = await Promise.all(Array.from({ length: pdf.numPages }, async (_, n) => (await (await pdf.getPage(n + 1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join('')));
    expect(pages.join('')).toContain('әғқңөұүһі');
    expect(pages.join('')).toContain('<b>жоқ</b>');
    expect(pages[1]).toContain('Мазмұны');
    expect(pages[1]).toContain(`2-бет, барлығы ${pdf.numPages}`);
    expect(pages[2]).toContain('жұмыс данасы');
    const outline = await pdf.getOutline();
    expect(outline.map(({ title }) => title)).toEqual(['Шолу', 'Мемлекеттер бойынша міндеттемелер', 'Соңғы есептер']);
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({ Language: 'kk', Title: 'Күн тәртібінің орындалу барысы туралы' });
    expect(Buffer.from(bytes).toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>');
  });

  it('in Word have true styles, a table of contents with its pages, repeated headers, and languages', async () => {
    const zip = await JSZip.loadAsync((await get(`${D}/agenda.docx?asOf=${position}&lang=kk`)).bytes);
    const xml = await zip.file('word/document.xml')!.async('string');
    expect(xml.match(/<w:pStyle w:val="Heading1"\/>/g)).toHaveLength(9);
    expect(xml).toContain('<w:tblHeader/>');
    expect(xml).toMatch(/TOC \\h[^<]*1-3/);
    expect(xml).toMatch(/PAGEREF [^<]*<\/w:instrText>[\s\S]*?<w:t[^>]*>\d+<\/w:t>/);
    expect(xml).toContain('<w:lang w:val="ru-RU"/>');
    expect(await zip.file('word/styles.xml')!.async('string')).toContain('kk-KZ');
    expect(await zip.file('word/settings.xml')!.async('string')).not.toContain('updateFields w:val="true"');
  });

  it('as workbooks have typed cells, frozen headers and filters, and no formula', async () => {
    const zip = await JSZip.loadAsync((await get(`${D}/final.xlsx?asOf=${position}`)).bytes);
    const names = Object.keys(zip.files).filter((name) => /worksheets\/sheet\d+\.xml$/.test(name));
    const sheets = await Promise.all(names.map((name) => zip.file(name)!.async('string')));
    expect(sheets).toHaveLength(2);
    expect(sheets.join('')).not.toContain('<f>');
    expect(sheets[1]).toContain('ySplit="1"');
    expect(sheets[1]).toContain('<autoFilter');
    expect(await zip.file('xl/sharedStrings.xml')!.async('string')).toContain('=1+1');
  });

  it('as CSV keep to RFC 4180, and no cell begins a formula', async () => {
    const text = (await get(`${D}/agenda.csv?asOf=${position}&lang=en`)).text();
    const lines = text.replace('\uFEFF', '').split('\r\n');
    expect(lines[0]).toBe('No.,Commitment,Status,Bodies,Due,Delivery,Done');
    expect(lines).toHaveLength(14);
    const audit = (await get(`${D}/changes.csv?asOf=${position}&from=1`)).text();
    expect(audit.split('\r\n').filter((line) => /(^|,)"?[=+@]/.test(line))).toEqual([]);
  });

  it('of an edition tell what it told, under its number and digest, whatever the agenda has become', async () => {
    const { id, position: sent } = await done(service.as(chair).post('/v1/agendas/csto-2024/editions', { purpose: 'progress' }));
    await service.as(chair).get(`/v1/agendas?minPosition=${sent}`);
    const { digest } = (await service.as(chair).get(`/v1/editions/${id}`)).body;
    const before = await get(`${D}/agenda.html?edition=${id}&lang=en`);
    await done(service.as(chair).post('/v1/agendas/csto-2024/priorities', { number: 8, title: { ru: 'Восьмой' } }));
    const after = await get(`${D}/agenda.html?edition=${id}&lang=en&minPosition=${await service.stores.store.head()}`);
    expect(after.text()).toBe(before.text());
    expect(before.text()).toContain(digest);
    expect(before.text()).toContain('edition No.\u00a01');
    expect((await get(`${D}/changes.json?from=${id}&lang=en`)).text()).toContain('csto-2024.8');
  });

  it.each([
    ['agneda.pdf', 404, 'DOCUMENT_UNKNOWN', 'agenda, progress'],
    ['agenda.odt', 406, 'NOT_ACCEPTABLE', 'pdf, docx'],
    ['agenda.pdf?lang=de', 406, 'NOT_ACCEPTABLE', 'ru, kk, en'],
    ['agenda.pdf?asOf=0', 404, 'AGENDA_UNKNOWN', 'position 0'],
    ['agenda.pdf?asOf=999999', 400, 'MOMENT_IN_FUTURE', '999999'],
    ['state.pdf', 400, 'PARAMETER_INVALID', 'state'],
    ['state.pdf?state=UZ', 404, 'AGENDA_UNKNOWN', ''],
    ['body.pdf?body=nobody', 404, 'AGENDA_UNKNOWN', ''],
    ['audit.pdf', 400, 'PARAMETER_INVALID', 'thing'],
    ['audit.pdf?thing=018e4f5a-7c3e-7b1a-9c55-2f6a1d0e8b47', 404, 'AGENDA_UNKNOWN', ''],
    ['agenda.pdf?edition=csto-2024.e99', 404, 'EDITION_UNKNOWN', ''],
    ['agenda.pdf?edition=csto-2024.e1&asOf=1', 400, 'PARAMETER_INVALID', 'asOf'],
  ])('that cannot be are answered with a problem: %s', async (name, status, code, detail) => {
    const answer = await get(`${D}/${name}`);
    expect({ status: answer.status, code: answer.problem().code }).toEqual({ status, code });
    expect(answer.problem().detail).toContain(detail);
  });

  it('of an empty agenda are documents too', async () => {
    const opening = { organisation: 'CSTO', chair: 'KZ', title: { ru: 'Пустая' }, term: { from: '2025-01-01', to: '2025-12-31' }, memberStates: ['KZ'], reportingPeriods: [] };
    const { position: opened } = await done(service.as(chair).post('/v1/agendas', { id: 'empty', ...opening }));
    for (const kind of ['agenda', 'progress', 'final'] as const) {
      for (const format of FORMAT_NAMES) expect((await get(`/v1/agendas/empty/documents/${kind}.${format}?minPosition=${opened}`)).status).toBe(200);
    }
  });

  it('are listed with their addresses', async () => {
    const { body } = await service.as(chair).get(D);
    expect(body.items).toHaveLength(7);
    expect(body.items[2]).toMatchObject({ kind: 'state', needs: 'state', links: expect.arrayContaining([{ format: 'pdf', href: `${D}/state.pdf` }]) });
  });
});
