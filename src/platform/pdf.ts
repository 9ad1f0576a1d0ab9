import { fileURLToPath } from "node:url";
import type { Instant } from "./clock.ts";
import type { Lang } from "./words.ts";

/** What stands on a page, from top to bottom. */
export type PdfBlock =
  | { readonly kind: "title" | "heading" | "text" | "small"; readonly text: string }
  /** A label and its value in heavier, larger type, one below the other; a value is never broken or joined into ligatures. */
  | { readonly kind: "fields"; readonly fields: readonly { readonly label: string; readonly value: string }[] }
  | { readonly kind: "rule" };

export interface PdfDocument {
  readonly title: string;
  readonly lang: Lang;
  readonly madeAt: Instant;
  /** Each begins on a new sheet of A4. */
  readonly pages: readonly (readonly PdfBlock[])[];
}

const fonts = {
  regular: "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf",
  bold: "@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf",
} as const;

/** Tag of the structure, face and size of each kind of text. */
const styles = {
  title: { tag: "H1", font: "bold", size: 17, gap: 10 },
  heading: { tag: "H2", font: "bold", size: 12, gap: 4 },
  text: { tag: "P", font: "regular", size: 11, gap: 4 },
  small: { tag: "P", font: "regular", size: 9, gap: 3 },
} as const;

const margin = 56;

/** A tagged PDF with its fonts inside, whole in memory: nothing of it touches a disk here. */
export async function formatPdf({ title, lang, madeAt, pages }: PdfDocument): Promise<Uint8Array> {
  const { default: PdfKit } = await import("pdfkit");
  const document = new PdfKit({
    size: "A4",
    margins: { top: margin, bottom: margin, left: margin, right: margin },
    autoFirstPage: false,
    pdfVersion: "1.7",
    tagged: true,
    displayTitle: true,
    lang: lang === "vi" ? "vi-VN" : "en",
    info: { Title: title, CreationDate: new Date(madeAt) },
  });
  const pieces: Uint8Array[] = [];
  document.on("data", (piece: Uint8Array) => pieces.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    document.on("end", resolve);
    document.on("error", reject);
  });
  for (const [name, file] of Object.entries(fonts)) document.registerFont(name, fileURLToPath(import.meta.resolve(file)));
  const whole = document.struct("Document");
  document.addStructure(whole);
  for (const page of pages) {
    document.addPage();
    for (const block of page) drawBlock(document, whole, block);
  }
  whole.end();
  document.end();
  await ended;
  return Buffer.concat(pieces);
}

function drawBlock(document: PDFKit.PDFDocument, whole: PDFKit.PDFStructureElement, block: PdfBlock): void {
  const width = document.page.width - 2 * margin;
  const draw = (tag: string, write: () => void): void => {
    const element = document.struct(tag);
    whole.add(element);
    element.add(write);
    element.end();
  };
  if (block.kind === "rule") {
    const y = document.y + 4;
    document.markContent("Artifact", { type: "Layout" });
    document
      .moveTo(margin, y)
      .lineTo(margin + width, y)
      .lineWidth(0.5)
      .stroke("#777777");
    document.endMarkedContent();
    document.y += 12;
    return;
  }
  if (block.kind === "fields") {
    for (const { label, value } of block.fields) {
      draw("P", () => document.font("regular").fontSize(9).fillColor("#444444").text(label, margin, document.y, { width }));
      // No ligatures: in a password `fi` is two characters, and it is read from paper.
      draw("P", () =>
        document.font("bold").fontSize(14).fillColor("black").text(value, margin, document.y, { features: [], width }),
      );
      document.y += 3;
    }
    return;
  }
  const { tag, font, size, gap } = styles[block.kind];
  draw(tag, () => document.font(font).fontSize(size).fillColor("black").text(block.text, margin, document.y, { width }));
  document.y += gap;
}
