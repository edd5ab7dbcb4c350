/** What a writer says of a stream, as the protocol has it. */
export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint;

export type Decision =
  | { readonly commit: 'new' }
  /** These very events stand there already; the last of them is at this revision. */
  | { readonly commit: 'repeated'; readonly lastRevision: number }
  | { readonly commit: 'wrong expected version' };

export interface StreamToCheck {
  /** -1 where there are no events. */
  readonly revision: number;
  /** Whether events or metadata were ever written. */
  readonly exists: boolean;
  idAt(revision: number): string | undefined;
  /** The revision of an event of this stream among those the server still remembers. */
  remembered(id: string): number | undefined;
}

const WRONG: Decision = { commit: 'wrong expected version' };
const NEW: Decision = { commit: 'new' };

/**
 * Whether events may be written, decided as KurrentDB does (`IndexWriter.CheckCommit`). At a revision the log itself tells a
 * repetition; at `any` and `stream_exists` only a bounded memory does, and an id that stands in another stream is new here.
 * A write of which a part stands there already is answered as a wrong expected version.
 */
export function checkCommit(stream: StreamToCheck, expected: Expected, ids: readonly string[]): Decision {
  if (expected === 'stream_exists' && !stream.exists) return WRONG;
  if (expected === 'any' || expected === 'stream_exists') {
    const revisions = ids.map((id) => stream.remembered(id));
    if (revisions[0] === undefined) return NEW;
    const lastRevision = revisions.at(-1);
    return revisions.includes(undefined) || lastRevision === undefined ? WRONG : { commit: 'repeated', lastRevision };
  }
  const at = expected === 'no_stream' ? -1n : expected;
  const revision = BigInt(stream.revision);
  if (at === revision) return NEW;
  if (at > revision || ids.length === 0) return WRONG;
  const start = Number(at) + 1;
  return ids.every((id, n) => stream.idAt(start + n) === id)
    ? { commit: 'repeated', lastRevision: start + ids.length - 1 }
    : WRONG;
}
