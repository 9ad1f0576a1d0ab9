import { escapeXml } from "./drawing.ts";

/** A bordered table; the first row is its heading and comes again on every page. */
export interface WordGrid {
  readonly kind: "grid";
  readonly widthsTwips: readonly number[];
  readonly rows: readonly (readonly string[])[];
  /** Left where it is not said. */
  readonly aligns?: readonly ("left" | "right")[];
  readonly sizePt?: number;
}

const edges = ["top", "left", "bottom", "right", "insideH", "insideV"]
  .map((side) => `<w:${side} w:val="single" w:color="auto" w:sz="4"/>`)
  .join("");
const padding = (["top", "left", "bottom", "right"] as const)
  .map((side) => `<w:${side} w:type="dxa" w:w="${side === "top" || side === "bottom" ? 40 : 80}"/>`)
  .join("");

const shortTable = 14;

/**
 * A table as markup (ECMA-376 part 1, 17.4). A province's report has some ten thousand cells; as objects of the library, each of them a tree, they
 * took most of a document's memory and time.
 */
export function formatGrid({ widthsTwips, rows, aligns, sizePt }: WordGrid): string {
  const size = sizePt === undefined ? "" : `<w:sz w:val="${sizePt * 2}"/><w:szCs w:val="${sizePt * 2}"/>`;
  const toParagraph = (text: string, align: string, run: string, keeps: string): string =>
    `<w:p><w:pPr>${keeps}<w:spacing w:after="0" w:before="0"/><w:jc w:val="${align}"/></w:pPr><w:r>${run === "" ? "" : `<w:rPr>${run}</w:rPr>`}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
  const toRow = (cells: readonly string[], row: number): string => {
    const isHead = row === 0;
    const run = `${isHead ? "<w:b/><w:bCs/>" : ""}${size}`;
    const shade = aligns && isHead ? '<w:shd w:fill="E7ECEC" w:val="clear"/>' : "";
    // A short table stays on one page.
    const keeps = rows.length <= shortTable && row < rows.length - 1 ? "<w:keepNext/>" : "";
    const middle = aligns && isHead ? '<w:vAlign w:val="center"/>' : "";
    const own = cells.map((cell, column) => {
      const align = aligns && isHead ? "center" : (aligns?.[column] ?? "left");
      const paragraphs = cell.split("\n").map((text) => toParagraph(text, align, run, keeps));
      return `<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="${widthsTwips[column] ?? 0}"/>${shade}<w:tcMar>${padding}</w:tcMar>${middle}</w:tcPr>${paragraphs.join("")}</w:tc>`;
    });
    return `<w:tr><w:trPr><w:cantSplit/>${isHead ? "<w:tblHeader/>" : ""}</w:trPr>${own.join("")}</w:tr>`;
  };
  const whole = widthsTwips.reduce((sum, width) => sum + width, 0);
  const columns = widthsTwips.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  return `<w:tbl><w:tblPr><w:tblW w:type="dxa" w:w="${whole}"/><w:tblBorders>${edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${columns}</w:tblGrid>${rows.map(toRow).join("")}</w:tbl>`;
}
