import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import PdfKit from 'pdfkit';

/** A4 in points (1/72 inch). */
export const A4 = { width: 595.28, height: 841.89 } as const;

const require = createRequire(import.meta.url);
/** The face of our pages as whole fonts: one file has the letters of every name in Latin script, Vietnamese ones included. */
const FONTS = {
  regular: require.resolve('@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/ibm-plex-sans/700Bold/IBMPlexSans_700Bold.ttf'),
};

/** A text in a box of one line. */
export interface LineOfText {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  isBold?: boolean;
  align?: 'left' | 'center';
}

/** A printed document of ours, written page by page while it is being sent. */
export class PdfDocument {
  private readonly pdf: PDFKit.PDFDocument;

  constructor(title: string, language: string) {
    this.pdf = new PdfKit({
      size: 'A4',
      // What is written stands where it is put; no text flows over to another page.
      margin: 0,
      autoFirstPage: false,
      lang: language === 'da' ? 'da-DK' : 'en-GB',
      info: { Title: title },
      displayTitle: true,
    });
    for (const [name, file] of Object.entries(FONTS)) this.pdf.registerFont(name, file);
  }

  /** The bytes, while `write` adds pages. */
  stream(write: (document: PdfDocument) => Promise<void>): PDFKit.PDFDocument {
    write(this).then(
      () => this.pdf.end(),
      (error: unknown) => this.pdf.destroy(error as Error),
    );
    return this.pdf;
  }

  /** A new page. Others get their turn in between: a long list must not keep the server from answering. */
  async page(): Promise<void> {
    await setImmediate();
    this.pdf.addPage();
  }

  /** Writes a line; what does not fit is cut with an ellipsis. */
  line({ text, x, y, width, size, isBold = false, align = 'left' }: LineOfText): void {
    this.pdf.font(isBold ? 'bold' : 'regular').fontSize(size);
    this.pdf.text(text, x, y, { width, height: this.pdf.currentLineHeight(), ellipsis: true, align });
  }

  /** Writes a line as large as it fits, within two sizes. */
  largeLine(line: Omit<LineOfText, 'size'>, from: number, to: number): void {
    this.pdf.font(line.isBold ? 'bold' : 'regular').fontSize(from);
    const fitting = (from * line.width) / this.pdf.widthOfString(line.text);
    this.line({ ...line, size: Math.max(to, Math.min(from, Math.floor(fitting))) });
  }

  /** Draws a thin line. */
  rule(x1: number, y1: number, x2: number, y2: number): void {
    this.pdf.moveTo(x1, y1).lineTo(x2, y2).lineWidth(0.5).stroke('#747474');
  }
}
