import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '#platform/testing/postgres.js';
import { mindet } from './testing/mindet.js';

const heading = (id: string, year: number, chair: string) => `
id: ${id}
organisation: ОДКБ
chair: ${chair}
title: { ru: Повестка ${year} }
term: { from: ${year}-01-01, to: ${year}-12-31 }
memberStates: [KZ, KG, AM]
reportingPeriods: []
`;
const agreed = 'agreed: { decision: { body: skb, date: 2024-01-20 } }';

/** One priority with a commitment of each kind, and one that is not in the next agenda. */
const OLD = `${heading('old-2024', 2024, 'KZ')}
bodies:
  - { id: skb, kind: council, names: { ru: СКБ } }
  - { id: ksopn, kind: council, names: { ru: КСОПН } }
priorities:
  - number: 1
    title: { ru: Первый }
    ${agreed}
    assignments: [{ body: skb, role: lead }]
    commitments:
      - { number: 1, text: { ru: Сделано }, ${agreed} }
      - { number: 2, text: { ru: Не сделано }, due: 2025-06-30, ${agreed}, assignments: [{ body: ksopn, role: lead }], milestones: [{ id: draft, title: { ru: Проект }, due: 2025-03-31 }] }
      - { number: 3, text: { ru: Только предложено }, due: 2024-06-30 }
      - { number: 4, text: { ru: Оставлено }, ${agreed} }
  - number: 2
    title: { ru: Второй }
    ${agreed}
    commitments: [{ number: 1, text: { ru: Продолжается }, ${agreed} }]
`;
const NEXT = `${heading('new-2025', 2025, 'KG')}
priorities:
  - { number: 1, title: { ru: Новый } }
  - { number: 2, title: { ru: Второй }, commitments: [{ number: 1, text: { ru: Своё } }] }
`;
const PLAN = `
decision: { body: skb, date: 2024-12-20, number: "9" }
next: next.yaml
outcomes: { old-2024.1.1: fulfilled }
withdrawn: { old-2024.1.4: Утратило смысл }
`;

describe('mindet handover', () => {
  let database: FreshDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'mindet-handover-'));
    for (const [name, text] of Object.entries({ 'old.yaml': OLD, 'next.yaml': NEXT, 'plan.yaml': PLAN })) await writeFile(join(folder, name), text);
    expect(await run('load', join(folder, 'old.yaml'))).toMatchObject({ code: 0, stderr: '' });
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const run = (...args: string[]) => mindet(args, { MINDET_DATA: folder, DATABASE_URL: database.url });
  const handover = (...more: string[]) => run('handover', '--from', 'old-2024', '--to', 'new-2025', '--plan', join(folder, 'plan.yaml'), ...more);
  async function query<T extends object>(sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const events = async () => (await query<{ count: number }>('select count(*)::int from event_store.events'))[0]!.count;

  const LINES = [
    'OpenAgenda new-2025',
    'ProposePriority new-2025.1',
    'ProposePriority new-2025.2',
    'ProposeCommitment new-2025.2.1',
    'CloseCommitment old-2024.1.1: fulfilled',
    // The number 1 and 2 are taken.
    'ProposePriority new-2025.3',
    'AssignPriority new-2025.3 skb',
    'ProposeCommitment new-2025.3.1 ← old-2024.1.2',
    'AssignCommitment new-2025.3.1 ksopn',
    'SetMilestone new-2025.3.1',
    'CarryOverCommitment old-2024.1.2 → new-2025.3.1',
    'ProposeCommitment new-2025.3.2 ← old-2024.1.3',
    'WithdrawCommitment old-2024.1.3',
    'WithdrawCommitment old-2024.1.4',
    'ProposeCommitment new-2025.2.2 ← old-2024.2.1',
    'CarryOverCommitment old-2024.2.1 → new-2025.2.2',
    'CloseAgenda old-2024',
  ];

  it('shows first what it would do, and does nothing', async () => {
    const before = await events();
    const { code, stdout, stderr } = await handover();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toEqual([
      ...LINES.map((line) => `would be  ${line}`),
      'would be  DispatchEdition old-2024.e1',
      '18 commands would hand old-2024 over to new-2025. Nothing was recorded; --execute does it.',
    ]);
    expect(await events()).toBe(before);
  }, 60_000);

  it('says what stands in the way before anything is done', async () => {
    await writeFile(join(folder, 'bad.yaml'), PLAN.replace('old-2024.1.1: fulfilled', 'old-2024.1.1: fulfilled, old-2024.1.3: fulfilled, old-2024.7.7: fulfilled'));
    const before = await events();
    const { code, stderr } = await run('handover', '--from', 'old-2024', '--to', 'new-2025', '--plan', join(folder, 'bad.yaml'), '--execute');
    expect(code).toBe(1);
    expect(stderr).toContain('obstacle  /outcomes/old-2024.7.7: the agenda has no such commitment');
    expect(stderr).toContain('obstacle  /outcomes/old-2024.1.3: it was never agreed');
    expect(await events()).toBe(before);
    await writeFile(join(folder, 'bad.yaml'), PLAN.replace('fulfilled', 'splendid'));
    expect((await run('handover', '--from', 'old-2024', '--to', 'new-2025', '--plan', join(folder, 'bad.yaml'))).stderr).toContain('/outcomes/old-2024.1.1: must be one of fulfilled');
  }, 60_000);

  it('does it, with the lineage both ways, and the final edition tells of it', async () => {
    const { code, stdout, stderr } = await handover('--execute');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('recorded  DispatchEdition old-2024.e1');
    const commitments = await query('select id, lifecycle, carried_over_from, carried_over_to, due::text, text ->> \'ru\' as text from read.commitment_at(1000) order by id');
    expect(commitments).toEqual([
      { id: 'new-2025.2.1', lifecycle: 'proposed', carried_over_from: null, carried_over_to: null, due: null, text: 'Своё' },
      { id: 'new-2025.2.2', lifecycle: 'proposed', carried_over_from: 'old-2024.2.1', carried_over_to: null, due: null, text: 'Продолжается' },
      { id: 'new-2025.3.1', lifecycle: 'proposed', carried_over_from: 'old-2024.1.2', carried_over_to: null, due: '2025-06-30', text: 'Не сделано' },
      { id: 'new-2025.3.2', lifecycle: 'proposed', carried_over_from: 'old-2024.1.3', carried_over_to: null, due: null, text: 'Только предложено' },
      { id: 'old-2024.1.1', lifecycle: 'fulfilled', carried_over_from: null, carried_over_to: null, due: null, text: 'Сделано' },
      { id: 'old-2024.1.2', lifecycle: 'carried-over', carried_over_from: null, carried_over_to: 'new-2025.3.1', due: '2025-06-30', text: 'Не сделано' },
      { id: 'old-2024.1.3', lifecycle: 'withdrawn', carried_over_from: null, carried_over_to: null, due: '2024-06-30', text: 'Только предложено' },
      { id: 'old-2024.1.4', lifecycle: 'withdrawn', carried_over_from: null, carried_over_to: null, due: null, text: 'Оставлено' },
      { id: 'old-2024.2.1', lifecycle: 'carried-over', carried_over_from: null, carried_over_to: 'new-2025.2.2', due: null, text: 'Продолжается' },
    ]);
    const [content] = await query<{ text: string }>(`select convert_from(bytes, 'UTF8') as text from editions.content`);
    expect(content!.text).toContain('"lifecycle":"closed"');
    expect(content!.text).toContain('"lifecycle":"fulfilled"');
    expect(content!.text).toContain('"carriedOverTo":"new-2025.3.1"');
  }, 60_000);

  it('a second time does nothing', async () => {
    const before = await events();
    const { code, stdout } = await handover('--execute');
    expect([code, stdout]).toEqual([0, 'Nothing is left to do: old-2024 was handed over to new-2025.\n']);
    expect(await events()).toBe(before);
  }, 60_000);
});

