import { inflateSync } from "node:zlib";

/** A stretch of text as it was drawn: a cell of a table, a line of a paragraph. */
export interface PdfText {
  /** From 1. */
  readonly page: number;
  /** From 1, the highest first. */
  readonly line: number;
  readonly text: string;
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: Buffer | undefined;
}

type Objects = ReadonlyMap<number, PdfObject>;
type Letters = ReadonlyMap<number, string>;
type Matrix = readonly [number, number, number, number, number, number];

/**
 * The text of a PDF page by page, in the order in which it was drawn, for files as wardctl writes them and as programs leave them that keep the
 * pages' contents (ISO 32000-1, 9.4 and 9.10.3). Text in other encodings is left out. Never throws on foreign or damaged bytes.
 */
export function readPdfTexts(bytes: Uint8Array): PdfText[] {
  try {
    const objects = readObjects(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return listPages(objects).flatMap((page, at) => readPage(page, objects).map((own) => ({ page: at + 1, ...own })));
  } catch {
    return [];
  }
}

function readObjects(file: Buffer): Map<number, PdfObject> {
  const text = file.toString("latin1");
  const objects = new Map<number, PdfObject>();
  const start = /(\d+)\s+\d+\s+obj\b/g;
  for (let found = start.exec(text); found; found = start.exec(text)) {
    const from = start.lastIndex;
    const end = text.indexOf("endobj", from);
    const body = /stream\r?\n/g;
    body.lastIndex = from;
    const opened = body.exec(text);
    const hasStream = opened !== null && (end < 0 || opened.index < end);
    const dictionary = text.slice(from, hasStream ? opened.index : end < 0 ? text.length : end);
    let stream: Buffer | undefined;
    if (hasStream) {
      const length = /\/Length\s+(\d+)(?!\s+\d+\s+R|\d)/.exec(dictionary);
      const stop = length ? body.lastIndex + Number(length[1]) : text.indexOf("endstream", body.lastIndex);
      const packed = file.subarray(body.lastIndex, stop);
      stream = dictionary.includes("/FlateDecode") ? tryInflate(packed) : packed;
      start.lastIndex = stop;
    }
    objects.set(Number(found[1]), { dictionary, stream });
    if (stream && /\/Type\s*\/ObjStm/.test(dictionary)) addPacked(objects, dictionary, stream.toString("latin1"));
  }
  return objects;
}

function tryInflate(packed: Buffer): Buffer | undefined {
  try {
    return inflateSync(packed);
  } catch {
    return undefined;
  }
}

/** Objects that stand in the stream of another (7.5.7). */
function addPacked(objects: Map<number, PdfObject>, dictionary: string, stream: string): void {
  const first = Number(/\/First\s+(\d+)/.exec(dictionary)?.[1] ?? 0);
  const heads = (stream.slice(0, first).match(/\d+/g) ?? []).map(Number);
  for (let at = 0; at + 1 < heads.length; at += 2) {
    const next = heads[at + 3];
    const own = stream.slice(first + (heads[at + 1] as number), next === undefined ? undefined : first + next);
    objects.set(heads[at] as number, { dictionary: own, stream: undefined });
  }
}

function listRefs(text: string): number[] {
  return [...text.matchAll(/(\d+)\s+\d+\s+R/g)].map(([, ref]) => Number(ref));
}

/** In the order of the document, not of the file. */
function listPages(objects: Objects): PdfObject[] {
  const root = [...objects.values()].find(({ dictionary }) => /\/Type\s*\/Catalog/.test(dictionary));
  const walk = (ref: number | undefined, depth: number): PdfObject[] => {
    const node = ref === undefined ? undefined : objects.get(ref);
    if (!node || depth > 20) return [];
    const kids = /\/Kids\s*\[([^\]]*)\]/.exec(node.dictionary);
    return kids ? listRefs(kids[1] as string).flatMap((kid) => walk(kid, depth + 1)) : [node];
  };
  return walk(listRefs(/\/Pages\s+\d+\s+\d+\s+R/.exec(root?.dictionary ?? "")?.[0] ?? "")[0], 0);
}

