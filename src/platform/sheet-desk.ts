/** What everything that is drawn on sheets shares: inks, margins, pages, and how content is tagged for readers of the structure. */

export const margin = { side: 42, top: 40, bottom: 46 } as const;
export const inks = {
  ink: "#14212b",
  soft: "#475863",
  line: "#c3ccd0",
  faint: "#eef2f2",
  band: "#0c3d4a",
  bar: "#cfe5e7",
  alarm: "#a5182a",
  alert: "#7a3d00",
  alertGround: "#fff3df",
};

export type Face = "regular" | "bold";

export interface Desk {
  readonly pdf: PDFKit.PDFDocument;
  /** Headings of the first level drawn so far, with the sheet that each stands on. */
  readonly headings: { readonly text: string; readonly sheet: number }[];
  /** The same as an earlier drawing found them, for the contents. */
  readonly contents: readonly { readonly text: string; readonly sheet: number }[];
  readonly whole: PDFKit.PDFStructureElement;
  readonly alertLabel: string;
  readonly lies: boolean;
}

export function turnPage({ pdf }: Desk, landscape: boolean): void {
  pdf.addPage({
    size: "A4",
    layout: landscape ? "landscape" : "portrait",
    margins: { top: margin.top, bottom: margin.bottom, left: margin.side, right: margin.side },
  });
  pdf.y = margin.top;
}

export const isLandscape = ({ pdf }: Desk): boolean => pdf.page.width > pdf.page.height;
export const widthOf = ({ pdf }: Desk): number => pdf.page.width - 2 * margin.side;
export const bottomOf = ({ pdf }: Desk): number => pdf.page.height - margin.bottom;

/** A new sheet where less than `height` is left of this one. */
export function keep(desk: Desk, height: number): void {
  if (desk.pdf.y + height > bottomOf(desk)) turnPage(desk, isLandscape(desk));
}

interface TextStyle {
  readonly face?: Face;
  readonly size?: number;
  readonly ink?: string;
  readonly gap?: number;
  readonly indent?: number;
}

/** Text that runs over lines and sheets, as an element of the document's structure. */
export function drawText(desk: Desk, parent: PDFKit.PDFStructureElement, tag: string, text: string, style: TextStyle = {}): void {
  const { face = "regular", size = 10, ink = inks.ink, gap = 0, indent = 0 } = style;
  const { pdf } = desk;
  const width = widthOf(desk) - indent;
  const height = pdf.font(face).fontSize(size).heightOfString(text, { width });
  if (height < 200) keep(desk, height);
  tagged(desk, parent, tag, () =>
    pdf
      .font(face)
      .fontSize(size)
      .fillColor(ink)
      .text(text, margin.side + indent, pdf.y, { width }),
  );
  pdf.y += gap;
}

/** What pdfkit takes and its types do not say yet. */
interface ElementOptions {
  readonly alt?: string;
  readonly bbox?: readonly [number, number, number, number];
  readonly scope?: "Row" | "Column";
}

export function tagged(
  { pdf }: Desk,
  parent: PDFKit.PDFStructureElement,
  tag: string,
  write: () => void,
  options: ElementOptions = {},
): void {
  const element = pdf.struct(tag, { ...options });
  parent.add(element);
  element.add(write);
  element.end();
}

/** What only decorates: readers of the page's structure pass over it. */
export function decorate({ pdf }: Desk, draw: () => void, type: "Layout" | "Pagination" = "Layout"): void {
  pdf.markContent("Artifact", { type });
  draw();
  pdf.endMarkedContent();
}
