import { type ColumnNeed, planWidths } from "../../platform/column-widths.ts";
import { formatDocx, type WordBlock, type WordParagraph, type WordText } from "../../platform/docx.ts";
import { formatPng } from "../../platform/png.ts";
import { readInstant, type Zone } from "../../platform/time.ts";
import type { Lang } from "../../platform/words.ts";
import type { Report } from "../model.ts";
import { kindTitles } from "../words.ts";
import { toShown } from "./cell-text.ts";
import { docxWords, pageNumberWords } from "./docx-words.ts";
import { listFooter } from "./footer.ts";
import type { Format, RenderOptions } from "./format.ts";
import { hashKeyword, listFacts, toTitle } from "./heading.ts";
import { type PaperPart, type PaperTable, toPaper } from "./paper.ts";
import { formatWords as words } from "./words.ts";

/** As an office lays out a report (NĐ 30/2020, Phụ lục I): its number, addressees and signature are left to be filled in by hand. */
export const docxFormat: Format = { render: renderDocx };

/** A4, 20/20/30/15 mm: narrower on the right than a decision's, for the tables. */
const margins = { top: 1134, bottom: 1134, left: 1701, right: 850 } as const;
const sizes = { body: 13, head: 12, footer: 8 } as const;
const tableSizes = [11, 10, 9.5, 9];
const upright = 11_906 - margins.left - margins.right;
const lying = 16_838 - margins.left - margins.right;

async function renderDocx(report: Report, options: RenderOptions): Promise<Uint8Array> {
  const { lang, zone, modelSha256 } = options;
  const at = readInstant(report.asOf, zone) ?? 0;
  // An official form is a wide table with little around it: all of it lies (NĐ 30/2020, Phụ lục I, phần I, mục I.1.2).
  const isForm = report.layout !== null;
  const sheet = isForm ? lying : upright;
  const blocks: WordBlock[] = [
    toHead(report, lang, at, zone, sheet),
    line([{ text: docxWords.report[lang], bold: true, sizePt: 14 }], { align: "center", beforePt: 14 }),
    line([{ text: `${kindTitles[report.kind][lang]}: ${docxWords.subject[lang]}`, bold: true, sizePt: 14 }], { align: "center" }),
    line([{ text: `(${words.asOf(report.asOf, zone)[lang]})`, italic: true }], { align: "center" }),
    { kind: "rule", widthTwips: 2600 },
    ...listFacts(report, options).map((fact) =>
      line([{ text: `- ${toCapital(fact)}.` }], { align: "justify", firstLineTwips: 567, beforePt: 2 }),
    ),
  ];
  let lies = isForm;
  const parts = toPaper(report, options);
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const wide =
      isForm || (part.part === "table" ? isWide(part) : part.part === "section" && next?.part === "table" && isWide(next));
    if (wide !== lies) blocks.push({ kind: "turn", landscape: wide });
    lies = wide;
    const own = await toBlocks(part, parts.slice(0, index + 1), lies ? lying : upright, options);
    // What leads to a table or picture goes with it, and so does the heading above.
    const leads = part.part === "text" && (next?.part === "figures" || next?.part === "table" || next?.part === "picture");
    blocks.push(...own.map((block) => (leads && block.kind === "paragraph" ? { ...block, keepNext: true } : block)));
  }
  if (lies && !isForm) blocks.push({ kind: "turn", landscape: false });
  else holdEnd(blocks);
  blocks.push(toSignatures(lang, sheet));
  return formatDocx({
    title: toTitle(report, options),
    font: "Times New Roman",
    sizePt: sizes.body,
    landscape: isForm,
    marginsTwips: margins,
    pageNumberPt: 10,
    pageOf: pageNumberWords[lang],
    footer: listFooter(report, options).map((text) => line([{ text, sizePt: sizes.footer }], { align: "left" })),
    keywords: hashKeyword(modelSha256),
    properties: { wardctlModel: modelSha256, wardctlAsOf: report.asOf },
    lang: lang === "vi" ? "vi-VN" : "en-GB",
    at,
    blocks,
  });
}

