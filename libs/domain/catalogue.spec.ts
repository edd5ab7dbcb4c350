import { describe, expect, it } from '@jest/globals';
import { decode, decodeWith, EVENT_TYPES, schemaVersion } from './catalogue.js';
import { priorityDecider } from './priority/decider.js';
import { priorityProposed } from './testing/csto-2024.js';

describe('What was recorded is decoded', () => {
  it('as it stands, in the present version', () => {
    expect(decode({ ...priorityProposed, metadata: { schemaVersion: schemaVersion('PriorityProposed') } })).toEqual(
      priorityProposed,
    );
  });

  it.each(['PriorityUnheard', 'toString', '__proto__'])('to nothing, where no release knows %s', (type) => {
    expect(decode({ type, data: {}, metadata: {} })).toBeUndefined();
  });

  it('for every type there is', () => {
    for (const type of EVENT_TYPES) expect(decode({ type, data: {}, metadata: {} })).toEqual({ type, data: {} });
  });
});

describe('Older data is brought to the present shape', () => {
  /** As if a priority's title had been a plain Russian text first, and had had no source until later. */
  const catalogue = {
    PriorityProposed: [
      (data: object) => ({ ...data, title: { ru: (data as { title: string }).title } }),
      (data: object) => ({ ...data, source: 'unknown' }),
    ],
  };
  const { title, source, ...rest } = priorityProposed.data;
  const decoded = (data: object, metadata: object) =>
    decodeWith(catalogue, { type: 'PriorityProposed', data, metadata });

  it('by every step from the version in which it was written', () => {
    expect(decoded({ ...rest, title: 'Тема' }, { schemaVersion: 1 })?.data).toEqual({
      ...rest,
      title: { ru: 'Тема' },
      source: 'unknown',
    });
    expect(decoded({ ...rest, title }, { schemaVersion: 2 })?.data).toEqual({ ...rest, title, source: 'unknown' });
    expect(decoded({ ...rest, title, source }, { schemaVersion: 3 })?.data).toEqual({ ...rest, title, source });
  });

  it('from the first version, where none was written down', () => {
    expect(decoded({ ...rest, title: 'Тема' }, {})?.data).toMatchObject({ title: { ru: 'Тема' } });
  });

  it('so that a state is built on it', () => {
    const event = decoded({ ...rest, title: 'Тема' }, { schemaVersion: 1 }) as typeof priorityProposed;
    expect(priorityDecider.evolve(undefined, event)?.title).toEqual({ ru: 'Тема' });
  });

  it('and what was recorded stays as it was', () => {
    const recorded = Object.freeze({ ...rest, title: 'Тема' });
    decoded(recorded, { schemaVersion: 1 });
    expect(recorded).toEqual({ ...rest, title: 'Тема' });
  });
});
