import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Event } from '#domain/catalogue.js';
import { openBuild } from './build.js';
import type { Decoded } from './decoded.js';
import { moments } from './moments.js';
import { livePlace } from './places.js';
import { readDatabase, versionsIn, type ReadDatabase } from './testing/read-database.js';

/** At minute and position; the clock of the log steps back twice, once over a restart of the reader. */
const TIMES = [0, 5, 5, 3, 5, 6, 2, 5, 7];
const at = (minute: number): string => `2024-01-01T10:0${minute}:00.000Z`;

const event = (position: number): Decoded => {
  const recorded = {
    id: `0190d3a0-0000-7000-8000-00000000000${position}`,
    type: 'BodyRetired',
    stream: 'body-skb',
    revision: position,
    position: String(position),
    recordedAt: at(TIMES[position - 1]!),
    data: { bodyId: 'skb' },
    metadata: {},
  };
  return { recorded, event: recorded as unknown as Event as never };
};
const events = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => event(from + n));

describe('the moments of a log', () => {
  let database: ReadDatabase;
  beforeAll(async () => {
    database = await readDatabase();
  });
  afterAll(() => database.close());

  it('only ever grow later, whatever its clock does, and however often the reader begins anew', async () => {
    const open = async () =>
      openBuild(database.db, moments, await livePlace(database.db, moments), { patience: { first: 1, longest: 1 }, signal: new AbortController().signal, rows: 1 });
    for (const [from, to] of [[1, 2], [3, 6], [7, 7], [8, 9]] as const) {
      const build = await open();
      await build.take(events(from, to));
      await build.written();
    }
    const { moment } = await versionsIn(database.db, moments);
    expect(moment!.map((version) => version as { recorded_at: string; valid_from: number }).map(({ recorded_at, valid_from }) => [new Date(recorded_at).getUTCMinutes(), valid_from])).toEqual([
      [0, 1],
      [5, 2],
      [6, 6],
      [7, 9],
    ]);
  });
});
