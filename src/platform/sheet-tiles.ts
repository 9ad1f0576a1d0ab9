import type { SheetTile } from "./sheet-blocks.ts";
import { type Desk, decorate, inks, keep, margin, tagged, widthOf } from "./sheet-desk.ts";

const tileGap = 8;

/** Four in a row where that is even, else three; the label above its figure. */
export function drawTiles(desk: Desk, items: readonly SheetTile[]): void {
  const { pdf } = desk;
  const across = items.length <= 4 ? items.length : items.length % 4 === 0 || items.length > 6 ? 4 : 3;
  for (let from = 0; from < items.length; from += across) {
    const row = items.slice(from, from + across);
    const width = (widthOf(desk) - tileGap * (row.length - 1)) / row.length;
    const inside = width - 16;
    const detailHeight = Math.max(
      0,
      ...row.map(({ detail }) => (detail ? pdf.font("regular").fontSize(8).heightOfString(detail, { width: inside }) : 0)),
    );
    const labelHeight = Math.max(
      ...row.map(({ label }) => pdf.font("regular").fontSize(9).heightOfString(label, { width: inside })),
    );
    const height = labelHeight + 28 + detailHeight + 12;
    keep(desk, height + tileGap);
    const top = pdf.y;
    for (const [at, { label, value, detail, loud }] of row.entries()) {
      const x = margin.side + at * (width + tileGap);
      decorate(desk, () => {
        pdf.rect(x, top, width, height).fill(inks.faint);
        pdf.rect(x, top, 3, height).fill(loud ? inks.alarm : inks.band);
      });
      tagged(desk, desk.whole, "P", () => {
        pdf
          .font("regular")
          .fontSize(9)
          .fillColor(inks.soft)
          .text(label, x + 10, top + 5, { width: inside });
        const size = [20, 17, 14, 11].find((one) => pdf.font("bold").fontSize(one).widthOfString(value) <= inside) ?? 9;
        pdf
          .font("bold")
          .fontSize(size)
          .fillColor(loud ? inks.alarm : inks.ink)
          .text(value, x + 10, top + labelHeight + 5, { lineBreak: false });
        if (detail)
          pdf
            .font("regular")
            .fontSize(8)
            .fillColor(inks.soft)
            .text(detail, x + 10, top + labelHeight + 32, { width: inside });
      });
    }
    pdf.y = top + height + tileGap;
  }
}
