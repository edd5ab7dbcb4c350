import type { Document } from './document.js';
import type { Format } from './formats.js';
import { render } from './render.js';

/** On a thread of its own. */
export default ({ document, format }: { readonly document: Document; readonly format: Format }): Promise<Uint8Array> => render(document, format);
