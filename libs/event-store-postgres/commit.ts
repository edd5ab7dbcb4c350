import pg from 'pg';
import type { Appended, ExpectedRevision } from '#event-store/event-store.js';
import { exactly } from '#event-store/expected-revision.js';
import { settle, type Place } from '#event-store/settle.js';
import type { Commit } from './append-queue.js';
import { isPassing } from './persistently.js';
import type { WrittenAppend } from './written-append.js';

type Outcome = PromiseSettledResult<Appended>;

/** One call of `event_store.append` for a group; only appends that could not simply be made cost more. */
export function committer(pool: pg.Pool, clock?: () => Date): Commit {
  async function commit(group: readonly WrittenAppend[]): Promise<Outcome[]> {
    let call: AppendCall;
    try {
      call = await callAppend(pool, group, clock?.() ?? null);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (group.length === 1) return settleAll(pool, group, [undefined], error);
      // What is wrong with one must not fail the others: each is committed by itself.
      const outcomes: Outcome[] = [];
      for (const append of group) outcomes.push(...(await commit([append])));
      return outcomes;
    }
    const refused = group.filter((_, n) => !call.met[n]);
    const settled = await settleAll(pool, refused, call.heads.filter((_, n) => !call.met[n]));
    let position = BigInt(call.last_position);
    return group.map(({ events }, n): Outcome => {
      if (!call.met[n]) return settled.shift()!;
      position += BigInt(events.length);
      return { status: 'fulfilled', value: { revision: call.heads[n]! + events.length, position: String(position) } };
    });
  }
  return commit;
}

interface AppendCall {
  readonly heads: readonly number[];
  readonly met: readonly boolean[];
  readonly last_position: string;
}

async function callAppend(pool: pg.Pool, group: readonly WrittenAppend[], now: Date | null): Promise<AppendCall> {
  const { rows } = await pool.query<AppendCall>(group.length === 1 ? alone(group[0]!, now) : together(group, now));
  return rows[0]!;
}

// JSON has no line break outside of its strings, and within them it is escaped: a line break can stand between texts.

const alone = ({ stream, expected, events, data, metadata }: WrittenAppend, now: Date | null): pg.QueryConfig => ({
  name: 'event_store.append',
  text: `SELECT ARRAY[head] AS heads, ARRAY[met] AS met, last_position
           FROM event_store.append($1, $2, $3, $4, $5, $6, $7)`,
  values: [
    stream,
    asNumber(expected),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    data.join('\n'),
    metadata.join('\n'),
    now,
  ],
});

function together(group: readonly WrittenAppend[], now: Date | null): pg.QueryConfig {
  const events = group.flatMap((append) => append.events);
  return {
    name: 'event_store.append_group',
    text: 'SELECT heads, met, last_position FROM event_store.append_group($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    values: [
      group.map(({ stream }) => stream),
      group.map(({ expected }) => asNumber(expected)),
      group.flatMap((append, n) => append.events.map(() => n + 1)),
      group.flatMap((append) => append.events.map((_, n) => n + 1)),
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      group.flatMap(({ data }) => data).join('\n'),
      group.flatMap(({ metadata }) => metadata).join('\n'),
      now,
    ],
  };
}

const asNumber = (expected: ExpectedRevision): number => exactly(expected) ?? (expected === 'exists' ? -2 : -3);

/**
 * Tells retries from conflicts by what the log holds under the ids. Rows never change, so that needs no lock.
 * @param heads where each append's stream stood instead of where it was expected; `undefined` where it was as expected
 * @param failure why the call failed, where it did
 */
async function settleAll(
  pool: pg.Pool,
  appends: readonly WrittenAppend[],
  heads: readonly (number | undefined)[],
  failure?: unknown,
): Promise<Outcome[]> {
  if (appends.length === 0) return [];
  if (failure !== undefined && !isDuplicateId(failure)) return [{ status: 'rejected', reason: failure }];
  const ids = appends.flatMap(({ events }) => events.map(({ id }) => id));
  const { rows } = await pool.query<Place & { id: string }>({
    name: 'event_store.places',
    text: 'SELECT id, stream, revision, position FROM event_store.events WHERE id = ANY ($1::uuid[])',
    values: [ids],
  });
  const placeOf = new Map(rows.map((row) => [row.id, row]));
  return appends.map((append, n): Outcome => {
    try {
      return { status: 'fulfilled', value: settle(append, heads[n], append.events.map(({ id }) => placeOf.get(id))) };
    } catch (reason) {
      return { status: 'rejected', reason };
    }
  });
}

const isDuplicateId = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === 'events_id_key';
