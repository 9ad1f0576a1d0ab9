import type { Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { formatDate } from "../../src/platform/format.ts";
import type { ListFormat } from "../../src/platform/output.ts";
import { readInstant } from "../../src/platform/time.ts";
import type { CurveDay } from "../../src/readiness/curve.ts";
import { readCurve } from "../../src/readiness/read-readiness.ts";
import { verdictWords } from "../../src/readiness/words.ts";
import type { Context } from "../context.ts";
import type { Outcome } from "../exit-codes.ts";
import { readyWords as words } from "./words.ts";

const barAtMost = 40;
/** What the figures beside it take. */
const figuresWidth = 48;

/** How many units were ready at the end of each day, on the way to the opening. */
export async function showCurve(
  units: readonly Unit[],
  at: Instant,
  format: ListFormat,
  { workspace: open, out }: Pick<Context, "workspace" | "out">,
): Promise<Outcome> {
  const workspace = await open();
  const { zone } = workspace;
  const { opening, daysLeft, days } = await readCurve(workspace, { units: units.map(({ code }) => code), at });
  const openingAt = opening === undefined ? undefined : readInstant(opening, zone);
  const target =
    openingAt === undefined || daysLeft === undefined
      ? []
      : [out.say(words.daysLeft(daysLeft, formatDate(openingAt, zone, out.lang)))];
  await out.list<CurveDay>({
    schema: "wardctl.ready-curve/1",
    name: "days",
    items: days,
    extra: { opening: opening ?? null, daysLeft: daysLeft ?? null, expected: units.length },
    below: ["", out.say(words.legend), ...target],
    columns: [
      {
        key: "date",
        title: words.dateTitle,
        value: ({ date }) => date,
        text: ({ date }, lang) => formatDate(readInstant(date, zone) ?? 0, zone, lang),
      },
      { key: "go", title: verdictWords.go, align: "right", value: ({ go }) => go },
      { key: "noGo", title: verdictWords["no-go"], align: "right", value: ({ noGo }) => noGo },
      { key: "unknown", title: verdictWords.unknown, align: "right", value: ({ unknown }) => unknown },
      ...(format === "table" && !out.json
        ? [
            {
              key: "bar",
              title: { vi: "", en: "" },
              value: (day: CurveDay) => drawBar(day, Math.max(10, Math.min(barAtMost, out.width - figuresWidth))),
            },
          ]
        : []),
    ],
    format,
    empty: words.noCurve,
  });
  const last = days.at(-1);
  return last && last.go < units.length ? "attention" : "ok";
}

/** Whoever is there at all is seen: a part is at least one sign wide. */
function drawBar({ go, noGo, unknown }: CurveDay, barWidth: number): string {
  const all = Math.max(1, go + noGo + unknown);
  const width = (n: number): number => (n === 0 ? 0 : Math.max(1, Math.round((n / all) * barWidth)));
  return "#".repeat(width(go)) + "x".repeat(width(noGo)) + ".".repeat(width(unknown));
}
