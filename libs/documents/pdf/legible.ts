import { fit } from '../plain-text.js';

/**
 * A text as it is drawn: besides what no format holds, without marks of direction, joiners and soft hyphens, which would move
 * other text or show as nothing, and with at most three marks on a letter, so that none reaches into other lines.
 */
export function legible(text: string): string {
  return fit(text)
    .normalize('NFC')
    .replace(/[\t\u2028\u2029]/gu, ' ')
    .replace(/[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e0fff}]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
}

/** The same on one line, for titles of files, bookmarks and the words of links. */
export function onOneLine(text: string): string {
  return legible(text).replaceAll('\n', ' ');
}
