import { renderCsv } from './csv.js';
import type { Document } from './document.js';
import { renderDocx } from './docx.js';
import type { Format } from './formats.js';
import { renderHtml } from './html.js';
import { renderPdf } from './pdf.js';
import { renderXlsx } from './xlsx.js';

/** The same document in the same format is the same bytes, always and everywhere. */
export async function render(document: Document, format: Format): Promise<Uint8Array> {
  switch (format) {
    case 'pdf':
      return renderPdf(document);
    case 'docx':
      return renderDocx(document);
    case 'xlsx':
      return renderXlsx(document);
    case 'csv':
      return renderCsv(document) ?? new Uint8Array();
    case 'html':
      return Buffer.from(renderHtml(document), 'utf8');
    case 'json':
      return Buffer.from(JSON.stringify(document), 'utf8');
  }
}
