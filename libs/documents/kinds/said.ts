import type { LocalisedText } from '#domain/values.js';
import type { Language } from '#domain/vocabulary.js';
import type { Run } from '../document.js';
import { SAY } from './words.js';

/** A text in the language of the document, or in Russian, the authentic one, and marked as such. */
export function said(text: LocalisedText, language: Language): readonly Run[] {
  const own = text[language];
  if (own !== undefined) return [{ text: own }];
  return [{ text: text.ru, language: 'ru' }, { text: `\u00a0(${SAY.fallbackMark[language]})`, style: 'quiet' }];
}

/** The same where there is room for a plain line alone, as in a chart. */
export const plain = (text: LocalisedText, language: Language): string => text[language] ?? text.ru;

export const runs = (text: string): readonly Run[] => (text === '' ? [] : [{ text }]);

/** Pieces in one line, with something between them. */
export const joined = (pieces: readonly (readonly Run[])[], between: string): readonly Run[] =>
  pieces.flatMap((piece, n) => (n === 0 ? piece : [{ text: between }, ...piece]));

/** Whether a text had to fall back anywhere. */
export const fellBack = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(fellBack)
    : typeof value === 'object' && value !== null && (('text' in value && 'language' in value) || Object.values(value).some(fellBack));
