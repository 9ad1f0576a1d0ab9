import type { ProbeResult } from "../../src/health/probe-result.ts";
import { type Cell, fitCells, type Line, toCells } from "../../src/platform/frame.ts";
import { type CellKind, cellSigns, toCellKind } from "./look-signs.ts";

/** Units in folded columns, one sign a system, so that a city fits 80 columns. */
export interface HeatMap {
  readonly units: readonly { readonly code: string; readonly name: string; readonly shortName: string }[];
  readonly systems: readonly string[];
  readonly resultOf: (unit: string, system: string) => ProbeResult | undefined;
  readonly ascii: boolean;
  /** The unit that the keys are at. */
  readonly cursor?: number | undefined;
}

export interface MapLayout {
  readonly columns: number;
  /** Units below each other. */
  readonly rows: number;
  readonly nameWidth: number;
  readonly pages: number;
}

const codeWidth = 5;
const gap = 2;
const widestName = 26;
/** Less of a name than this says nothing. */
const narrowestName = 5;

/** How many columns of units, and how much of their names, fit. One line is for the headings. Pure. */
export function layOutMap(units: number, systems: number, width: number, height: number): MapLayout {
  const rows = Math.max(1, height - 1);
  const narrow = 1 + codeWidth + 1 + systems;
  const most = Math.max(1, Math.floor((width + gap) / (narrow + gap)));
  const columns = Math.max(1, Math.min(most, Math.ceil(units / rows)));
  const spare = Math.floor((width + gap) / columns) - gap - narrow - 1;
  return {
    columns,
    rows,
    nameWidth: spare < narrowestName ? 0 : Math.min(widestName, spare),
    pages: Math.max(1, Math.ceil(units / (rows * columns))),
  };
}

/** The lines of one page, without filling up to the width. Pure. */
export function toMapLines(map: HeatMap, layout: MapLayout, page: number): Line[] {
  const { columns, rows, nameWidth } = layout;
  const first = page * rows * columns;
  const shownColumns = Math.max(1, Math.min(columns, Math.ceil((map.units.length - first) / rows)));
  const indent = 1 + codeWidth + 1 + (nameWidth > 0 ? nameWidth + 1 : 0);
  const numbers = map.systems.map((_, at) => String((at + 1) % 10)).join("");
  const head = fitCells([...toCells(" ".repeat(indent)), ...toCells(numbers, "2")], indent + map.systems.length + gap);
  const heads = Array.from({ length: shownColumns }, () => head).flat();
  const lines: Line[] = [heads.slice(0, -gap)];
  for (let row = 0; row < rows; row++) {
    const line: Cell[] = [];
    for (let column = 0; column < shownColumns; column++) {
      const at = first + column * rows + row;
      if (at < map.units.length) line.push(...toUnitCells(map, at, nameWidth));
    }
    if (line.length > 0) lines.push(line.slice(0, -gap));
  }
  return lines;
}

function toUnitCells({ units, systems, resultOf, ascii, cursor }: HeatMap, at: number, nameWidth: number): Line {
  const unit = units[at] as HeatMap["units"][number];
  const chosen = at === cursor;
  const cells = systems.map((system) => toSignCell(toCellKind(resultOf(unit.code, system)), ascii));
  const name =
    nameWidth > 0
      ? [...fitCells(toCells(unit.name.length > nameWidth ? unit.shortName : unit.name), nameWidth), ...toCells(" ")]
      : [];
  return [
    ...toCells(chosen ? ">" : " ", "1"),
    ...fitCells(toCells(unit.code, chosen ? "1" : ""), codeWidth),
    ...toCells(" "),
    ...name,
    ...cells,
    ...toCells(" ".repeat(gap)),
  ];
}

function toSignCell(kind: CellKind, ascii: boolean): Cell {
  const { sign, ascii: plain, sgr } = cellSigns[kind];
  return { text: ascii ? plain : sign, sgr };
}
