import type { Paint } from "./paint.ts";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
}

/** A table for a terminal: thin rules, no wrapping of cells. Control characters in data are shown, never sent. */
export async function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): Promise<string> {
  const { default: Table } = await import("cli-table3");
  const rule = "─";
  const none = "";
  const table = new Table({
    head: columns.map((column) => paint.bold(column.title)),
    colAligns: columns.map((column) => column.align ?? "left"),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: {
      top: none,
      "top-mid": none,
      "top-left": none,
      "top-right": none,
      bottom: none,
      "bottom-mid": none,
      "bottom-left": none,
      "bottom-right": none,
      left: none,
      "left-mid": none,
      mid: none,
      "mid-mid": none,
      right: none,
      "right-mid": none,
      middle: none,
    },
  });
  table.push(...rows.map((row) => row.map(toVisible)));
  const [head, ...body] = table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
  const width = Math.max(...[head ?? "", ...body].map((line) => displayWidth(line)));
  return [head, rule.repeat(width), ...body].join("\n");
}

/** Control characters, and the marks that turn the reading direction around and so let a text look like another. */
const controls = /[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|\u001B(?!\[[0-9;]*m)/g;

/** Keeps colour sequences of ours, shows every other control character as a picture. */
export function toVisible(text: string): string {
  return text.replace(/\r?\n/g, " ").replace(controls, "�");
}

const colour = /\u001B\[[0-9;]*m/g;

function displayWidth(text: string): number {
  return [...new Intl.Segmenter("vi").segment(text.replace(colour, ""))].length;
}
