import type { WordBlock, WordDocument, WordParagraph, WordText } from "../../platform/docx.ts";
import { type Decision, type DecisionPart, motto } from "./decision.ts";

/** NĐ 30/2020, Phụ lục I: A4, 20/20/30/20 mm, Times New Roman; every size is one the appendix allows for its place. */
const margins = { top: 1134, bottom: 1134, left: 1701, right: 1134 } as const;
const columns = { left: 3670, right: 5400 } as const;
const sizes = {
  nation: 12,
  motto: 13,
  agency: 12,
  number: 13,
  place: 13,
  title: 14,
  body: 13,
  recipientsHead: 12,
  recipients: 11,
  footer: 8,
};
const firstLine = 567;
/** Length of the motto in 13 point bold Times, which its rule has too. */
const mottoRule = 3170;

export function layOutDecision(decision: Decision): WordDocument {
  return {
    title: `${decision.title} ${decision.abstract}`,
    font: "Times New Roman",
    sizePt: sizes.body,
    marginsTwips: margins,
    pageNumberPt: 13,
    footer: decision.footer.map((text) => line([{ text, sizePt: sizes.footer }], { align: "left" })),
    blocks: [
      toHead(decision),
      centred(decision.title, sizes.title, { beforePt: 18 }),
      centred(decision.abstract, sizes.title),
      { kind: "rule", widthTwips: 3000 },
      centred(decision.authority, sizes.title, { beforePt: 12, afterPt: 6 }),
      ...decision.bases.map((text) => body([{ text, italic: true }])),
      ...(decision.verdict === undefined ? [] : [centred(decision.verdict, sizes.title, { beforePt: 6 })]),
      ...decision.parts.map(toPart),
      toFoot(decision),
    ],
  };
}

function toHead({ parent, agency, number, placeAndDate }: Decision): WordBlock {
  return {
    kind: "columns",
    columns: [
      {
        widthTwips: columns.left,
        blocks: [
          ...(parent === undefined ? [] : [line([{ text: parent, sizePt: sizes.agency }], { align: "center" })]),
          ...agency.map((text) => centred(text, sizes.agency)),
          { kind: "rule", widthTwips: 1300 },
          line([{ text: `Số: ${number}`, sizePt: sizes.number }], { align: "center", beforePt: 4 }),
        ],
      },
      {
        widthTwips: columns.right,
        blocks: [
          centred(motto.nation, sizes.nation),
          centred(motto.words, sizes.motto),
          { kind: "rule", widthTwips: mottoRule },
          line([{ text: placeAndDate, sizePt: sizes.place, italic: true }], { align: "center", beforePt: 4 }),
        ],
      },
    ],
  };
}

function toPart(part: DecisionPart, at: number, parts: readonly DecisionPart[]): WordBlock {
  // A signature never stands on a page of its own, nor a block without the line that names it.
  const keepNext = at === parts.length - 1 || parts[at + 1]?.kind === "block";
  if (part.kind === "article") return body([{ text: part.label, bold: true }, { text: part.text }], { keepNext });
  if (part.kind === "text") return body([{ text: part.text }], { keepNext });
  return {
    kind: "columns",
    columns: [
      {
        widthTwips: columns.left + columns.right,
        blocks: part.lines.map((text, at) => centred(text, 13, at === 0 ? { beforePt: 6 } : {})),
      },
    ],
  };
}

function toFoot({ recipients, signature }: Decision): WordBlock {
  return {
    kind: "columns",
    columns: [
      {
        widthTwips: columns.left,
        blocks: [
          line([{ text: "Nơi nhận:", bold: true, italic: true, sizePt: sizes.recipientsHead }], { align: "left", beforePt: 18 }),
          ...recipients.map((text) => line([{ text: `- ${text}`, sizePt: sizes.recipients }], { align: "left" })),
        ],
      },
      {
        widthTwips: columns.right,
        blocks: [
          ...signature.lines.map((text, at) => centred(text, sizes.body, at === 0 ? { beforePt: 18 } : {})),
          // Where the signature and the seal go.
          centred(signature.name ?? "……………………………", sizes.body, { beforePt: 84 }),
        ],
      },
    ],
  };
}

function line(texts: readonly WordText[], style: Omit<WordParagraph, "kind" | "texts">): WordParagraph {
  return { kind: "paragraph", texts, ...style };
}

function centred(text: string, sizePt: number, style: Omit<WordParagraph, "kind" | "texts" | "align"> = {}): WordParagraph {
  return line([{ text, sizePt, bold: true }], { align: "center", ...style });
}

function body(texts: readonly WordText[], style: Omit<WordParagraph, "kind" | "texts"> = {}): WordParagraph {
  return line(texts, { align: "justify", firstLineTwips: firstLine, beforePt: 6, ...style });
}
