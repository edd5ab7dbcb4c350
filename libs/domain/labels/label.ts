import type { Language } from '../vocabulary.js';

/** What a word of the field is called for readers. Unlike texts of an agenda, labels exist in every language. */
export type Label = Readonly<Record<Language, string>>;

export const label = (ru: string, kk: string, en: string): Label => ({ ru, kk, en });
