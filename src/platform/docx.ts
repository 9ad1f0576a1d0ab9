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

/** A bordered table; the first row is its heading and comes again on every page. */
export interface WordGrid {
  readonly kind: "grid";
  readonly widthsTwips: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

export type WordBlock = WordParagraph | WordRule | WordColumns | WordGrid;

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
}

/** A4 in twips. */
const paper = { width: 11_906, height: 16_838 };
const thinLine = 6;

/** A Word file, whole in memory. Its bytes differ from run to run: whoever signs, signs the data and not the file. */
export async function formatDocx(document: WordDocument): Promise<Uint8Array> {
  const docx = await import("docx");
  const { marginsTwips: margins, landscape } = document;
  const textWidth = (landscape ? paper.height : paper.width) - margins.left - margins.right;
  const black = "000000";

  const toParagraph = (paragraph: WordParagraph) =>
    new docx.Paragraph({
      alignment: paragraph.align === "justify" ? docx.AlignmentType.BOTH : paragraph.align,
      keepNext: paragraph.keepNext,
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
  const toGrid = ({ widthsTwips, rows }: WordGrid) =>
    new docx.Table({
      layout: docx.TableLayoutType.FIXED,
      width: { size: widthsTwips.reduce((sum, width) => sum + width, 0), type: docx.WidthType.DXA },
      columnWidths: [...widthsTwips],
      rows: rows.map(
        (cells, row) =>
          new docx.TableRow({
            cantSplit: true,
            tableHeader: row === 0,
            children: cells.map(
              (cell, column) =>
                new docx.TableCell({
                  width: { size: widthsTwips[column] ?? 0, type: docx.WidthType.DXA },
                  margins: { left: 80, right: 80, top: 40, bottom: 40 },
                  children: cell
                    .split("\n")
                    .map((text) => toParagraph({ kind: "paragraph", texts: [{ text, bold: row === 0 }], align: "left" })),
                }),
            ),
          }),
      ),
    });
  const toBlock = (block: WordBlock) =>
    block.kind === "paragraph"
      ? toParagraph(block)
      : block.kind === "rule"
        ? toRule(block, textWidth)
        : block.kind === "columns"
          ? toColumns(block)
          : toGrid(block);

  const footer = () => new docx.Footer({ children: document.footer.map(toParagraph) });
  const pageNumber = new docx.Header({
    children: [
      new docx.Paragraph({
        alignment: docx.AlignmentType.CENTER,
        children: [new docx.TextRun({ children: [docx.PageNumber.CURRENT], size: document.pageNumberPt * 2 })],
      }),
    ],
  });
  const file = new docx.Document({
    title: document.title,
    creator: "wardctl",
    styles: {
      default: {
        document: { run: { font: document.font, size: document.sizePt * 2, color: black } },
      },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            // The library swaps the two sides of a landscape page itself.
            size: { ...paper, orientation: landscape ? docx.PageOrientation.LANDSCAPE : docx.PageOrientation.PORTRAIT },
            margin: { ...margins, header: Math.round(margins.top / 2), footer: Math.round(margins.bottom / 2) },
          },
        },
        headers: { default: pageNumber, first: new docx.Header({ children: [new docx.Paragraph({})] }) },
        footers: { default: footer(), first: footer() },
        children: document.blocks.map(toBlock),
      },
    ],
  });
  return new Uint8Array(await docx.Packer.toBuffer(file));
}
