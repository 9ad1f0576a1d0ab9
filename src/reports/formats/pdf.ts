import { formatSheets } from "../../platform/pdf-paper.ts";
import type { SheetBlock } from "../../platform/sheet-blocks.ts";
import { readInstant } from "../../platform/time.ts";
import type { Report } from "../model.ts";
import { kindTitles } from "../words.ts";
import { toShown } from "./cell-text.ts";
import { listFooter } from "./footer.ts";
import type { Format, RenderOptions } from "./format.ts";
import { hashKeyword, listFacts, toTitle } from "./heading.ts";
import { type PaperPart, toPaper } from "./paper.ts";
import { formatWords as words } from "./words.ts";

export const pdfFormat: Format = { render: renderPdf };

function renderPdf(report: Report, options: RenderOptions): Promise<Uint8Array> {
  const { lang, zone, modelSha256 } = options;
  const title: SheetBlock = {
    kind: "title",
    above: toShown(report.city),
    text: kindTitles[report.kind][lang],
    lines: [words.asOf(report.asOf, zone)[lang], ...listFacts(report, options)],
  };
  return formatSheets({
    title: toTitle(report, options),
    keywords: hashKeyword(modelSha256),
    lang,
    at: readInstant(report.asOf, zone) ?? 0,
    // An official form is a wide table with little around it.
    lies: report.layout !== null,
    blocks: [
      title,
      ...toPaper(report, options).map(toSheetBlock),
      ...listFooter(report, options).map((text) => ({ kind: "note", text }) as const),
    ],
    foot: `${toShown(report.city)} · ${words.asOf(report.asOf, zone)[lang]} · ${words.model(modelSha256.slice(0, 16))[lang]}…`,
    pageOf: (page, of) => words.pageOf(page, of)[lang],
    alertLabel: words.attention[lang],
  });
}

function toSheetBlock(part: PaperPart): SheetBlock {
  switch (part.part) {
    case "section":
      return { kind: "heading", level: 1, text: part.text };
    case "heading":
      return { kind: "heading", level: 2, text: part.text };
    case "text":
      return { kind: "text", text: part.text };
    case "note":
      return { kind: part.level === "attention" ? "alert" : "note", text: part.text };
    case "list":
      return { kind: "list", items: part.items };
    case "figures":
      return { kind: "tiles", items: part.items.map(({ weight, ...item }) => ({ ...item, loud: weight === "alarm" })) };
    case "table": {
      const { part: _, ...table } = part;
      return { kind: "table", ...table };
    }
    case "picture":
      return { kind: "picture", caption: part.caption, drawing: part.drawing, alt: part.alt };
  }
}
