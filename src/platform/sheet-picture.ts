import type { Shape } from "./drawing.ts";
import type { SheetBlock } from "./sheet-blocks.ts";
import { type Desk, drawText, keep, margin, tagged, widthOf } from "./sheet-desk.ts";

export function drawPicture(desk: Desk, { caption, drawing, alt }: Extract<SheetBlock, { kind: "picture" }>): void {
  const { pdf } = desk;
  const scale = Math.min(1, widthOf(desk) / drawing.width);
  keep(desk, drawing.height * scale + 22);
  drawText(desk, desk.whole, "P", caption, { face: "bold", size: 10, gap: 4 });
  const top = pdf.y;
  const bbox = [margin.side, top, margin.side + drawing.width * scale, top + drawing.height * scale] as const;
  tagged(
    desk,
    desk.whole,
    "Figure",
    () => {
      pdf.save().translate(margin.side, top).scale(scale);
      for (const shape of drawing.shapes) drawShape(pdf, shape);
      pdf.restore();
    },
    { alt, bbox },
  );
  pdf.y = top + drawing.height * scale + 8;
}

function drawShape(pdf: PDFKit.PDFDocument, shape: Shape): void {
  switch (shape.shape) {
    case "rect":
      pdf.rect(shape.x, shape.y, shape.width, shape.height).fill(shape.fill);
      return;
    case "circle":
      pdf.circle(shape.x, shape.y, shape.radius).fill(shape.fill);
      return;
    case "area":
      pdf.polygon(...shape.points.map(([x, y]) => [x, y])).fill(shape.fill);
      return;
    case "line": {
      const [first, ...rest] = shape.points;
      if (!first) return;
      pdf
        .save()
        .lineWidth(shape.width)
        .lineJoin("round")
        .moveTo(...first);
      for (const point of rest) pdf.lineTo(...point);
      if (shape.dash) pdf.dash(shape.dash[0], { space: shape.dash[1] });
      pdf.stroke(shape.stroke).restore();
      return;
    }
    case "text": {
      pdf
        .font(shape.bold ? "bold" : "regular")
        .fontSize(shape.size)
        .fillColor(shape.fill);
      const width = pdf.widthOfString(shape.text);
      const x = shape.anchor === "end" ? shape.x - width : shape.anchor === "middle" ? shape.x - width / 2 : shape.x;
      pdf.text(shape.text, x, shape.y, { lineBreak: false, baseline: "alphabetic" });
    }
  }
}
