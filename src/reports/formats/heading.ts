import type { Report } from "../model.ts";
import { kindTitles } from "../words.ts";
import { toShown } from "./cell-text.ts";
import type { RenderOptions } from "./format.ts";
import { formatWords as words } from "./words.ts";

type Speech = Pick<RenderOptions, "lang" | "zone">;

/** `Báo cáo cuối ngày · Huế · đến 16:30 03/7/2025`. */
export function toTitle(report: Report, { lang, zone }: Speech): string {
  return toShown(`${kindTitles[report.kind][lang]} · ${report.city} · ${words.asOf(report.asOf, zone)[lang]}`);
}

/** What every page begins with: the window, who reports, from where, and the meeting before. */
export function listFacts(report: Report, { lang, zone }: Speech): string[] {
  const names = report.sources.map(({ name }) => name);
  return [
    words.window(report, zone),
    words.units(report),
    ...(names.length > 0 ? [words.sources(names)] : []),
    words.previous(report, zone),
  ].map((fact) => toShown(fact[lang]));
}

/** How a file that is not text names the model it was printed from, in its properties. */
export function hashKeyword(modelSha256: string): string {
  return `wardctl-model:${modelSha256}`;
}
