import PDFDocument from 'pdfkit';
import type { Document } from './document.js';
import { registerFonts } from './pdf/fonts.js';
import { drawContents, drawCover, type Places } from './pdf/front.js';
import { onOneLine } from './pdf/legible.js';
import { paperOf, type Paper } from './pdf/paper.js';
import { drawSections } from './pdf/sections.js';
import { tagTree, UNDRAWN } from './pdf/structure.js';

/**
 * A document as PDF 1.7: marked as PDF/A-2a (fonts embedded, sRGB, XMP) and tagged through and through (headings, lists, tables
 * with their header cells, figures with their words, links, language, artifacts), with an outline. The same document gives the
 * same bytes under the same release of Node, whose zlib packs them; the only date is the document's moment. No text is markup, and
 * nothing is read but the fonts. Letters that the fonts have not are U+FFFD.
 */
export async function renderPdf(document: Document): Promise<Uint8Array> {
  const pdf = new PDFDocument({
    pdfVersion: '1.7',
    subset: 'PDF/A-2a' as never,
    tagged: true,
    lang: document.language,
    displayTitle: true,
    autoFirstPage: false,
    info: {
      Title: onOneLine(document.title),
      Author: onOneLine(document.organisation),
      Subject: onOneLine(document.runningHeader),
      Creator: 'Mindet',
      Producer: 'Mindet',
      CreationDate: new Date(document.moment),
    },
    // Otherwise pdfkit opens a face of its own, which an archive may not refer to.
    font: null as never,
  });
  escapeMetadata(pdf);
  const bytes = collected(pdf);
  const fonts = registerFonts(pdf);

  // Twice: the contents and the feet of pages name pages that come after them.
  const counted = paperOf(pdf, fonts, document.language, UNDRAWN, undefined);
  const places = compose(counted, document, []);
  const root = tagTree(pdf);
  const drawn = paperOf(pdf, fonts, document.language, root, { runningHeader: document.runningHeader, pages: counted.page });
  compose(drawn, document, places);
  root.end();
  pdf.end();
  return bytes;
}

function compose(paper: Paper, document: Document, places: Places): Places {
  drawCover(paper, document);
  drawContents(paper, document, places);
  return drawSections(paper, document);
}

/** pdfkit writes the same strings into the XMP packet as they are: there they must be escaped, in the file's dictionary not. */
function escapeMetadata(pdf: PDFKit.PDFDocument): void {
  const inner = pdf as unknown as { info: Record<string, unknown>; endMetadata(): void };
  const end = inner.endMetadata.bind(inner);
  inner.endMetadata = () => {
    const escaped = (value: unknown): unknown => (typeof value === 'string' ? value.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`) : value);
    inner.info = Object.fromEntries(Object.entries(inner.info).map(([key, value]) => [key, escaped(value)]));
    end();
  };
}

async function collected(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of pdf as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
