import { expect, test } from '@jest/globals';
import type { Differences, Open } from '../contract.js';
import { readRest, someEvent, someStream } from '../some-events.js';

/** Milliseconds by which the clock of a server elsewhere may differ from ours. */
const SKEW = 3_600_000;

export function timing(open: Open, { time }: Differences): void {
  if (time === 'of the server') {
    test('an event is recorded at the time of the server, to the millisecond', async () => {
      const { store, close } = await open();
      const stream = someStream();
      for (let n = 0; n < 20; n += 1) await store.append(stream, [someEvent()], 'any');
      const times = (await store.readStream(stream, 0, 20)).map(({ recordedAt }) => recordedAt);
      for (const recordedAt of times) {
        expect(recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(Math.abs(Date.parse(recordedAt) - Date.now())).toBeLessThan(SKEW);
      }
      expect(times.some((recordedAt) => !recordedAt.endsWith('.000Z'))).toBe(true);
      await close();
    });
    return;
  }

  test('an event is recorded at the time of the clock, to the millisecond', async () => {
    const { store, close } = await open({ clock: () => new Date('2031-05-06T07:08:09.010Z') });
    const stream = someStream();
    await store.append(stream, [someEvent(), someEvent()], 'none');
    const times = (await store.readStream(stream, 0, 2)).map(({ recordedAt }) => recordedAt);
    expect(times).toEqual(['2031-05-06T07:08:09.010Z', '2031-05-06T07:08:09.010Z']);
    await close();
  });

  test('a clock that is set back does not set the log back', async () => {
    const times = ['2031-01-01T00:00:00.500Z', '2031-01-01T00:00:00.499Z', '2030-12-31T00:00:00.000Z', '2031-01-01T00:00:01.000Z'];
    const readings = times.values();
    const { store, close } = await open({ clock: () => new Date(readings.next().value!) });
    const before = await store.head();
    for (const _ of times) await store.append(someStream(), [someEvent()], 'none');
    const recorded = (await readRest(store, before)).map(({ recordedAt }) => recordedAt);
    expect(recorded).toEqual([times[0], times[0], times[0], times[3]]);
    await close();
  });

  test('without a clock it is the time now', async () => {
    const { store, close } = await open();
    const stream = someStream();
    const start = new Date().toISOString();
    await store.append(stream, [someEvent()], 'none');
    const [event] = await store.readStream(stream, 0, 1);
    expect(event?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(event!.recordedAt >= start && event!.recordedAt <= new Date().toISOString()).toBe(true);
    await close();
  });
}
