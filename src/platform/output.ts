import { type CsvCell, formatCsv } from "./csv.ts";
import { formatCount } from "./format.ts";
import { createPaint, type Paint } from "./paint.ts";
import { formatTable } from "./table.ts";
import { both, type Lang, type Words } from "./words.ts";

export type ListFormat = "table" | "json" | "csv" | "tsv";

export interface ListColumn<Item> {
  /** Stable name in JSON and CSV. */
  readonly key: string;
  /** Heading for people. */
  readonly title: Words;
  readonly align?: "left" | "right";
  /** Machine-neutral value: numbers as numbers, instants in ISO 8601, undefined for unknown. */
  readonly value: (item: Item) => string | number | boolean | readonly string[] | undefined;
  /** Value in JSON where that can carry more than a cell. */
  readonly json?: (item: Item) => unknown;
  /** Left out of the table for people: another column says it already. */
  readonly machineOnly?: boolean;
  /** Text for people where it differs from the value. */
  readonly text?: (item: Item, lang: Lang) => string;
}

export interface Progress {
  /** `done` of the total; `note` says what the last one was. */
  step(done: number, note?: string): void;
  end(): void;
}

export type LivePicture = (size: { readonly columns: number; readonly rows: number }) => readonly string[];

/** The result goes to stdout, everything else to stderr. One Output a run. */
export interface Output {
  readonly lang: Lang;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly paint: Paint;
  /** A person sits at a terminal and can be asked. */
  readonly interactive: boolean;
  /** Columns of the terminal that shows the result; unlimited where it goes to a file or another program. */
  readonly width: number;
  say(words: Words): string;
  /** The result: one JSON document under --json (its first key is `schema`), else the text that `render` makes. */
  emit(result: {
    readonly document: Readonly<Record<string, unknown>>;
    readonly render: () => string | Promise<string>;
    readonly format?: ListFormat;
  }): Promise<void>;
  /** A list as table, JSON, CSV or TSV. `schema` is the JSON document's name; `extra` are further members of it. */
  list<Item>(list: {
    readonly schema: string;
    readonly name: string;
    readonly columns: readonly ListColumn<Item>[];
    readonly items: readonly Item[];
    readonly format?: ListFormat;
    readonly empty: Words;
    readonly extra?: Readonly<Record<string, unknown>>;
    /** Lines below the table for people; what they say stands in `extra` for programs. */
    readonly below?: readonly string[];
  }): Promise<void>;
  /** Stdout is a terminal, where the bytes of a file would do harm. */
  readonly onTerminal: boolean;
  /** The result as the bytes of a file, to a pipe. */
  bytes(content: Uint8Array): void;
  /** A line for the person, on stderr; silent under --quiet. */
  note(words: Words): void;
  /** A line for the person that --quiet does not silence. */
  warn(words: Words): void;
  /** `total`: infinite where nobody knows. `picture`: lines that live above the progress line on a terminal, for so many columns and at most so many rows. */
  progress(label: Words, total: number, picture?: LivePicture): Progress;
  table(
    columns: readonly { readonly title: string; readonly align?: "left" | "right" }[],
    rows: readonly (readonly string[])[],
  ): string;
}

export interface Streams {
  /** Bytes as they are: files that are no text. */
  readonly stdout: (content: string | Uint8Array) => void;
  readonly stderr: (text: string) => void;
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  readonly stdinIsTerminal: boolean;
  readonly columns: number | undefined;
  readonly rows?: number | undefined;
}

