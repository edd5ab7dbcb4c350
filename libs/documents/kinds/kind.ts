import type { ThingKind } from '#domain/things.js';
import type { Language } from '#domain/vocabulary.js';
import type { EventStore } from '#event-store/event-store.js';
import type { Moment } from '#queries/moment.js';
import type { Reading } from '#queries/rows.js';
import type { Document } from '../document.js';
import type { EditionNamed } from './frame.js';

/** What a document is asked of. */
export type Asked = {
  /** The moment, and for whom: nothing is in it that the viewer may not know. */
  readonly reading: Reading;
  readonly store: EventStore;
  readonly agenda: string;
  readonly language: Language;
  readonly edition?: EditionNamed;
  /** Of the kind `state`. */
  readonly state?: string;
  /** Of the kind `body`. */
  readonly body?: string;
  /** Of the kind `audit`. */
  readonly thing?: { readonly kind: ThingKind; readonly id: string };
  /** Of the kind `changes`: the earlier moment. */
  readonly from?: Moment;
};

/** Makes a document of one kind; `undefined` where there was nothing to make it of. */
export type MakeDocument = (asked: Asked) => Promise<Document | undefined>;
