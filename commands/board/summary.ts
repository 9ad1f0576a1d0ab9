import { type Board, countVerdicts } from "../../src/board/board.ts";

/** What the board's first line says, for scripts. Null: the source of it failed. */
export function summarize({ units, counts, difficulties }: Board): Readonly<Record<string, unknown>> {
  const verdicts = countVerdicts(units);
  return {
    units: { all: units.length, go: verdicts.go, noGo: verdicts["no-go"], unknown: verdicts.unknown },
    silent: counts.state === "known" ? counts.value.silent.map(({ code }) => code) : null,
    difficulties: difficulties.state === "known" ? difficulties.value.length : null,
  };
}