function toHead({ city }: Report, lang: Lang, at: number, zone: Zone, sheet: number): WordBlock {
  const left = Math.round((sheet * 3655) / upright);
  return {
    kind: "columns",
    columns: [
      {
        widthTwips: left,
        blocks: [
          line([{ text: docxWords.committee[lang], sizePt: sizes.head }], { align: "center" }),
          line([{ text: toShown(city).toLocaleUpperCase("vi"), sizePt: sizes.head, bold: true }], { align: "center" }),
          { kind: "rule", widthTwips: 1300 },
          line([{ text: docxWords.number[lang], sizePt: sizes.body }], { align: "center", beforePt: 4 }),
        ],
      },
      {
        widthTwips: sheet - left,
        blocks: [
          line([{ text: docxWords.nation[lang], sizePt: sizes.head, bold: true }], { align: "center" }),
          line([{ text: docxWords.motto[lang], sizePt: 13, bold: true }], { align: "center" }),
          { kind: "rule", widthTwips: 3170 },
          line([{ text: docxWords.placeAndDate(toShown(city), at, zone)[lang], sizePt: 13, italic: true }], {
            align: "center",
            beforePt: 4,
          }),
        ],
      },
    ],
  };
}

async function toBlocks(
  part: PaperPart,
  before: readonly PaperPart[],
  width: number,
  { lang }: RenderOptions,
): Promise<WordBlock[]> {
  switch (part.part) {
    case "section": {
      const number = before.filter((own) => own.part === "section").length;
      return [
        line([{ text: `${toRoman(number)}. ${part.text}`, bold: true }], {
          heading: 1,
          beforePt: 12,
          afterPt: 4,
          keepNext: true,
        }),
      ];
    }
    case "heading":
      return [line([{ text: part.text, bold: true, italic: true }], { heading: 2, beforePt: 6, afterPt: 2, keepNext: true })];
    case "text":
      return [line([{ text: part.text }], { align: "justify", firstLineTwips: 567, beforePt: 3, afterPt: 3 })];
    case "note":
      return part.level === "attention"
        ? [
            line([{ text: `${words.attention[lang]}: `, bold: true }, { text: part.text }], {
              align: "justify",
              firstLineTwips: 567,
              beforePt: 3,
              afterPt: 3,
            }),
          ]
        : [line([{ text: part.text, italic: true, sizePt: 11 }], { align: "justify", beforePt: 3, afterPt: 3 })];
    case "list":
      return part.items.map((text) => line([{ text: `- ${text}` }], { align: "justify", firstLineTwips: 567, beforePt: 2 }));
    case "figures":
      return [
        toGrid(
          {
            columns: [
              { title: docxWords.figure[lang], align: "left" },
              { title: docxWords.value[lang], align: "right" },
              { title: docxWords.remark[lang], align: "left" },
            ],
            rows: part.items.map(({ label, value, detail }) => [label, value, detail ?? ""]),
          },
          width,
          12,
        ),
      ];
    case "table":
      return [
        line([{ text: part.caption, bold: true, sizePt: 12 }], { beforePt: 8, afterPt: 3, keepNext: true }),
        toGrid(part, width, findSize(part, width) ?? 8),
      ];
    case "picture": {
      const { width: own, height } = part.drawing;
      const scale = Math.min(1, (width / 15 - 4) / own);
      return [
        line([{ text: part.caption, bold: true, sizePt: 12 }], { beforePt: 8, keepNext: true }),
        {
          kind: "picture",
          png: await formatPng(part.drawing, 2),
          widthPx: Math.round(own * scale),
          heightPx: Math.round(height * scale),
          title: part.caption,
          alt: part.alt,
        },
      ];
    }
  }
}

