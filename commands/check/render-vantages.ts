import type { Names } from "../../src/health/cause-words.ts";
import { reasons } from "../../src/health/reason.ts";
import type { ComparedVantage, MergedVantages } from "../../src/health/vantages.ts";
import { formatDateTime } from "../../src/platform/format.ts";
import type { Output } from "../../src/platform/output.ts";
import { wrapWords } from "../../src/platform/table.ts";
import { toIso, vietnamZone } from "../../src/platform/time.ts";
import { verdictWords, localWords as words } from "./local-words.ts";

/** One block a file: each system, seen from both places. */
export function renderVantages({ compared }: Pick<MergedVantages, "compared">, names: Names, out: Output): string[] {
  return compared.map((vantage) => {
    const { say, paint, lang } = out;
    const title = words.vantageTitle(names.unit(vantage.unit), formatDateTime(vantage.at, vietnamZone, lang));
    const allFail = failsWholly(vantage);
    const lines = vantage.endpoints.map(({ system, verdict, centre, unit }) => {
      const why = [unit, centre].flatMap((result) =>
        result?.state === "fail" && result.reason ? [say(reasons[result.reason].words)] : [],
      );
      const verdictText = say(allFail ? words.failsFromBoth : verdictWords[verdict]);
      return `- ${system}: ${verdictText}${why.length > 0 ? ` (${[...new Set(why)].join("; ")})` : ""}`;
    });
    return [
      paint.bold(say(title)),
      ...listNotes(vantage).map((note) => `~ ${say(note)}`),
      ...lines,
      ...(allFail ? [`→ ${say(words.allFail)}`] : []),
    ]
      .map((line) => wrapWords(line, out.width, "  "))
      .join("\n");
  });
}

/** No system works from either place: what they share says more than any one of them. */
function failsWholly({ endpoints }: ComparedVantage): boolean {
  return endpoints.length > 1 && endpoints.every(({ verdict }) => verdict === "both-fail");
}

function listNotes({ skewMs, stale, apartMs }: ComparedVantage) {
  const seconds = skewMs === undefined ? 0 : Math.round(skewMs / 1_000);
  return [
    ...(skewMs === undefined ? [words.clockUnknown] : Math.abs(seconds) >= 5 ? [words.corrected(-seconds)] : []),
    ...(stale ? [words.stale(Math.round(apartMs / 60_000))] : []),
  ];
}

/** The member `vantages`; absent where no file was given. */
export function toVantageMembers({ compared }: Pick<MergedVantages, "compared">): Readonly<Record<string, unknown>> {
  if (compared.length === 0) return {};
  return {
    vantages: compared.map(({ unit, at, skewMs, stale, apartMs, endpoints }) => ({
      unit,
      at: toIso(Math.round(at / 1_000) * 1_000, vietnamZone),
      skewMs: skewMs ?? null,
      apartMs: Math.round(apartMs),
      stale,
      endpoints: endpoints.map(({ endpoint, verdict, centre, unit: own }) => ({
        endpoint,
        verdict,
        centre: centre?.state ?? null,
        unit: own?.state ?? null,
      })),
    })),
  };
}
