import type { Paint } from "../../platform/paint.ts";
import type { Zone } from "../../platform/time.ts";
import type { Lang } from "../../platform/words.ts";
import type { Report } from "../model.ts";

export interface RenderOptions {
  readonly lang: Lang;
  readonly zone: Zone;
  /** For terminals only. */
  readonly paint: Paint;
  /** Columns of the terminal; a file and a pipe have no edge. */
  readonly width?: number | undefined;
  /** Long tables too, where a format would leave them out. */
  readonly all: boolean;
  /** Printed where the reader can find the stored report again. */
  readonly modelSha256: string;
  readonly meeting: string | undefined;
  /** The clock of this run was set by the person (WARDCTL_NOW), which the result says. */
  readonly clockPinned: boolean;
  /** For CSV only: who reads it (rfc4180 when not said), and which table (the units' when not said). */
  readonly csvDialect?: "rfc4180" | "excel-vi" | undefined;
  readonly table?: string | undefined;
}

/** Text, or the bytes of a file that is none. */
export type Rendered = string | Uint8Array;

/**
 * Turns a report into a document. Pure: the same report and options give the same bytes under every time zone and locale of the machine.
 * Data is never markup: whatever a name or a source holds is shown as text, control characters as �.
 */
export interface Format {
  readonly render: (report: Report, options: RenderOptions) => Rendered | Promise<Rendered>;
}
