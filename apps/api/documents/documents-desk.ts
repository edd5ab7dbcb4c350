import type { RenderPool } from '#documents/render-pool.js';

/** Where documents are rendered. Also the token by which Nest injects it. */
export abstract class DocumentsDesk {
  abstract readonly render: RenderPool['render'];
}
