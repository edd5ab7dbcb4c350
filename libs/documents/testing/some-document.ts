import type { Document, Run } from '../document.js';
import type { Language } from '#domain/vocabulary.js';

/** A document with every kind of block, in which any text may stand anywhere. */
export function someDocument(text: string, language: Language = 'ru'): Document {
  const runs: Run[] = [{ text }, { text, style: 'strong' }, { text, style: 'quiet', language: 'ru' }];
  return {
    kind: 'progress',
    language,
    title: text,
    subtitle: text,
    organisation: text,
    runningHeader: text,
    facts: [{ label: text, value: text }],
    moment: '2024-06-01T12:30:00.000Z',
    position: '42',
    sections: [
      {
        id: 'one',
        level: 1,
        heading: runs,
        blocks: [
          { block: 'paragraph', runs },
          { block: 'paragraph', as: 'remark', runs: [{ text, link: 'https://example.org/?a=1&b="2"' }, { text, link: 'javascript:alert(1)' }] },
          { block: 'list', items: [runs, []] },
          {
            block: 'table',
            id: 'table',
            caption: text,
            columns: [{ heading: text, share: 1, of: 'text' }, { heading: 'n', share: 1, of: 'number' }, { heading: '%', share: 1, of: 'percent' }, { heading: 'd', share: 1, of: 'date' }],
            rows: [[runs, 1.5, 40, '2024-03-31'], [null, null, null, null], [[{ text: '=1+1' }], 0, 100, '2024-02-29']],
          },
          { block: 'table', id: 'empty', caption: text, columns: [{ heading: text, share: 1, of: 'text' }], rows: [] },
          { block: 'chart', id: 'bars', title: text, alternative: text, drawing: { as: 'stacked-bars', categories: [text, 'б'], series: [{ name: text, values: [1, 2] }, { name: 'ә', values: [0, 3] }] } },
          { block: 'chart', id: 'line', title: text, alternative: text, drawing: { as: 'timeline', from: '2024-01-01', to: '2024-12-31', rows: [{ name: text, points: [{ date: '2024-03-01', name: text, reached: true }] }] } },
        ],
      },
      { id: 'two', level: 2, heading: [{ text: 'Қорытынды' }], blocks: [] },
    ],
  };
}
