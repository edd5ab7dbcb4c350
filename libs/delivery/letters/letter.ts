import type { Language } from '#domain/vocabulary.js';

/** A message written out: as JSON for machines, and as a letter for people. */
export type Letter = {
  /** What the machine is told: `edition.dispatched`. */
  readonly type: string;
  /** RFC 3339; never that of the attempt, since every attempt sends the same. */
  readonly timestamp: string;
  readonly data: object;
  readonly subject: (language: Language) => string;
  readonly text: (language: Language) => string;
  readonly attachments: (language: Language) => Promise<readonly Attachment[]>;
};

export type Attachment = { readonly filename: string; readonly contentType: string; readonly content: Uint8Array };

/** By language. */
export type Said = Readonly<Record<Language, string>>;

/** The body of a webhook: the same bytes for every attempt. */
export const webhookBody = ({ type, timestamp, data }: Letter): string => JSON.stringify({ type, timestamp, data });

export const noAttachments = (): Promise<readonly Attachment[]> => Promise.resolve([]);

const FOOT: Said = {
  ru: 'Это письмо отправлено службой Mindet. Отвечать на него не нужно.',
  kk: 'Бұл хатты Mindet қызметі жіберді. Оған жауап берудің қажеті жоқ.',
  en: 'This letter was sent by the Mindet service. There is no need to answer it.',
};

export const paragraphs = (language: Language, ...lines: readonly (string | false | undefined)[]): string =>
  [...lines.filter(Boolean), FOOT[language]].join('\n\n');
