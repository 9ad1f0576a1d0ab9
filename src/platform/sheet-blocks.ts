import type { Instant } from "./clock.ts";
import type { Drawing } from "./drawing.ts";
import type { Lang } from "./words.ts";

/** What stands on the sheets, from top to bottom. */
export type SheetBlock =
  /** The title is drawn in a band across the sheet, with smaller lines below it. */
  | { readonly kind: "title"; readonly above: string; readonly text: string; readonly lines: readonly string[] }
  /** A heading of the first level is a bookmark too. */
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "text" | "note" | "alert"; readonly text: string }
  /** `start`: the first item's number; without it each has a dot. */
  | { readonly kind: "list"; readonly items: readonly string[]; readonly start?: number | undefined }
  /** Headings of the first level with their sheets' numbers. */
  | { readonly kind: "contents"; readonly title: string }
  /** Lines to be copied as they stand. */
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "tiles"; readonly items: readonly SheetTile[] }
  | SheetTable
  | { readonly kind: "picture"; readonly caption: string; readonly drawing: Drawing; readonly alt: string };

export interface SheetTile {
  readonly label: string;
  readonly value: string;
  readonly detail: string | undefined;
  readonly loud: boolean;
}

export interface SheetTable {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly { readonly title: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
  /** On sheets of its own, lying on their long side. */
  readonly wide: boolean;
  readonly bars: { readonly column: number; readonly shares: readonly (number | undefined)[] } | undefined;
}

export interface SheetDocument {
  readonly title: string;
  /** For programs that look what a file is; plain ASCII. */
  readonly keywords: string;
  readonly lang: Lang;
  /** Its only date: the same document is the same bytes. */
  readonly at: Instant;
  readonly blocks: readonly SheetBlock[];
  /** All sheets lie on their long side, not only those of wide tables. */
  readonly lies?: boolean;
  /** At the foot of each sheet, beside its number. */
  readonly foot: string;
  readonly pageOf: (page: number, of: number) => string;
  /** Set before an alert. */
  readonly alertLabel: string;
}
