import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareExplain } from "./explain.ts";
import { declareHistory } from "./history.ts";
import { declareLocal } from "./local.ts";
import { declareRun } from "./run.ts";
import { declareSelftest } from "./selftest.ts";
import { declareWatch } from "./watch.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "check", nouns.check.about);
  declareRun(noun, cli);
  declareExplain(noun, cli);
  declareHistory(noun, cli);
  declareWatch(noun, cli);
  declareSelftest(noun, cli);
  declareLocal(noun, cli);
}
