/** The part of svg-to-pdfkit 0.1 that is used. */
declare module 'svg-to-pdfkit' {
  type Options = {
    readonly width: number;
    readonly height: number;
    readonly assumePt: boolean;
    readonly fontCallback: () => string;
    readonly warningCallback: (message: string) => void;
  };
  export default function draw(pdf: PDFKit.PDFDocument, svg: string, x: number, y: number, options: Options): void;
}
