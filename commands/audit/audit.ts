import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareCheckpoint } from "./checkpoint.ts";
import { declareExport } from "./export.ts";
import { declareReplay } from "./replay.ts";
import { declareShow } from "./show.ts";
import { declareTrust } from "./trust.ts";
import { declareVerify } from "./verify.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "audit", nouns.audit.about);
  declareShow(noun, cli);
  declareVerify(noun, cli);
  declareReplay(noun, cli);
  declareCheckpoint(noun, cli);
  declareExport(noun, cli);
  declareTrust(noun, cli);
}
