import type { DocumentKind } from '../document.js';
import { agendaDocument } from './agenda.js';
import { auditDocument } from './audit.js';
import { bodyDocument } from './body.js';
import { changesDocument } from './changes.js';
import { finalDocument } from './final.js';
import type { Asked, MakeDocument } from './kind.js';
import { progressDocument } from './progress.js';
import { stateDocument } from './state.js';

type Kind = {
  readonly make: MakeDocument;
  /** What it must be told beside agenda, language and moment. */
  readonly needs?: 'state' | 'body' | 'thing' | 'from';
};

/** Every document that there is. */
export const KINDS: Readonly<Record<DocumentKind, Kind>> = {
  agenda: { make: agendaDocument },
  progress: { make: progressDocument },
  state: { make: stateDocument, needs: 'state' },
  body: { make: bodyDocument, needs: 'body' },
  changes: { make: changesDocument, needs: 'from' },
  final: { make: finalDocument },
  audit: { make: auditDocument, needs: 'thing' },
};

export const makeDocument = (kind: DocumentKind, asked: Asked) => KINDS[kind].make(asked);
