import type { Command } from "commander";
import type { Cli } from "./cli.ts";
import { nouns } from "./nouns.ts";

export function declare(program: Command, cli: Cli): void {
  cli.noun(program, "rehearse", nouns.rehearse.about);
}
