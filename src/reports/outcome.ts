import type { Report } from "./model.ts";

/** partial beats attention: what is missing may hide what must be acted on. */
export function decideOutcome(report: Report): "ok" | "partial" | "attention" {
  if (report.sections.some(({ state }) => state === "unavailable")) return "partial";
  return report.warnings.some(({ level }) => level === "attention") ? "attention" : "ok";
}
