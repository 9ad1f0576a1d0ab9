import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { nouns } from "../nouns.ts";
import { declareAbsence } from "./absence.ts";
import { declareApprove } from "./approve.ts";
import { declareCanIssue } from "./can-issue.ts";
import { declareCanSign } from "./can-sign.ts";
import { declareConflicts } from "./conflicts.ts";
import { declareExpiring } from "./expiring.ts";
import { declareGaps } from "./gaps.ts";
import { declareGrant } from "./grant.ts";
import { declareList } from "./list.ts";
import { declarePush } from "./push.ts";
import { declareRevoke } from "./revoke.ts";
import { declareRules } from "./rules.ts";
import { declareSuspend } from "./suspend.ts";
import { declareVerify } from "./verify.ts";

export function declare(program: Command, cli: Cli): void {
  const noun = cli.noun(program, "delegate", nouns.delegate.about);
  declareGrant(noun, cli);
  declareApprove(noun, cli);
  declareRevoke(noun, cli);
  declareSuspend(noun, cli);
  declareAbsence(noun, cli);
  declareList(noun, cli);
  declareCanSign(noun, cli);
  declareCanIssue(noun, cli);
  declareGaps(noun, cli);
  declareExpiring(noun, cli);
  declareConflicts(noun, cli);
  declareRules(noun, cli);
  declarePush(noun, cli);
  declareVerify(noun, cli);
}
