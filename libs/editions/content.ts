import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { DispatchEdition } from '#domain/edition/commands.js';
import type { StateCode } from '#domain/values.js';
import { readAgenda } from '#queries/agendas.js';
import { inAllLanguages } from '#queries/language.js';
import type { Reading } from '#queries/rows.js';

/** Named in every content, so that whoever keeps one knows by what rules it was made. */
const FORMAT = 'mindet-edition/1';

/** What is said of an edition beside the agenda: the digest covers it too. */
export type Imprint = Omit<DispatchEdition['data'], 'recipients'> & {
  readonly editionId: string;
  readonly number: number;
  readonly recipients: readonly StateCode[];
};

export type Content = {
  /** Canonical JSON (RFC 8785), UTF-8. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal: what `sha256sum` prints. */
  readonly digest: string;
  /** The priorities that are not withdrawn. */
  readonly priorities: number;
};

/** Everything a member state may know, and of reports those alone that were accepted. */
const EVERY_STATE = { seesAll: false } as const;

/** The whole agenda at the moment, with every text in every language that it has. `undefined` where there was none. */
export async function contentAt({ db, at }: Omit<Reading, 'viewer'>, imprint: Imprint): Promise<Content | undefined> {
  const agenda = await readAgenda({ db, at, viewer: EVERY_STATE }, imprint.agendaId);
  if (!agenda) return undefined;
  const { editionId: id, number, purpose, recipients, silenceDeadline } = imprint;
  const edition = { id, number, purpose, recipients, silenceDeadline, position: at.position, moment: at.time };
  const bytes = Buffer.from(canonicalize({ format: FORMAT, edition, agenda: inAllLanguages(agenda) })!);
  return { bytes, digest: digestOf(bytes), priorities: agenda.priorities.filter(({ lifecycle }) => lifecycle !== 'withdrawn').length };
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