/** Widths of Times New Roman in parts of its size, near enough; a cell has 80 twips on each side. */
function measureSign(sign: string): number {
  if (/[MWmw%@—]/.test(sign)) return 0.85;
  if (/\p{Lu}/u.test(sign)) return 0.7;
  if (/[\sijlftrI.,:;'|()[\]/-]/.test(sign)) return 0.33;
  return 0.5;
}

function toNeeds({ columns, rows }: Pick<PaperTable, "columns" | "rows">, sizePt: number): ColumnNeed[] {
  const measure = (text: string): number => [...text].reduce((sum, sign) => sum + measureSign(sign), 0) * sizePt * 20 + 190;
  const word = (text: string): number =>
    Math.min(longestWord * sizePt * 20, Math.max(...text.split(/\s+/).flatMap(splitCode).map(measure)));
  return columns.map(({ title, align }, at): ColumnNeed => {
    const cells = rows.map((row) => row[at] ?? "");
    const least = Math.max(word(title) * 1.02, ...cells.map(word));
    return { whole: Math.max(least, ...cells.map(measure)), least, flexible: align === "left" };
  });
}

/** In ems. A longer one, such as an address of a page, breaks rather than take the room of all other columns. */
const longestWord = 14;

/** Word breaks at dashes: a short code such as `DEL-GAP` is given the room of one word, a long one is not. */
function splitCode(word: string): string[] {
  return word.length > 12 ? word.split(/(?<=-)/) : [word];
}

/** So few rows are no reason to turn the page. */
const fewRows = 12;

/** The largest type in which the table is no wider than the page; long sentences may break, a table of figures should not. */
function findSize(table: PaperTable, width: number): number | undefined {
  const room = table.rows.length <= fewRows ? 0 : 2400;
  const sum = (sizePt: number): number =>
    toNeeds(table, sizePt).reduce(
      (total, { whole, least, flexible }) => total + (flexible ? Math.max(least, Math.min(whole, room)) : whole),
      0,
    );
  return tableSizes.find((sizePt) => sum(sizePt) <= width);
}

function isWide(table: PaperTable): boolean {
  return findSize(table, upright) === undefined;
}

function toGrid(table: Pick<PaperTable, "columns" | "rows">, width: number, sizePt: number): WordBlock {
  const { columns, rows } = table;
  return {
    kind: "grid",
    widthsTwips: planWidths(toNeeds(table, sizePt), width).map(Math.floor),
    aligns: columns.map(({ align }) => align),
    sizePt,
    rows: [columns.map(({ title }) => title), ...rows],
  };
}

/** Signatures do not stand on a page of their own: what comes before goes with them. */
function holdEnd(blocks: WordBlock[]): void {
  for (let at = blocks.length - 1; at >= Math.max(0, blocks.length - 3); at--) {
    const block = blocks[at];
    if (block?.kind !== "paragraph") return;
    blocks[at] = { ...block, keepNext: true };
  }
}

function toSignatures(lang: Lang, sheet: number): WordBlock {
  const sign = (title: string): WordParagraph[] => [
    line([{ text: title, bold: true }], { align: "center", beforePt: 24 }),
    line([{ text: docxWords.signHere[lang], italic: true, sizePt: 12 }], { align: "center", afterPt: 84 }),
  ];
  return {
    kind: "columns",
    columns: [
      { widthTwips: Math.floor(sheet / 2), blocks: sign(docxWords.author[lang]) },
      { widthTwips: Math.floor(sheet / 2), blocks: sign(docxWords.head[lang]) },
    ],
  };
}

function line(texts: readonly WordText[], style: Omit<WordParagraph, "kind" | "texts">): WordParagraph {
  return { kind: "paragraph", texts, ...style };
}

function toCapital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase("vi") + text.slice(1);
}

function toRoman(n: number): string {
  const signs = [
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ] as const;
  let rest = n;
  let roman = "";
  for (const [value, sign] of signs) for (; rest >= value; rest -= value) roman += sign;
  return roman;
}
