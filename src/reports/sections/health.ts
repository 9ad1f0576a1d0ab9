import { verbatim } from "../../platform/words.ts";
import { type Block, count, left, note, paragraph, right, table, text } from "../blocks.ts";
import { toPlaceName } from "../place-name.ts";
import type { HealthFacts } from "../questions.ts";
import { presentKinds, type Section, type SectionFacts } from "./section.ts";
import { sectionWords as words } from "./words.ts";

export const healthSection: Section = { id: "health", title: words.health, kinds: presentKinds, build: buildHealth };

function buildHealth(facts: SectionFacts): ReturnType<Section["build"]> {
  const { health } = facts;
  if (!health || health.state === "failed") return health;
  if (!health.value) return [note(words.neverChecked)];
  return [...buildSweep(health.value, facts), ...buildGrid(health.value, facts)];
}

function buildSweep({ at, endpoints, causes }: HealthFacts, { zone }: SectionFacts): Block[] {
  const { pass, fail, unknown, untested } = endpoints;
  const item = (label: typeof words.passing, value: number, weight: "side" | "alarm") => ({
    label,
    value: count(value),
    detail: null,
    weight,
  });
  return [
    paragraph(words.checkedAt(at, zone)),
    {
      block: "figures",
      items: [
        item(words.passing, pass, "side"),
        item(words.failing, fail, fail > 0 ? "alarm" : "side"),
        ...(unknown > 0 ? [item(words.unknown, unknown, "side")] : []),
        ...(untested > 0 ? [item(words.untested, untested, "side")] : []),
      ],
    },
    causes.length === 0
      ? note(words.noCause)
      : table(
          words.causes,
          [left(words.cause), right(words.affected), left(words.owner)],
          causes.map(({ inWords, affected, owner }) => [text(inWords), count(affected), text(owner ?? verbatim("–"))]),
        ),
  ];
}

function buildGrid({ grid }: HealthFacts, { findUnit }: SectionFacts): Block[] {
  if (!grid) return [];
  return [
    {
      block: "chart",
      chart: "grid",
      caption: words.grid,
      columns: grid.systems,
      rows: grid.units.map(({ unit, states }) => ({ label: toPlaceName(unit, findUnit), states })),
    },
  ];
}
