import type { LocalisedText } from '#domain/values.js';
import type { Language } from '#domain/vocabulary.js';

const TEXT = Symbol('localised text');

/** A text of which the reader gets one language. */
export type Text = { readonly [TEXT]: LocalisedText };

/** What the reader gets: every text in one language. */
export type InOneLanguage<T> = T extends Text
  ? string
  : T extends readonly (infer Item)[]
    ? InOneLanguage<Item>[]
    : T extends object
      ? { [Key in keyof T]: InOneLanguage<T[Key]> }
      : T;

export const text = (localised: LocalisedText): Text => ({ [TEXT]: localised });

/** A text that may be missing altogether. */
export const optionalText = (localised: LocalisedText | null): Text | null => localised && text(localised);

/** What every reader gets alike: every text in all the languages that it has. */
export type InAllLanguages<T> = T extends Text
  ? LocalisedText
  : T extends readonly (infer Item)[]
    ? InAllLanguages<Item>[]
    : T extends object
      ? { [Key in keyof T]: InAllLanguages<T[Key]> }
      : T;

export function inAllLanguages<T>(document: T): InAllLanguages<T> {
  const render = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (TEXT in value) return (value as Text)[TEXT];
    if (Array.isArray(value)) return value.map(render);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, render(item)]));
  };
  return render(document) as InAllLanguages<T>;
}

/**
 * Every text of a document in the language asked for, or in Russian, the authentic one, where it has none.
 * @returns the document, and JSON Pointers (RFC 6901) to the texts given in Russian instead
 */
export function inLanguage<T>(document: T, language: Language): { document: InOneLanguage<T>; fallbacks: string[] } {
  const fallbacks: string[] = [];
  const render = (value: unknown, pointer: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (TEXT in value) {
      const localised = (value as Text)[TEXT];
      if (localised[language] === undefined) fallbacks.push(pointer);
      return localised[language] ?? localised.ru;
    }
    if (Array.isArray(value)) return value.map((item, index) => render(item, `${pointer}/${index}`));
    // Keys are the read shapes' own names, which need no escaping in a pointer.
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, render(item, `${pointer}/${key}`)]));
  };
  return { document: render(document, '') as InOneLanguage<T>, fallbacks };
}
