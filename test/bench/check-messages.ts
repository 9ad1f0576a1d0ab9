import { replayWeek } from "../support/check-week.ts";
import type { Bench } from "./bench.ts";

/**
 * Messages for each true cause over a replayed week (check.md A15): a city of 168 units × 5 systems swept every five minutes, with planted faults,
 * single failures by chance, endpoints that flap and short restarts. The rival tells of every endpoint that fails and every one that comes back into
 * failing, as monitoring tools do without a notion of causes; a second one waits for two failures in a row.
 */
export const bench: Bench = {
  name: "check-messages",
  unit: "ratio",
  goal: 1.3,
  better: "lower",
  async run(quick) {
    const weeks = await Promise.all(
      Array.from({ length: quick ? 1 : 5 }, (_, at) =>
        replayWeek({ seed: `week-${at}`, days: quick ? 2 : 7, units: quick ? 60 : 168 }),
      ),
    );
    const sum = (of: (week: Awaited<ReturnType<typeof replayWeek>>) => number): number =>
      weeks.reduce((all, week) => all + of(week), 0);
    const causes = sum((week) => week.causes);
    return {
      value: sum((week) => week.messages) / causes,
      rows: [
        ["weeks; sweeps of each", `${weeks.length}; ${weeks[0]?.sweeps}`],
        ["true causes that lasted two sweeps", String(causes)],
        ["messages (first told, or told again)", String(sum((week) => week.messages))],
        ["of them that it is back again", String(sum((week) => week.again))],
        ["of them that meet no planted fault", String(sum((week) => week.strange))],
        ["causes that nobody was told of", String(sum((week) => week.missed))],
        ["all-clears, counted apart", String(sum((week) => week.clears))],
        ["a message an endpoint at its first failure", (sum((week) => week.eachFailure) / causes).toFixed(1)],
        ["a message an endpoint at its second in a row", (sum((week) => week.eachConfirmed) / causes).toFixed(1)],
      ],
    };
  },
};
