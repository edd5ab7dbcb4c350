import type { Language } from '#domain/vocabulary.js';

export const DOCUMENT_KINDS = ['agenda', 'progress', 'state', 'body', 'changes', 'final', 'audit'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/**
 * What a document says, before any format: plain data in one language, so that it is rendered on another thread and every
 * format says the same. No renderer knows of the agenda, and nothing here knows of a format.
 */
export type Document = {
  readonly kind: DocumentKind;
  readonly language: Language;
  /** On the cover, and the title of the file. */
  readonly title: string;
  readonly subtitle?: string;
  /** Whose document it is: over the title. */
  readonly organisation: string;
  /** At the head of every page after the cover: which edition or working copy it is, and of which moment. */
  readonly runningHeader: string;
  /** On the cover, in order: the term, the state in the chair, the edition, the moment, the log position, digest, checkpoint. */
  readonly facts: readonly Fact[];
  /** The moment that it tells of, RFC 3339: also the one date in the file's own metadata. */
  readonly moment: string;
  /** The log position that it tells of. */
  readonly position: string;
  readonly sections: readonly Section[];
};

export type Fact = { readonly label: string; readonly value: string };

export type Section = {
  /** Unique in the document and the same in every rendering: ASCII letters, digits, `-` and `.`. */
  readonly id: string;
  readonly level: 1 | 2 | 3;
  readonly heading: readonly Run[];
  readonly blocks: readonly Block[];
};

/** A piece of a line. Any text may be in it: hostile, right to left, of any length. */
export type Run = {
  readonly text: string;
  readonly style?: 'strong' | 'emphasis' | 'quiet';
  /** Where the text is in another language than the document, as it is where a translation is missing. */
  readonly language?: Language;
  /** An absolute `https:` or `http:` address. */
  readonly link?: string;
};

export type Block = Paragraph | List | Table | Chart;

export type Paragraph = {
  readonly block: 'paragraph';
  readonly runs: readonly Run[];
  /** A remark is set apart from the text: a legend, a limitation, why something is not there. */
  readonly as?: 'remark';
};

export type List = { readonly block: 'list'; readonly items: readonly (readonly Run[])[] };

/** Its header is repeated on every page. Workbooks and CSV files are made of the tables alone, a sheet or a file each. */
export type Table = {
  readonly block: 'table';
  /** As of a section; also of its sheet, and at most 31 characters. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
};

export type Column = {
  readonly heading: string;
  /** Its share of the width. */
  readonly share: number;
  readonly of: 'text' | 'number' | 'percent' | 'date';
};

/** Runs in a text column, a finite number in number and percent (0 to 100) columns, `YYYY-MM-DD` in date columns; null is an empty cell. */
export type Cell = readonly Run[] | number | string | null;

/** Drawn as vectors, readable in black and white. */
export type Chart = {
  readonly block: 'chart';
  readonly id: string;
  readonly title: string;
  /** The same in words, for those who do not see it. */
  readonly alternative: string;
  readonly drawing: StackedBars | Timeline;
};

/** A bar for each category, of as many parts as there are series. */
export type StackedBars = {
  readonly as: 'stacked-bars';
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
};

/** Dated points, on a line for each row. */
export type Timeline = {
  readonly as: 'timeline';
  readonly from: string;
  readonly to: string;
  readonly rows: readonly { readonly name: string; readonly points: readonly TimelinePoint[] }[];
};

export type TimelinePoint = { readonly date: string; readonly name: string; readonly reached: boolean };
