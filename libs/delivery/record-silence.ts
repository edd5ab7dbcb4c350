import type { Pool } from 'pg';
import type { EditionCommand } from '#domain/edition/commands.js';
import { edition } from '#projections/editions.js';
import { momentOf, type ReadSide } from '#queries/moment.js';
import { rowsAt } from '#queries/rows.js';

type Ground = {
  readonly db: Pool;
  readonly side: ReadSide;
  readonly record: (command: EditionCommand, occasion: string) => Promise<void>;
};

/** Records the silence of those editions whose deadline has passed by now, each once. */
export async function recordSilence({ db, side, record }: Ground, now: Date): Promise<void> {
  for (const { id } of await overdueSilence(db, side, now)) {
    await record({ type: 'RecordSilence', data: { editionId: id } }, `${id} silence`);
    await db.query('insert into delivery.silence_recorded (edition, at) values ($1, $2) on conflict do nothing', [id, now]);
  }
}

/** Editions whose silence is yet to be recorded, the deadline passed or not. */
export async function pendingSilence(db: Pool, side: ReadSide): Promise<{ id: string; deadline: string }[]> {
  const reading = { db: side.db, at: await momentOf(side, {}), viewer: { seesAll: true } };
  const awaited = await rowsAt(reading, edition, { also: { sql: 'silence_deadline is not null', values: [] } });
  const { rows } = await db.query<{ edition: string }>('select edition from delivery.silence_recorded');
  const done = new Set(rows.map((row) => row.edition));
  return awaited.filter(({ id }) => !done.has(id)).map((row) => ({ id: row.id, deadline: row.silence_deadline! }));
}

const overdueSilence = async (db: Pool, side: ReadSide, now: Date) =>
  (await pendingSilence(db, side)).filter(({ deadline }) => deadline <= now.toISOString());
