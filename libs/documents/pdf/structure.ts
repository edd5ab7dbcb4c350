import type { Language } from '#domain/vocabulary.js';

/** A node of the tree of tags that readers aloud follow. What is drawn for it is drawn inside `mark`. */
export type Tag = {
  child(type: string, options?: TagOptions): Tag;
  mark(draw: () => void): void;
  /** A rectangle of the current page that leads to an address, or to a named place of the document. */
  link(box: Box, target: { readonly address: string; readonly words: string } | { readonly place: string; readonly words: string }): void;
  /** After it, nothing is added: what it holds is written. */
  end(): void;
};
export type TagOptions = { readonly lang?: Language; readonly alt?: string; readonly scope?: 'Column' };
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Nothing is drawn while pages are only counted. */
export const UNDRAWN: Tag = { child: () => UNDRAWN, mark: () => undefined, link: () => undefined, end: () => undefined };

export function tagTree(pdf: PDFKit.PDFDocument): Tag {
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  return tagOf(pdf, root);
}

function tagOf(pdf: PDFKit.PDFDocument, element: PDFKit.PDFStructureElement): Tag {
  return {
    child: (type, options = {}) => {
      const inner = pdf.struct(type, options);
      element.add(inner);
      return tagOf(pdf, inner);
    },
    mark: (draw) => {
      const content = pdf.markStructureContent((element as unknown as { dictionary: { data: { S: never } } }).dictionary.data.S);
      draw();
      pdf.endMarkedContent();
      element.add(content);
    },
    link: ({ x, y, width, height }, target) => {
      const options = { structParent: element, Contents: new String(target.words) };
      if ('address' in target) pdf.link(x, y, width, height, target.address, options as never);
      else pdf.goTo(x, y, width, height, target.place, options as never);
    },
    end: () => element.end(),
  };
}
