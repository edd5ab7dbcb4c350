import type { DocumentKind } from '../document.js';
import type { Viewer } from '#queries/viewer.js';

/**
 * For whom a document is made: what every member state may know, so that it can be forwarded, and is the same bytes whoever asks. A state's own
 * document tells its own liaison of its drafts too.
 */
export const viewerOfDocument = (kind: DocumentKind, reader: Viewer, state?: string): Viewer =>
  kind === 'state' && reader.state !== undefined && reader.state === state ? { seesAll: false, state } : { seesAll: false };
