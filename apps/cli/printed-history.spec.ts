import { describe, expect, it } from '@jest/globals';
import { inWords } from '#queries/history-words.js';
import type { HistoryItem } from '#queries/history.js';
import { printedItem, type Paint } from './printed-history.js';
import { wordChanges } from './word-changes.js';

const plain: Paint = (_style, text) => text;
const item: HistoryItem = {
  position: '42',
  thing: { kind: 'commitment', id: 'csto-2024.2.1' },
  revision: 3,
  type: 'CommitmentAmended',
  recordedAt: '2024-03-02T10:00:00.000Z',
  occurredOn: '2024-03-01',
  actor: { subject: 'chair', role: 'chair' },
  decision: { body: 'skb', date: '2024-02-28', number: '7' },
  changes: [
    { field: '/text/ru', from: 'Завершить к лету формирование правовой базы оперативного развёртывания', to: 'Завершить к осени формирование правовой базы оперативного развёртывания' },
    { field: '/due', from: '2024-11-30', to: '2024-12-15' },
    { field: '/source', from: null, to: 'Первая строка\nвторая\u001b[31m' },
  ],
  lapsed: [{ report: 'r1', reporter: { state: 'KG' }, period: '2024-Q1' }],
};

describe('a history on the terminal', () => {
  it('says who, when and why above, and below what became of each field', () => {
    expect(printedItem(inWords(item, 'en'), 'en', plain)).toBe(
      [
        'event 42 commitment csto-2024.2.1 · 3 · CommitmentAmended',
        'Who:      Chairmanship (chair)',
        'Happened: 2024-03-01',
        'Recorded: 2024-03-02T10:00:00.000Z',
        'Decision: decision of skb of 2024-02-28, No. 7',
        'Lapsed:   the acceptance of report r1 (Kyrgyzstan, 2024-Q1)',
        '',
        '    Commitment amended',
        '',
        '      text (Russian):',
        '        Завершить к [-лету-]{+осени+} формирование правовой базы оперативного развёртывания',
        '      due: -2024-11-30  +2024-12-15',
        '      source:',
        '      + Первая строка',
        '      + вторая�[31m',
      ].join('\n'),
    );
  });

  it('paints what went and what came', () => {
    const text = printedItem(inWords(item, 'ru'), 'ru', (style, text) => `<${style}>${text}</>`);
    expect(text).toContain('<red>-2024-11-30</>  <green>+2024-12-15</>');
    expect(text).toContain('<yellow>событие 42</>');
  });
});

describe('texts compared word by word', () => {
  it('say what stayed, went and came', () => {
    expect(wordChanges('the old law of the sea', 'the new law of the sea')).toEqual([
      { kind: 'same', text: 'the ' }, { kind: 'gone', text: 'old' }, { kind: 'new', text: 'new' }, { kind: 'same', text: ' law of the sea' },
    ]);
  });

  it('are not compared where they have little in common, or are too long', () => {
    expect(wordChanges('one two three four five', 'six seven eight nine')).toBeUndefined();
    expect(wordChanges('a '.repeat(2_500), 'a '.repeat(2_500))).toBeUndefined();
  });
});
