import { InvalidArgumentError } from "commander";
import type { ListFormat, Output } from "../src/platform/output.ts";

/** A whole number of a flag, not negative. */
export function readWholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is needed");
  return Number(text);
}

/** For flags that may be given several times: `--unit 19777 --unit 19774`. */
export function collect(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value];
}

/** One of the choices, for options whose own reader takes the place of commander's. */
export function readChoice(text: string, choices: readonly string[]): string {
  if (!choices.includes(text)) throw new InvalidArgumentError(`Allowed choices are ${choices.join(", ")}.`);
  return text;
}

/** Whether rows for a spreadsheet were asked for, by a verb whose text and JSON are more than its rows; `--json` goes before. */
export function isSheet(format: ListFormat | undefined, { json }: Pick<Output, "json">): format is "csv" | "tsv" {
  return !json && (format === "csv" || format === "tsv");
}