/** The letters that each font's numbers stand for, by the font's name on the page. */
function readFonts({ dictionary }: PdfObject, objects: Objects): ReadonlyMap<string, Letters> {
  const resources = /\/Resources\s+(\d+)\s+\d+\s+R/.exec(dictionary);
  const own = resources ? (objects.get(Number(resources[1]))?.dictionary ?? "") : dictionary;
  const aside = /\/Font\s+(\d+)\s+\d+\s+R/.exec(own);
  const list = aside ? (objects.get(Number(aside[1]))?.dictionary ?? "") : (/\/Font\s*<<([\s\S]*?)>>/.exec(own)?.[1] ?? "");
  return new Map(
    [...list.matchAll(/\/([^\s/<>]+)\s+(\d+)\s+\d+\s+R/g)].map(([, name, ref]) => {
      const font = objects.get(Number(ref))?.dictionary ?? "";
      const told = /\/ToUnicode\s+(\d+)\s+\d+\s+R/.exec(font);
      const table = told ? (objects.get(Number(told[1]))?.stream?.toString("latin1") ?? "") : "";
      return [name as string, readLetters(table)];
    }),
  );
}

/** Both forms of bfrange, and bfchar (9.10.3). */
function readLetters(table: string): Letters {
  const letters = new Map<number, string>();
  const toText = (hex: string): string => Buffer.from(hex, "hex").swap16().toString("utf16le");
  for (const [, rows] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, many, one] of (rows as string).matchAll(/<(\w+)>\s*<(\w+)>\s*(?:\[([^\]]*)\]|<(\w+)>)/g)) {
      const start = Number.parseInt(from as string, 16);
      const each = (many?.match(/<[0-9A-Fa-f]+>/g) ?? []).map((own) => toText(own.slice(1, -1)));
      for (const [at, text] of each.entries()) letters.set(start + at, text);
      for (let code = start; one !== undefined && code <= Number.parseInt(to as string, 16); code++)
        letters.set(code, String.fromCodePoint(Number.parseInt(one, 16) + code - start));
    }
  }
  for (const [, rows] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, text] of (rows as string).matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set(Number.parseInt(code as string, 16), toText(text as string));
  return letters;
}

const number = String.raw`(-?\d*\.?\d+)`;
const six = Array(6).fill(number).join(String.raw`\s+`);
const operators = new RegExp(
  String.raw`\b(q|Q|BT|ET)\b|${six}\s+(cm|Tm)\b|\/(\S+)\s+${number}\s+Tf\b|(\[(?:<[0-9A-Fa-f]*>|[^\]<(])*\]|<[0-9A-Fa-f]*>)\s*T[Jj]\b`,
  "g",
);
const unmoved: Matrix = [1, 0, 0, 1, 0, 0];

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
}

function readPage(page: PdfObject, objects: Objects): { line: number; text: string }[] {
  const fonts = readFonts(page, objects);
  const contents = /\/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)/.exec(page.dictionary);
  const program = listRefs(contents?.[1] ?? "")
    .map((ref) => objects.get(ref)?.stream?.toString("latin1") ?? "")
    .join("\n");
  const kept: Matrix[] = [];
  let [matrix, place, font]: [Matrix, Matrix, Letters | undefined] = [unmoved, unmoved, undefined];
  const drawn: { y: number; text: string }[] = [];
  for (const [, word, a, b, c, d, e, f, moves, name, , shown] of program.matchAll(operators)) {
    if (word === "q") kept.push(matrix);
    else if (word === "Q") matrix = kept.pop() ?? unmoved;
    else if (moves !== undefined) {
      const own = [a, b, c, d, e, f].map(Number) as unknown as Matrix;
      if (moves === "cm") matrix = multiply(own, matrix);
      else place = own;
    } else if (name !== undefined) font = fonts.get(name);
    else if (shown !== undefined && font) {
      const text = (shown.match(/<[0-9A-Fa-f]*>/g) ?? []).map((own) => toLetters(own.slice(1, -1), font as Letters)).join("");
      if (text.trim() !== "") drawn.push({ y: Math.round(multiply(place, matrix)[5] * 2) / 2, text });
    }
  }
  const lines = [...new Set(drawn.map(({ y }) => y))].sort((one, other) => other - one);
  return drawn.map(({ y, text }) => ({ line: lines.indexOf(y) + 1, text }));
}

function toLetters(hex: string, letters: Letters): string {
  return (hex.match(/.{4}/g) ?? []).map((code) => letters.get(Number.parseInt(code, 16)) ?? "\uFFFD").join("");
}
