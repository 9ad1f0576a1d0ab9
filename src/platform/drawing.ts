/** A picture of a few shapes, so that one chart is an SVG, a PNG and the vectors of a PDF. Later shapes lie on earlier ones; y grows downwards. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export type Point = readonly [x: number, y: number];

/** Colours are `#rrggbb`. A text's `y` is its base line, its `x` the end that `anchor` names. */
export type Shape =
  | {
      readonly shape: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
    }
  | { readonly shape: "circle"; readonly x: number; readonly y: number; readonly radius: number; readonly fill: string }
  | { readonly shape: "area"; readonly points: readonly Point[]; readonly fill: string }
  | {
      readonly shape: "line";
      readonly points: readonly Point[];
      readonly stroke: string;
      readonly width: number;
      readonly dash?: readonly [on: number, off: number];
    }
  | {
      readonly shape: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly fill: string;
      readonly bold?: boolean;
      readonly anchor?: "start" | "middle" | "end";
    };

/** A whole SVG document, on white. Text is escaped; nothing in it is fetched. */
export function toSvg({ width, height, shapes }: Drawing, font: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}"><rect width="${width}" height="${height}" fill="#ffffff"/>${shapes.map(toElement).join("")}</svg>`;
}

function toElement(shape: Shape): string {
  switch (shape.shape) {
    case "rect":
      return `<rect x="${round(shape.x)}" y="${round(shape.y)}" width="${round(shape.width)}" height="${round(shape.height)}" fill="${shape.fill}"/>`;
    case "circle":
      return `<circle cx="${round(shape.x)}" cy="${round(shape.y)}" r="${shape.radius}" fill="${shape.fill}"/>`;
    case "area":
      return `<polygon points="${toPoints(shape.points)}" fill="${shape.fill}"/>`;
    case "line": {
      const dash = shape.dash ? ` stroke-dasharray="${shape.dash.join(" ")}"` : "";
      return `<polyline points="${toPoints(shape.points)}" fill="none" stroke="${shape.stroke}" stroke-width="${shape.width}" stroke-linejoin="round" stroke-linecap="${shape.dash ? "butt" : "round"}"${dash}/>`;
    }
    case "text":
      return `<text x="${round(shape.x)}" y="${round(shape.y)}" font-size="${shape.size}" font-weight="${shape.bold ? 700 : 400}" text-anchor="${shape.anchor ?? "start"}" fill="${shape.fill}">${escapeXml(shape.text)}</text>`;
  }
}

function toPoints(points: readonly Point[]): string {
  return points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ");
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function round(n: number): number {
  return Math.round(n * 100) / 100;
}