export interface OutputOptions {
  readonly lang: Lang;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

export async function createOutput(streams: Streams, options: OutputOptions, now: () => number): Promise<Output> {
  const { lang, json, quiet } = options;
  const paint = await createPaint(options.color && streams.stdoutIsTerminal && !json);
  const print = (text: string): void => streams.stdout(text.endsWith("\n") ? text : `${text}\n`);
  const tell = (text: string): void => streams.stderr(`${text}\n`);
  const width = streams.stdoutIsTerminal ? (streams.columns ?? 80) : Number.POSITIVE_INFINITY;
  const table: Output["table"] = (columns, rows) => formatTable(columns, rows, paint, width);
  return {
    lang,
    json,
    quiet,
    paint,
    interactive: streams.stdinIsTerminal && streams.stderrIsTerminal && !json,
    width,
    say: (words) => words[lang],
    onTerminal: streams.stdoutIsTerminal,
    bytes: (content) => streams.stdout(content),
    async emit({ document, render, format }) {
      print(json || format === "json" ? JSON.stringify(document, undefined, 2) : await render());
    },
    async list({ schema, name, columns, items, format, empty, extra, below = [] }) {
      const chosen = json ? "json" : (format ?? "table");
      if (chosen === "json") {
        const rows = items.map((item) =>
          Object.fromEntries(columns.map((column) => [column.key, (column.json ?? column.value)(item) ?? null])),
        );
        return print(JSON.stringify({ schema, ...extra, [name]: rows }, undefined, 2));
      }
      if (chosen === "table") {
        if (items.length === 0) return print(empty[lang]);
        const shown = columns.filter((column) => !column.machineOnly);
        const rows = items.map((item) =>
          shown.map((column) => (column.text ? column.text(item, lang) : toCell(column.value(item)?.toString()))),
        );
        const shownTable = table(
          shown.map((column) => ({ title: column.title[lang], align: column.align })),
          rows,
        );
        print([shownTable.trimEnd(), ...below].join("\n"));
        if (items.length > aScreen && streams.stdoutIsTerminal && !quiet) tell(rowCount(items.length)[lang]);
        return undefined;
      }
      const head: CsvCell[] = columns.map((column) => column.key);
      const rows = items.map((item) => columns.map((column): CsvCell => toCsvCell(column.value(item))));
      print(formatCsv([head, ...rows], chosen === "tsv" ? "\t" : ","));
    },
    note: (words) => {
      if (!quiet) tell(words[lang]);
    },
    warn: (words) => tell(words[lang]),
    progress: (label, total, picture) =>
      quiet ? silentProgress : createProgress(label[lang], total, { streams, lang, now, picture: json ? undefined : picture }),
    table,
  };
}

/** Whoever scrolls through more than that on a terminal is told how many there are. */
const aScreen = 50;

function rowCount(count: number): Words {
  return both((lang) => `${formatCount(count, lang)} ${lang === "vi" ? "dòng" : "rows"}`);
}

function toCell(text: string | undefined): string {
  return text ?? "–";
}

function toCsvCell(value: string | number | boolean | readonly string[] | undefined): CsvCell {
  if (typeof value === "boolean") return String(value);
  return typeof value === "object" ? value.join(";") : value;
}

/** `1,5` and `1.5`. */
function toTenths(n: number, lang: Lang): string {
  return lang === "vi" ? n.toFixed(1).replace(".", ",") : n.toFixed(1);
}

const silentProgress: Progress = { step: () => undefined, end: () => undefined };

const redrawEveryMs = 100;
const lineEveryMs = 2_000;

/** One line that is redrawn on a terminal; elsewhere a plain line every two seconds and one at the end. */
function createProgress(
  label: string,
  total: number,
  {
    streams,
    lang,
    now,
    picture,
  }: { readonly streams: Streams; readonly lang: Lang; readonly now: () => number; readonly picture: LivePicture | undefined },
): Progress {
  const started = now();
  let shown = started;
  let shownDone: number | undefined;
  let last = { done: 0, note: "" };
  const draw = (): string => {
    const seconds = (now() - started) / 1000;
    const rate = seconds > 0 ? last.done / seconds : 0;
    const left =
      rate > 0 && last.done < total && total < Number.POSITIVE_INFINITY
        ? ` · ${lang === "vi" ? "còn" : "left"} ~${Math.ceil((total - last.done) / rate)} s`
        : "";
    const n = (count: number): string => formatCount(count, lang);
    const done = total < Number.POSITIVE_INFINITY ? `${n(last.done)}/${n(total)}` : n(last.done);
    return `${label} ${done} · ${rate < 10 ? toTenths(rate, lang) : n(Math.round(rate))}/s${left}${last.note ? ` · ${last.note}` : ""}`;
  };
  let above: readonly string[] = [];
  /** Only lines that changed are sent again. */
  const drawAbove = (): string => {
    const rows = (streams.rows ?? 24) - 1;
    const before = above;
    above = picture?.({ columns: streams.columns ?? 80, rows }).slice(0, rows) ?? [];
    const up = before.length > 0 ? `\u001B[${before.length}A` : "";
    const lines = above.map((line, at) => (line === before[at] ? "\n" : `\u001B[2K${line}\n`));
    // Fewer than before: what stood below must go.
    const shorter = before.length > above.length;
    return `\r${up}${shorter ? "\u001B[J" : ""}${(shorter ? above.map((line) => `${line}\n`) : lines).join("")}`;
  };
  // Line by line: a terminal that is cleared as a whole may keep what stood there in its history.
  const eraseAbove = (): string =>
    above.length > 0 ? `\r\u001B[2K\u001B[${above.length}A${"\u001B[2K\n".repeat(above.length)}\u001B[${above.length}A` : "";
  return {
    step(done, note = "") {
      last = { done, note };
      const at = now();
      if (at - shown < (streams.stderrIsTerminal ? redrawEveryMs : lineEveryMs)) return;
      shown = at;
      shownDone = done;
      streams.stderr(streams.stderrIsTerminal ? `${picture ? drawAbove() : ""}\r\u001B[2K${draw()}` : `${draw()}\n`);
    },
    end() {
      if (streams.stderrIsTerminal) streams.stderr(`${eraseAbove()}\r\u001B[2K${draw()}\n`);
      else if (shownDone !== last.done) streams.stderr(`${draw()}\n`);
    },
  };
}
