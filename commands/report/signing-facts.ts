import { createDesk, readFacts } from "../../src/delegation/desk.ts";
import { toMask } from "../../src/delegation/doc-types.ts";
import { createRegister } from "../../src/delegation/facts.ts";
import { type Gap, listGaps } from "../../src/delegation/gaps.ts";
import type { Unit } from "../../src/directory/unit.ts";
import { createIds } from "../../src/platform/ids.ts";
import { both, type Words } from "../../src/platform/words.ts";
import type { GapFacts } from "../../src/reports/questions.ts";
import { formatTypes } from "../delegate/type-names.ts";
import type { QuestionsRequest } from "./questions.ts";

/** Units and document types that nobody could sign at the report's instant. Undefined where the document system was never read. */
export async function readSigningFacts(
  { workspace, asOf, clock }: QuestionsRequest,
  units: readonly Unit[],
): Promise<GapFacts | undefined> {
  const { settings, zone, actor } = workspace;
  const [database, audit] = [await workspace.database(), await workspace.audit()];
  const desk = createDesk({ database, audit, settings: settings.delegate, zone, actor, clock, ids: createIds(clock.now) });
  const facts = await readFacts(desk, { at: asOf, asOf });
  if (facts.carriage.length === 0) return undefined;
  const register = createRegister(facts, asOf, asOf);
  const codes = units.map(({ code }) => code);
  const now = listGaps(register, codes, { from: asOf, to: Number.POSITIVE_INFINITY }).filter(({ from }) => from === asOf);
  const alike = Map.groupBy(
    now.filter((gap) => gap.class !== "single"),
    (gap) => `${gap.unit}/${gap.class}`,
  );
  return { at: asOf, gaps: [...alike.values()].map(toGap) };
}

function toGap(gaps: readonly Gap[]): GapFacts["gaps"][number] {
  const { unit, class: kind } = gaps[0] as Gap;
  const types = toMask(gaps.map(({ docType }) => docType));
  const describe: Readonly<Record<"gap" | "unknown", Words>> = {
    gap: both((lang) => `${lang === "vi" ? "không ai ký được" : "nobody can sign"}: ${formatTypes(types, lang)}`),
    unknown: both((lang) => `${lang === "vi" ? "chưa rõ ai ký được" : "not known who can sign"}: ${formatTypes(types, lang)}`),
  };
  return kind === "unknown"
    ? { unit, code: "EVID-STALE", inWords: describe.unknown, owner: { vi: "tổ hỗ trợ", en: "support team" } }
    : { unit, code: "DEL-GAP", inWords: describe.gap, owner: { vi: "phường, xã", en: "ward" } };
}
