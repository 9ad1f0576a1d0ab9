import type { LookSign } from "../../src/health/history.ts";
import type { ProbeResult } from "../../src/health/probe-result.ts";
import type { Environment } from "../../src/platform/environment.ts";
import type { Output } from "../../src/platform/output.ts";

/** What a cell of the map can be. Shape tells all of it; colour only repeats it. */
export type CellKind = LookSign | "recovering" | "untested" | "flapping";

/** Each one column wide. Blue and yellow are told apart by everybody; what fails also stands out by brightness. */
export const cellSigns: Readonly<Record<CellKind, { readonly sign: string; readonly ascii: string; readonly sgr: string }>> = {
  pass: { sign: "·", ascii: ".", sgr: "34" },
  slow: { sign: "~", ascii: "~", sgr: "33" },
  soft: { sign: "x", ascii: "x", sgr: "33" },
  fail: { sign: "✗", ascii: "X", sgr: "1;7;33" },
  flapping: { sign: "≈", ascii: "%", sgr: "1;33" },
  recovering: { sign: "^", ascii: "^", sgr: "1;34" },
  unknown: { sign: "?", ascii: "?", sgr: "2" },
  untested: { sign: "-", ascii: "-", sgr: "2" },
  maintenance: { sign: "m", ascii: "m", sgr: "2" },
};

/** What flaps and fails shows that it fails: flapping is shown beside, never in place of it. */
export function toCellKind(result: ProbeResult | undefined): CellKind {
  if (!result || result.state === "untested") return "untested";
  if (result.maintenance) return "maintenance";
  if (result.state === "unknown") return "unknown";
  if (result.state === "pass") return result.recovering ? "recovering" : result.flapping ? "flapping" : "pass";
  if (result.reason === "http.slow") return "slow";
  return result.hard ? "fail" : "soft";
}

const sparkSigns: Readonly<Record<LookSign, readonly [sign: string, ascii: string]>> = {
  pass: ["▁", "."],
  slow: ["▃", "~"],
  soft: ["▅", "x"],
  fail: ["█", "X"],
  unknown: ["?", "?"],
  maintenance: ["m", "m"],
};

/** The last looks as one line of signs, the newest last. */
export function formatSpark(last: readonly LookSign[], ascii: boolean): string {
  return last.map((sign) => sparkSigns[sign][ascii ? 1 : 0]).join("");
}

/** Neither NO_COLOR nor --no-color was said, and somebody looks. */
export function isColoured({ paint }: Pick<Output, "paint">): boolean {
  return paint.bold("x") !== "x";
}

/** A terminal that shows nothing but ASCII; where nothing is said, it can show more. */
export function isAsciiOnly(environment: Environment): boolean {
  if (environment["TERM"] === "dumb" || environment["TERM"] === "linux") return true;
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"];
  return locale !== undefined && locale !== "" && !/utf-?8/i.test(locale);
}
