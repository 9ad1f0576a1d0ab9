import type { Lang } from "../../src/platform/words.ts";

/** `7 giờ 30`, `7 h 30`; `…` where there is no end. */
export function formatHours(ms: number | undefined, lang: Lang): string {
  if (ms === undefined) return "…";
  const minutes = Math.floor(ms / 60_000);
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} ${lang === "vi" ? "giờ" : "h"}${rest === 0 ? "" : ` ${String(rest).padStart(2, "0")}`}`;
}
