import { findEndpointOwner, toFailureCode } from "./endpoint-codes.ts";
import type { CanaryFact, EndpointFact, ReadinessRules, UnitFacts } from "./facts.ts";
import { isFresh, lookAfresh, toDimension } from "./judge.ts";
import type { DimensionReadiness, Reason } from "./readiness.ts";
import { readinessWords as words } from "./words.ts";

/** Every endpoint of the unit answered when it was last tried, and the last test document came there and back. */
export function judgeEndpoints({ code, endpoints, canaries }: UnitFacts, rules: ReadinessRules): DimensionReadiness {
  if (endpoints === undefined) return toDimension([{ ...nothingListed, detail: words.noInventory }]);
  if (endpoints.length === 0) return toDimension([{ ...nothingListed, detail: words.noEndpoints }]);
  return toDimension([...judgeTries(endpoints, code, rules), ...judgeCanaries(canaries, code, rules)]);
}

const nothingListed = {
  code: "NET-NO-INVENTORY",
  verdict: "unknown",
  owner: "support",
  commands: ["wardctl doctor"],
} as const satisfies Partial<Reason>;

function judgeTries(endpoints: readonly EndpointFact[], code: string, { at, freshMs }: ReadinessRules): Reason[] {
  const tried = endpoints.filter((endpoint) => endpoint.state !== "untested" && endpoint.at !== undefined);
  const fresh = tried.filter((endpoint) => isFresh(endpoint.at, at, freshMs.endpoints));
  const old = tried.filter((endpoint) => !fresh.includes(endpoint));
  const failing = fresh.filter(({ state, maintenance }) => state === "fail" && !maintenance);
  const planned = fresh.filter(({ state, maintenance }) => state === "fail" && maintenance);
  const open = fresh.filter(({ state }) => state === "unknown");
  const untested = endpoints.filter((endpoint) => !tried.includes(endpoint));
  const again = { verdict: "unknown", owner: "support", commands: lookAfresh(code) } as const;
  return [
    ...groupAlike(failing).map((own): Reason => {
      const [{ reason, layer, meaning, owner }] = own;
      return {
        code: toFailureCode(reason),
        verdict: "no-go",
        owner: findEndpointOwner(layer),
        ownerName: owner,
        detail: words.endpointsFail(toSystems(own), meaning ?? words.fails),
        commands: ["wardctl check explain", `wardctl check --unit ${code}`],
        seenAt: newest(own),
      };
    }),
    ...groupAlike(open).map((own): Reason => {
      const [{ reason, meaning }] = own;
      const detail = words.endpointsUnknown(toSystems(own), meaning ?? words.noWord);
      return { ...again, code: toFailureCode(reason), detail, seenAt: newest(own) };
    }),
    ...(planned.length > 0
      ? [{ ...again, code: "NET-MAINTENANCE", detail: words.planned(toSystems(planned)), seenAt: newest(planned) }]
      : []),
    ...(untested.length > 0
      ? [{ ...again, code: "EVID-NONE", detail: words.untried(untested.length === endpoints.length ? [] : toSystems(untested)) }]
      : []),
    ...(old.length > 0
      ? [{ ...again, code: "EVID-STALE", detail: words.triedLongAgo(toSystems(old), oldest(old)), seenAt: oldest(old) }]
      : []),
  ];
}

function judgeCanaries(canaries: readonly CanaryFact[], code: string, { at, freshMs }: ReadinessRules): Reason[] {
  const fresh = canaries.filter((canary) => isFresh(canary.at, at, freshMs.canary));
  const never = canaries.filter((canary) => canary.at === undefined).map(({ system }) => system);
  const old = canaries.filter((canary) => canary.at !== undefined && !fresh.includes(canary));
  const send = [`wardctl check run --canary --unit ${code}`];
  return [
    ...fresh.flatMap(({ system, failedAt, at: seenAt }): Reason[] =>
      failedAt === undefined
        ? []
        : [
            {
              code: "CANARY-LOST",
              verdict: "no-go",
              owner: "system-owner",
              detail: words.canaryFailed(system, failedAt),
              commands: send,
              seenAt,
            },
          ],
    ),
    ...(never.length > 0
      ? [
          {
            code: "CANARY-NONE",
            verdict: "unknown" as const,
            owner: "support" as const,
            detail: words.canaryNever(never),
            commands: send,
          },
        ]
      : []),
    ...(old.length > 0
      ? [
          {
            code: "CANARY-STALE",
            verdict: "unknown" as const,
            owner: "support" as const,
            detail: words.canaryOld(
              old.map(({ system }) => system),
              oldest(old),
            ),
            commands: send,
            seenAt: oldest(old),
          },
        ]
      : []),
  ];
}

type Some = readonly [EndpointFact, ...EndpointFact[]];

function groupAlike(endpoints: readonly EndpointFact[]): Some[] {
  return [...Map.groupBy(endpoints, ({ reason, owner }) => `${reason ?? ""}/${owner?.en ?? ""}`).values()] as unknown as Some[];
}

function toSystems(endpoints: readonly { readonly system: string }[]): readonly string[] {
  return [...new Set(endpoints.map(({ system }) => system))];
}

function newest(list: readonly { readonly at: number | undefined }[]): number {
  return Math.max(...list.flatMap(({ at }) => at ?? []));
}

function oldest(list: readonly { readonly at: number | undefined }[]): number {
  return Math.min(...list.flatMap(({ at }) => at ?? []));
}
