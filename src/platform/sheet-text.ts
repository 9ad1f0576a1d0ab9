import type { SheetBlock } from "./sheet-blocks.ts";
import { type Desk, decorate, drawText, inks, keep, margin, tagged, turnPage, widthOf } from "./sheet-desk.ts";
import { measureHead } from "./sheet-table.ts";

export function drawTitle(desk: Desk, { above, text, lines }: Extract<SheetBlock, { kind: "title" }>): void {
  const { pdf } = desk;
  drawText(desk, desk.whole, "P", above, { face: "bold", size: 11, ink: inks.soft });
  drawText(desk, desk.whole, "H1", text, { face: "bold", size: 21, ink: inks.band, gap: 2 });
  for (const line of lines) drawText(desk, desk.whole, "P", line, { size: 9.5, ink: inks.soft });
  const y = pdf.y + 5;
  decorate(desk, () =>
    pdf
      .moveTo(margin.side, y)
      .lineTo(margin.side + widthOf(desk), y)
      .lineWidth(1.6)
      .stroke(inks.band),
  );
  pdf.y = y + 8;
}

/** What a heading is kept together with. */
function leastOf(desk: Desk, next: SheetBlock | undefined): number {
  if (next?.kind === "table") return measureHead(desk, next);
  if (next?.kind === "picture") return next.drawing.height * 0.8 + 20;
  return next?.kind === "tiles" ? 70 : 60;
}

export function drawHeading(
  desk: Desk,
  { level, text }: Extract<SheetBlock, { kind: "heading" }>,
  next: SheetBlock | undefined,
): void {
  const { pdf } = desk;
  const atTop = pdf.y <= margin.top + 1;
  if (!atTop) pdf.y += level === 1 ? 12 : 5;
  keep(desk, 24 + leastOf(desk, next));
  if (level === 1) {
    pdf.outline.addItem(text);
    desk.headings.push({ text, sheet: pdf.bufferedPageRange().count });
  }
  drawText(desk, desk.whole, level === 1 ? "H2" : "H3", text, {
    face: "bold",
    size: level === 1 ? 13.5 : 10.5,
    ink: level === 1 ? inks.band : inks.ink,
    gap: 4,
  });
}

export function drawAlert(desk: Desk, text: string): void {
  const { pdf } = desk;
  const told = `${desk.alertLabel}: ${text}`;
  const width = widthOf(desk) - 34;
  const height = pdf.font("regular").fontSize(9.5).heightOfString(told, { width }) + 10;
  keep(desk, height + 4);
  const y = pdf.y;
  decorate(desk, () => {
    pdf.rect(margin.side, y, widthOf(desk), height).fill(inks.alertGround);
    // The typeface has no such sign.
    pdf.polygon([margin.side + 8, y + 16], [margin.side + 20, y + 16], [margin.side + 14, y + 6]).fill(inks.alert);
  });
  tagged(desk, desk.whole, "P", () =>
    pdf
      .font("regular")
      .fontSize(9.5)
      .fillColor(inks.ink)
      .text(told, margin.side + 28, y + 5, { width }),
  );
  pdf.y = y + height + 4;
}

export function drawContents(desk: Desk, title: string): void {
  const { pdf } = desk;
  drawText(desk, desk.whole, "H2", title, { face: "bold", size: 13.5, ink: inks.band, gap: 4 });
  const list = pdf.struct("TOC");
  desk.whole.add(list);
  const numberWidth = 28;
  const width = widthOf(desk) - numberWidth - 10;
  for (const { text, sheet } of desk.contents) {
    keep(desk, pdf.font("regular").fontSize(9.5).heightOfString(text, { width }) + 2.5);
    const top = pdf.y;
    const item = pdf.struct("TOCI");
    list.add(item);
    item.add(() => {
      pdf.font("regular").fontSize(9.5).fillColor(inks.ink).text(text, margin.side, top, { width });
      const bottom = pdf.y;
      const number = String(sheet);
      pdf.text(number, margin.side + widthOf(desk) - pdf.widthOfString(number), bottom - pdf.currentLineHeight(true), {
        lineBreak: false,
      });
      pdf.y = bottom + 2.5;
    });
    item.end();
  }
  list.end();
  turnPage(desk, false);
}

export function drawCode(desk: Desk, text: string): void {
  const { pdf } = desk;
  const width = widthOf(desk) - 20;
  const height = pdf.font("regular").fontSize(9).heightOfString(text, { width }) + 8;
  keep(desk, height + 4);
  const y = pdf.y;
  decorate(desk, () => pdf.rect(margin.side, y, widthOf(desk), height).fill(inks.faint));
  tagged(desk, desk.whole, "Code", () =>
    pdf
      .font("regular")
      .fontSize(9)
      .fillColor(inks.ink)
      // No ligatures: it is typed letter by letter.
      .text(text, margin.side + 10, y + 4, { width, features: [] }),
  );
  pdf.y = y + height + 4;
}

export function drawList(desk: Desk, items: readonly string[], start: number | undefined): void {
  const { pdf } = desk;
  const list = pdf.struct("L");
  desk.whole.add(list);
  for (const [at, text] of items.entries()) {
    const item = pdf.struct("LI");
    list.add(item);
    drawText(desk, item, "LBody", `${start === undefined ? "•" : `${start + at}.`}  ${text}`, { size: 9.5, gap: 1.5, indent: 6 });
    item.end();
  }
  list.end();
  pdf.y += 3;
}
