import type { Words } from "../platform/words.ts";
import type { AccountFact, ReadinessRules, UnitFacts } from "./facts.ts";
import { isFresh, lookAfresh, toDimension } from "./judge.ts";
import type { DimensionReadiness, Reason } from "./readiness.ts";
import { readinessWords as words } from "./words.ts";

/** People have an account that is on, in every system their class and position call for. */
export function judgeAccounts(
  { code, accounts, staff }: Pick<UnitFacts, "code" | "accounts" | "staff">,
  rules: ReadinessRules,
): DimensionReadiness {
  if (accounts === undefined) return toDimension([noSystems]);
  if (staff === 0) return toDimension([toNoRoster(code, rules)]);
  return judgeNeeds(accounts, code, rules, {
    missing: ["ACC-MISSING", words.accountsMissing],
    disabled: ["ACC-INACTIVE", words.accountsDisabled],
  });
}

/** Every department has the functional accounts that the rules ask for (domain.md §12, TP.HCM July 2025). */
export function judgeDepartments(
  { code, departments }: Pick<UnitFacts, "code" | "departments">,
  rules: ReadinessRules,
): DimensionReadiness {
  if (departments === undefined) return toDimension([noSystems]);
  return judgeNeeds(departments, code, rules, {
    missing: ["ACC-UNIT-MISSING", words.departmentsMissing],
    disabled: ["ACC-UNIT-DISABLED", words.departmentsDisabled],
  });
}

const noSystems: Reason = {
  code: "ACC-NO-SYSTEM",
  verdict: "unknown",
  owner: "support",
  detail: words.noSystems,
  commands: ["wardctl doctor"],
};

/** Nobody is known to work there; nothing can be said of people then. */
export function toNoRoster(code: string, rules: ReadinessRules): Reason {
  return {
    code: "ACC-NO-ROSTER",
    verdict: "unknown",
    owner: "support",
    detail: words.noRoster,
    commands: planAndApply(code, rules),
  };
}

type Speech = Readonly<
  Record<"missing" | "disabled", readonly [code: string, tell: (system: string, names: readonly string[]) => Words]>
>;

/** One reason a system and fault; what nobody has looked at, or too long ago, is one reason for all systems. */
function judgeNeeds(needs: readonly AccountFact[], code: string, rules: ReadinessRules, speech: Speech): DimensionReadiness {
  const fresh = needs.filter(({ state, seenAt }) => state !== "unknown" && isFresh(seenAt, rules.at, rules.freshMs.accounts));
  const faults = (["missing", "disabled"] as const).flatMap((state) =>
    [
      ...Map.groupBy(
        fresh.filter((need) => need.state === state),
        ({ system }) => system,
      ),
    ].map(([system, own]): Reason => {
      const [failure, tell] = speech[state];
      return {
        code: failure,
        verdict: "no-go",
        owner: "support",
        detail: tell(
          system,
          own.map(({ name }) => name),
        ),
        commands: planAndApply(code, rules),
        seenAt: Math.max(...own.flatMap(({ seenAt }) => seenAt ?? [])),
      };
    }),
  );
  const systemsOf = (list: readonly AccountFact[]): string[] => [...new Set(list.map(({ system }) => system))];
  const never = systemsOf(needs.filter(({ state, seenAt }) => state === "unknown" || seenAt === undefined));
  const old = needs.filter((need) => need.state !== "unknown" && need.seenAt !== undefined && !fresh.includes(need));
  const unknown = { verdict: "unknown", owner: "support", commands: lookAfresh(code) } as const;
  return toDimension([
    ...faults,
    ...(never.length > 0 ? [{ ...unknown, code: "EVID-NONE", detail: words.neverLooked(never) }] : []),
    ...(old.length > 0 ? [toOld(old, systemsOf(old), unknown)] : []),
  ]);
}

function toOld(
  old: readonly AccountFact[],
  systems: readonly string[],
  unknown: Pick<Reason, "verdict" | "owner" | "commands">,
): Reason {
  const seenAt = Math.min(...old.flatMap((need) => need.seenAt ?? []));
  return { ...unknown, code: "EVID-STALE", detail: words.lookedLongAgo(systems, seenAt), seenAt };
}

function planAndApply(code: string, { roster }: ReadinessRules): readonly string[] {
  const file = /^[\w./-]+$/.test(roster) ? roster : `'${roster}'`;
  return [
    `wardctl provision plan ${file} --only unit=${code} --save mend-${code}.json`,
    `wardctl provision apply mend-${code}.json`,
  ];
}
