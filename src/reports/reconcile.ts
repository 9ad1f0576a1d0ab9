import { both, type Words } from "../platform/words.ts";
import type { Declared, Figures } from "../records/figures.ts";
import type { Level } from "./blocks.ts";
import { checkDefinitions, checkRates, listRateTies } from "./declared-rate-checks.ts";
import { type DeclaredSet, findExact, toDeclaredSets } from "./declared-set.ts";
import type { Finding } from "./finding.ts";
import { checkIdentities } from "./identities.ts";
import { findMetric } from "./metrics.ts";
import { reconcileWords as words } from "./reconcile-words.ts";

export interface Reconciliation {
  readonly findings: readonly Finding[];
  /** Sums that were checked and tie, in words. */
  readonly ties: readonly Words[];
}

export interface ReconcileInput {
  readonly units: readonly { readonly code: string; readonly figures: Figures | undefined }[];
  readonly declared: readonly DeclaredFact[];
  /** Names a source may print for a unit: the first is the one we print. */
  readonly namesOf: (unit: string) => readonly Words[];
  /** Equal for two spellings of one name. */
  readonly isSameName: (a: string, b: string) => boolean;
}

/** A stated figure and what we count for the same window, undefined where we cannot. */
export interface DeclaredFact {
  readonly stated: Declared;
  readonly computed: number | undefined;
  /** False where the source does not say since when it counts: shown beside ours, but a difference proves nothing. */
  readonly isComparable: boolean;
}

/** All checks over computed and stated figures. Pure; it repairs nothing: stated, found and the difference are printed side by side. */
export function reconcile(input: ReconcileInput): Reconciliation {
  const sets = toDeclaredSets(input.declared.map(({ stated }) => stated));
  const nameOf = (unit: string | undefined): Words =>
    unit === undefined ? words.wholeCity : (input.namesOf(unit)[0] ?? both(() => unit));
  const computed = checkComputed(input, nameOf);
  const stated = sets.map((set) => checkSums(set, nameOf(set.unit)));
  return {
    findings: [
      ...computed.findings,
      ...stated.flatMap(({ findings }) => findings),
      ...sets.flatMap((set) => checkRates(set, nameOf(set.unit))),
      ...checkTotals(
        sets,
        input.units.map((unit) => unit.code),
      ),
      ...checkAgainstComputed(input.declared, nameOf),
      ...checkNames(input),
      ...checkDefinitions(sets, nameOf),
    ],
    ties: [
      ...computed.ties,
      ...stated.flatMap(({ ties }) => ties),
      ...sets.flatMap((set) => listRateTies(set, nameOf(set.unit))),
    ],
  };
}

function checkComputed({ units }: ReconcileInput, nameOf: (unit: string) => Words): Reconciliation {
  const known = units.flatMap(({ code, figures }) => (figures ? [{ code, figures }] : []));
  const findings = known.flatMap(({ code, figures }) =>
    checkIdentities((metric) => findMetric(metric)?.read(figures))
      .filter(({ delta }) => delta !== 0)
      .map((check): Finding => ({ ...check, level: "attention", unit: code, message: words.broken(nameOf(code), check) })),
  );
  const ties = known.length > 0 && findings.length === 0 ? [words.allTie(known.length)] : [];
  return { findings, ties };
}

function checkSums(set: DeclaredSet, name: Words): Reconciliation {
  const checks = checkIdentities((metric) => findExact(set, metric));
  return {
    findings: checks
      .filter(({ delta }) => delta !== 0)
      .map((check) => ({
        ...check,
        // With a part that was not given the difference proves nothing yet.
        level: check.notGiven.length > 0 ? ("note" as const) : toLevel(set),
        unit: set.unit,
        message: words.statedBroken(name, set.source, check),
      })),
    ties: checks.filter(({ delta }) => delta === 0).map((check) => words.statedTies(name, set.source, check)),
  };
}

/** What the press prints is to be known; what a system states about itself must be right. */
function toLevel({ quality }: Pick<DeclaredSet, "quality">): Level {
  return quality === "exact" ? "attention" : "note";
}

/** A stated total of the area against the sum of its stated units; with units missing the difference proves nothing. */
function checkTotals(sets: readonly DeclaredSet[], expected: readonly string[]): Finding[] {
  return sets
    .filter(({ unit }) => unit === undefined)
    .flatMap((city) =>
      city.figures.flatMap(({ metric }): Finding[] => {
        const total = findExact(city, metric);
        const given = sets
          .filter(
            (set) => set.source === city.source && set.window.end === city.window.end && set.window.start === city.window.start,
          )
          .filter((set) => set.unit !== undefined && expected.includes(set.unit))
          .flatMap((set) => findExact(set, metric) ?? []);
        if (total === undefined || given.length === 0) return [];
        const found = given.reduce((a, b) => a + b, 0);
        const common = { code: "W-TOTAL", unit: undefined, expected: total, found };
        if (given.length < expected.length) {
          return [
            {
              ...common,
              level: "note",
              message: words.totalNotCheckable(city.source, metric, total, found, given.length, expected.length),
            },
          ];
        }
        if (found === total) return [];
        return [
          {
            ...common,
            delta: found - total,
            level: toLevel(city),
            message: words.totalDiffers(city.source, metric, total, found),
          },
        ];
      }),
    );
}

function checkAgainstComputed(declared: readonly DeclaredFact[], nameOf: (unit: string | undefined) => Words): Finding[] {
  return declared.flatMap(({ stated, computed, isComparable }): Finding[] => {
    const { low, high, unit, source, metric } = stated;
    if (computed === undefined || low === undefined || !isComparable) return [];
    if (computed >= low && computed <= (high ?? Number.POSITIVE_INFINITY)) return [];
    const delta = computed - (computed < low ? low : (high as number));
    const message = words.differsFromOurs(nameOf(unit), source, metric, stated.stated, computed, delta);
    return [{ code: "W-DECLARED", level: toLevel(stated), unit, expected: low, found: computed, delta, message }];
  });
}

/** Translations call a ward a commune: the name is proposed, never taken over. */
function checkNames({ declared, namesOf, isSameName }: ReconcileInput): Finding[] {
  const stated = new Map(declared.map(({ stated: own }) => [`${own.source} ${own.unit} ${own.statedName}`, own]));
  return [...stated.values()].flatMap(({ unit, statedName, source }): Finding[] => {
    if (unit === undefined || statedName === undefined) return [];
    const names = namesOf(unit);
    if (names.length === 0 || names.some((name) => isSameName(name.vi, statedName) || isSameName(name.en, statedName))) return [];
    return [{ code: "W-NAME", level: "note", unit, message: words.otherName(source, statedName, names[0] as Words, unit) }];
  });
}
