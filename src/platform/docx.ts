import type { Instant } from "./clock.ts";
import { formatGrid, type WordGrid } from "./docx-grid.ts";
import { toIso, vietnamZone, type Zone } from "./time.ts";
import { setZipDates } from "./zip-dates.ts";
import { replaceZipText } from "./zip-replace.ts";

/** A stretch of text in one style; what is not said is the document's own. */
export interface WordText {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly sizePt?: number;
}

export interface WordParagraph {
  readonly kind: "paragraph";
  readonly texts: readonly WordText[];
  readonly align?: "left" | "center" | "right" | "justify";
  readonly firstLineTwips?: number;
  readonly beforePt?: number;
  readonly afterPt?: number;
  /** Stays on the page of what follows. */
  readonly keepNext?: boolean;
  /** Shown in the navigation pane, read out as a heading. */
  readonly heading?: 1 | 2;
  readonly bullet?: boolean;
}

/** A drawn line of this length, centred. */
export interface WordRule {
  readonly kind: "rule";
  readonly widthTwips: number;
}

/** Side by side, without borders, never cut by the end of a page. */
export interface WordColumns {
  readonly kind: "columns";
  readonly columns: readonly { readonly widthTwips: number; readonly blocks: readonly (WordParagraph | WordRule)[] }[];
}

/** A PNG, centred. */
export interface WordPicture {
  readonly kind: "picture";
  readonly png: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly title: string;
  /** For who does not see it. */
  readonly alt: string;
}

/** What follows stands on new pages, upright or on their long side. */
export interface WordTurn {
  readonly kind: "turn";
  readonly landscape: boolean;
}

export type WordBlock = WordParagraph | WordRule | WordColumns | WordGrid | WordPicture | WordTurn;

export interface WordDocument {
  readonly title: string;
  readonly font: string;
  readonly sizePt: number;
  readonly landscape?: boolean;
  readonly marginsTwips: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
  /** Centred in the top margin from the second page on. */
  readonly pageNumberPt: number;
  /** On every page. */
  readonly footer: readonly WordParagraph[];
  readonly blocks: readonly WordBlock[];
  /** Centred at the foot instead of the number in the top margin: `Page 2 of 5`, with the two numbers left out. */
  readonly pageOf?: { readonly before: string; readonly between: string };
  /** For programs that look what a file is. */
  readonly keywords?: string;
  readonly properties?: Readonly<Record<string, string>>;
  readonly lang?: "vi-VN" | "en-GB";
  /** The only date in the file, so that the same document is the same bytes; otherwise the library writes the clock. */
  readonly at?: Instant;
}

/** A4 in twips. */
const paper = { width: 11_906, height: 16_838 };
const thinLine = 6;

