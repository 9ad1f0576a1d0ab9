import type { ReadinessRules, UnitFacts } from "./facts.ts";
import { joinVerdicts } from "./judge.ts";
import { judgeAccounts, judgeDepartments } from "./judge-accounts.ts";
import { judgeContacts } from "./judge-contacts.ts";
import { judgeEndpoints } from "./judge-endpoints.ts";
import { judgeRecords } from "./judge-records.ts";
import { judgeSigning } from "./judge-signing.ts";
import type { Dimension, DimensionReadiness, UnitReadiness } from "./readiness.ts";

/** What stands in the way of the most comes first: without a line nothing works, without accounts nobody signs. */
const mendOrder: readonly Dimension[] = ["endpoints", "accounts", "departments", "signing", "records", "contacts"];

/** Go or no-go of one unit, with every reason. Pure: the same facts and rules give the same answer. */
export function decideReadiness(facts: UnitFacts, rules: ReadinessRules): UnitReadiness {
  const dimensions: Record<Dimension, DimensionReadiness> = {
    accounts: judgeAccounts(facts, rules),
    departments: judgeDepartments(facts, rules),
    signing: judgeSigning(facts, rules),
    endpoints: judgeEndpoints(facts, rules),
    records: judgeRecords(facts),
    contacts: judgeContacts(facts),
  };
  const counted = mendOrder.filter((dimension) => rules.counted.includes(dimension));
  const verdict = joinVerdicts(counted.map((dimension) => dimensions[dimension].verdict));
  // What is known to be wrong is mended before anybody looks for more.
  const at = verdict === "go" ? undefined : counted.find((dimension) => dimensions[dimension].verdict === verdict);
  const [reason] = at ? dimensions[at].reasons : [];
  return { code: facts.code, verdict, dimensions, first: at && reason && { ...reason, dimension: at } };
}