describe('A handover that was cut off', () => {
  let database: FreshDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'mindet-handover-'));
    for (const [name, text] of Object.entries({ 'old.yaml': OLD, 'next.yaml': NEXT, 'plan.yaml': PLAN })) await writeFile(join(folder, name), text);
  });
  afterAll(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('is finished by the next one, and nothing is there twice', async () => {
    const environment = { MINDET_DATA: folder, DATABASE_URL: database.url };
    await mindet(['load', join(folder, 'old.yaml')], environment);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      // The log takes no more than so many events of each attempt: as if the process had died there.
      const types = async () => (await client.query<{ what: string }>(`select type || ' ' || stream as what from event_store.events order by position`)).rows.map(({ what }) => what);
      for (const most of [4, 9, 12]) {
        const before = (await types()).length;
        await client.query(`create or replace function event_store.stop() returns trigger language plpgsql as $$ begin
          if new.position > ${before + most} then raise exception 'the process died here'; end if; return new; end $$`);
        await client.query('create or replace trigger stop before insert on event_store.events for each row execute function event_store.stop()');
        const { code } = await mindet(['handover', '--from', 'old-2024', '--to', 'new-2025', '--plan', join(folder, 'plan.yaml'), '--execute'], environment);
        if ((await types()).length < before + most) break;
        expect(code).not.toBe(0);
      }
      await client.query('drop trigger stop on event_store.events');
      const { code, stderr } = await mindet(['handover', '--from', 'old-2024', '--to', 'new-2025', '--plan', join(folder, 'plan.yaml'), '--execute'], environment);
      expect([code, stderr]).toEqual([0, '']);
      const all = await types();
      expect(new Set(all).size).toBe(all.length);
      expect(all.filter((what) => /CarriedOver|AgendaClosed|EditionDispatched/.test(what))).toEqual([
        'CommitmentCarriedOver commitment-old-2024.1.2', 'CommitmentCarriedOver commitment-old-2024.2.1', 'AgendaClosed agenda-old-2024', 'EditionDispatched edition-old-2024.e1',
      ]);
    } finally {
      await client.end();
    }
  }, 120_000);
});
