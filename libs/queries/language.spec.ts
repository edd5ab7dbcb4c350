import { expect, it } from '@jest/globals';
import { inLanguage, optionalText, text } from './language.js';

const document = {
  id: 'csto-2024',
  title: text({ ru: 'Повестка', kk: 'Күн тәртібі' }),
  summary: optionalText(null),
  priorities: [{ title: text({ ru: 'Первый', en: 'First' }), number: 1 }],
};

it('gives every text in the language asked for', () => {
  expect(inLanguage(document, 'ru')).toEqual({
    document: { id: 'csto-2024', title: 'Повестка', summary: null, priorities: [{ title: 'Первый', number: 1 }] },
    fallbacks: [],
  });
});

it('falls back to Russian and says where', () => {
  const { document: kazakh, fallbacks } = inLanguage(document, 'kk');
  expect(kazakh).toMatchObject({ title: 'Күн тәртібі', priorities: [{ title: 'Первый' }] });
  expect(fallbacks).toEqual(['/priorities/0/title']);
  expect(inLanguage(document, 'en').fallbacks).toEqual(['/title']);
});

it('leaves alone what only looks like a localised text', () => {
  expect(inLanguage({ data: { ru: 'как есть' } }, 'en')).toEqual({ document: { data: { ru: 'как есть' } }, fallbacks: [] });
});