/** A Word file, whole in memory. Without `at` its bytes differ from run to run: whoever signs, signs the data and not the file. */
export async function formatDocx(document: WordDocument): Promise<Uint8Array> {
  const docx = await import("docx");
  const { marginsTwips: margins } = document;
  const black = "000000";

  const toParagraph = (paragraph: WordParagraph) =>
    new docx.Paragraph({
      alignment: paragraph.align === "justify" ? docx.AlignmentType.BOTH : paragraph.align,
      keepNext: paragraph.keepNext,
      ...(paragraph.heading && { heading: paragraph.heading === 1 ? docx.HeadingLevel.HEADING_1 : docx.HeadingLevel.HEADING_2 }),
      ...(paragraph.bullet && { bullet: { level: 0 } }),
      indent: { firstLine: paragraph.firstLineTwips },
      spacing: { before: (paragraph.beforePt ?? 0) * 20, after: (paragraph.afterPt ?? 0) * 20 },
      children: paragraph.texts.map(
        ({ text, bold, italic, sizePt }) =>
          new docx.TextRun({ text, bold, italics: italic, size: sizePt === undefined ? undefined : sizePt * 2 }),
      ),
    });
  // An empty line of a fixed small height whose lower border is the rule.
  const toRule = ({ widthTwips }: WordRule, within: number) => {
    const indent = Math.max(0, Math.round((within - widthTwips) / 2));
    return new docx.Paragraph({
      indent: { left: indent, right: indent },
      spacing: { before: 20, after: 60, line: 60, lineRule: docx.LineRuleType.EXACT },
      border: { bottom: { style: docx.BorderStyle.SINGLE, size: thinLine, color: black, space: 0 } },
    });
  };
  const none = { style: docx.BorderStyle.NONE, size: 0, color: "auto" };
  const noBorders = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none };
  const toColumns = ({ columns }: WordColumns) =>
    new docx.Table({
      layout: docx.TableLayoutType.FIXED,
      width: { size: columns.reduce((sum, { widthTwips }) => sum + widthTwips, 0), type: docx.WidthType.DXA },
      columnWidths: columns.map(({ widthTwips }) => widthTwips),
      borders: noBorders,
      rows: [
        new docx.TableRow({
          cantSplit: true,
          children: columns.map(
            ({ widthTwips, blocks }) =>
              new docx.TableCell({
                width: { size: widthTwips, type: docx.WidthType.DXA },
                margins: { left: 0, right: 0, top: 0, bottom: 0 },
                children: blocks.map((block) => (block.kind === "rule" ? toRule(block, widthTwips) : toParagraph(block))),
              }),
          ),
        }),
      ],
    });
  // A line of its own without any style, which no text of a document ever is: markup takes its place when all is packed.
  const grids: WordGrid[] = [];
  const toPlace = (grid: WordGrid) =>
    new docx.Paragraph({ children: [new docx.TextRun({ text: placeOf(grids.push(grid) - 1) })] });
  const toPicture = ({ png, widthPx, heightPx, title, alt }: WordPicture, at: number) =>
    new docx.Paragraph({
      alignment: docx.AlignmentType.CENTER,
      spacing: { before: 60, after: 60 },
      children: [
        new docx.ImageRun({
          type: "png",
          data: png,
          transformation: { width: widthPx, height: heightPx },
          altText: { name: title, title, description: alt, id: String(at) },
        }),
      ],
    });
  const toBlock = (block: Exclude<WordBlock, WordTurn>, at: number, width: number) =>
    block.kind === "picture"
      ? toPicture(block, at + 1)
      : block.kind === "paragraph"
        ? toParagraph(block)
        : block.kind === "rule"
          ? toRule(block, width)
          : block.kind === "columns"
            ? toColumns(block)
            : toPlace(block);

  const { pageOf } = document;
  const numbers = pageOf && [
    new docx.Paragraph({
      alignment: docx.AlignmentType.CENTER,
      children: [
        new docx.TextRun({
          children: [pageOf.before, docx.PageNumber.CURRENT, pageOf.between, docx.PageNumber.TOTAL_PAGES],
          size: document.pageNumberPt * 2,
        }),
      ],
    }),
  ];
  const footer = () => new docx.Footer({ children: [...document.footer.map(toParagraph), ...(numbers ?? [])] });
  const pageNumber = () =>
    new docx.Header({
      children: [
        new docx.Paragraph({
          alignment: docx.AlignmentType.CENTER,
          children: pageOf ? [] : [new docx.TextRun({ children: [docx.PageNumber.CURRENT], size: document.pageNumberPt * 2 })],
        }),
      ],
    });
  const toSection = (blocks: readonly Exclude<WordBlock, WordTurn>[], lies: boolean, from: number) => ({
    properties: {
      titlePage: from === 0,
      page: {
        // The library swaps the two sides of a landscape page itself.
        size: { ...paper, orientation: lies ? docx.PageOrientation.LANDSCAPE : docx.PageOrientation.PORTRAIT },
        margin: { ...margins, header: Math.round(margins.top / 2), footer: Math.round(margins.bottom / 2) },
      },
    },
    headers: { default: pageNumber(), first: new docx.Header({ children: [new docx.Paragraph({})] }) },
    footers: { default: footer(), first: footer() },
    children: blocks.map((block, at) =>
      toBlock(block, from + at, (lies ? paper.height : paper.width) - margins.left - margins.right),
    ),
  });
  const headingRun = { font: document.font, bold: true, color: black, size: document.sizePt * 2 };
  const file = new docx.Document({
    title: document.title,
    creator: "wardctl",
    ...(document.keywords !== undefined && { keywords: document.keywords }),
    ...(document.properties && {
      customProperties: Object.entries(document.properties).map(([name, value]) => ({ name, value })),
    }),
    styles: {
      default: {
        document: {
          run: {
            font: document.font,
            size: document.sizePt * 2,
            color: black,
            ...(document.lang && { language: { value: document.lang } }),
          },
        },
        heading1: { run: headingRun },
        heading2: { run: { ...headingRun, italics: true } },
      },
    },
    sections: toRuns(document).map(({ blocks, landscape, from }) => toSection(blocks, landscape, from)),
  });
  const { at } = document;
  const core = at === undefined ? [] : [{ path: "docProps/core.xml", data: formatCore(document, at, vietnamZone) }];
  const packed = new Uint8Array(await docx.Packer.toBuffer(file, undefined, core));
  const whole = replaceZipText(packed, "word/document.xml", (xml) => putGrids(xml, grids));
  return at === undefined ? whole : setZipDates(whole, at, vietnamZone);
}

function placeOf(grid: number): string {
  return `grid ${grid}`;
}

function putGrids(xml: string, grids: readonly WordGrid[]): string {
  // The last paragraph before a turn of the pages also says how they lie.
  const place =
    /<w:p>(<w:pPr><w:sectPr>(?:(?!<\/w:pPr>).)*<\/w:pPr>)?<w:r><w:t xml:space="preserve">grid (\d+)<\/w:t><\/w:r><\/w:p>/g;
  let found = 0;
  const whole = xml.replace(place, (_all, pages: string | undefined, at: string) => {
    found += 1;
    return `${formatGrid(grids[Number(at)] as WordGrid)}${pages === undefined ? "" : `<w:p>${pages}</w:p>`}`;
  });
  if (found !== grids.length) throw new Error(`${grids.length} tables, ${found} places for them`);
  return whole;
}

/** Stretches of blocks on pages of one kind. */
function toRuns({ blocks, landscape = false }: WordDocument) {
  const runs: { landscape: boolean; from: number; blocks: Exclude<WordBlock, WordTurn>[] }[] = [
    { landscape, from: 0, blocks: [] },
  ];
  for (const [at, block] of blocks.entries()) {
    if (block.kind === "turn") runs.push({ landscape: block.landscape, from: at, blocks: [] });
    else runs.at(-1)?.blocks.push(block);
  }
  return runs.filter((run, at) => at === 0 || run.blocks.length > 0);
}

/** The file's own properties (ECMA-376 part 2, 10) with one date; the library stamps the clock. */
function formatCore({ title, keywords = "" }: WordDocument, at: Instant, zone: Zone): string {
  const toXml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const date = toIso(at, zone);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${toXml(title)}</dc:title><dc:creator>wardctl</dc:creator><cp:keywords>${toXml(keywords)}</cp:keywords><cp:lastModifiedBy>wardctl</cp:lastModifiedBy><cp:revision>1</cp:revision><dcterms:created xsi:type="dcterms:W3CDTF">${date}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${date}</dcterms:modified></cp:coreProperties>`;
}
