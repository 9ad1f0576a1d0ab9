import { findMetric } from "../metrics.ts";
import type { SectionFacts } from "./section.ts";

/** New since the last meeting for a flow, more or less than then for a state. */
export function findChange({ previous }: SectionFacts, key: string): number | undefined {
  const metric = findMetric(key);
  if (!metric || !previous?.since || !previous.atThat || !previous.now) return undefined;
  // What was carried into this window has no counterpart at the last meeting.
  if (key === "carriedOver") return undefined;
  return metric.nature === "flow" ? metric.read(previous.since) : metric.read(previous.now) - metric.read(previous.atThat);
}
