import { formatPercent } from "../platform/format.ts";
import { both, type Words } from "../platform/words.ts";
import type { Declared, Figures } from "../records/figures.ts";
import { checkRate as checkPublishedRate } from "../records/published-rate.ts";
import type { Level } from "./blocks.ts";
import { findDeclaredRate, findRateParts, roundPercent } from "./declared-rate.ts";
import { type DeclaredSet, findExact, findRange, toDeclaredSets } from "./declared-set.ts";
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
      .map((check) => ({ ...check, level: toLevel(set), unit: set.unit, message: words.statedBroken(name, set.source, check) })),
    ties: checks.filter(({ delta }) => delta === 0).map((check) => words.statedTies(name, set.source, check)),
  };
}

/** What the press prints is to be known; what a system states about itself must be right. */
function toLevel({ quality }: Pick<DeclaredSet, "quality">): Level {
  return quality === "exact" ? "attention" : "note";
}

function checkRates(set: DeclaredSet, name: Words): Finding[] {
  const published = set.figures.flatMap((figure) => checkRate(figure, set, name));
  const resolution = findDeclaredRate(set, "resolution");
  if (resolution?.kind !== "no-base") return published;
  const message = words.countWithoutBase(name, set.source, resolution.numerator);
  return [...published, { code: "W-BASE", level: "note", unit: set.unit, message }];
}

function listRateTies(set: DeclaredSet, name: Words): Words[] {
  return set.figures.flatMap(({ percent, metric, stated }) => {
    const counts = percent && findRateCounts(set, metric);
    if (!counts || roundPercent(counts.numerator, counts.base, percent.decimals) !== percent.hundredths) return [];
    return [words.rateTies(name, set.source, stated, counts.numerator, counts.base)];
  });
}

/** Both counts behind a published percentage, where both are stated as one number. */
function findRateCounts(set: DeclaredSet, metric: string): { readonly numerator: number; readonly base: number } | undefined {
  const parts = findRateParts(metric);
  if (!parts) return undefined;
  const base = findExact(set, parts.base);
  const stated = parts.numerator.map((own) => findExact(set, own));
  if (!base || stated.some((own) => own === undefined)) return undefined;
  return { numerator: stated.reduce((sum: number, own) => sum + (own ?? 0), 0), base };
}

function checkRate({ percent, metric, stated }: Declared, set: DeclaredSet, name: Words): Finding[] {
  if (!percent) return [];
  const parts = findRateParts(metric);
  const base = parts && findRange(set, parts.base) ? parts.base : "received.total";
  const range = findRange(set, base) ?? { low: undefined, high: undefined };
  const common = { unit: set.unit, level: "note" as const };
  const counts = findRateCounts(set, metric);
  if (counts) {
    if (roundPercent(counts.numerator, counts.base, percent.decimals) === percent.hundredths) return [];
    return [{ ...common, code: "W-RATE", message: words.otherRate(name, set.source, stated, counts.numerator, counts.base) }];
  }
  const { verdict, bases } = checkPublishedRate(range, percent);
  if (verdict === "consistent") return [];
  if (verdict === "not-checkable") {
    return [{ ...common, code: "W-BASE", message: words.rateWithoutBase(name, set.source, stated, range.low) }];
  }
  const statedBase = set.figures.find((own) => own.metric === base)?.stated ?? "–";
  const possible = bases.map((own) => own.base);
  return [{ ...common, code: "W-RATE", message: words.impossibleRate(name, set.source, stated, statedBase, possible) }];
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
  return declared.flatMap(({ stated, computed }): Finding[] => {
    const { low, high, unit, source, metric } = stated;
    if (computed === undefined || low === undefined) return [];
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

/** A bare percentage beside a rate counted from numbers: nothing says they mean the same, so they are never ranked together. */
function checkDefinitions(sets: readonly DeclaredSet[], nameOf: (unit: string | undefined) => Words): Finding[] {
  const bare = sets.flatMap((set) =>
    set.figures
      .filter(({ metric, percent }) => metric === "rate.online" && percent && !findDeclaredRate(set, "online"))
      .map((figure) => ({ set, figure })),
  );
  const counted = sets.flatMap((set) => {
    const rate = findDeclaredRate(set, "online");
    return rate && rate.kind !== "no-base" ? [{ set, ...rate }] : [];
  });
  return bare.flatMap(({ set, figure }) =>
    counted.map(({ set: other, kind, rate }): Finding => {
      const printed = both((lang) => formatPercent(rate.numerator, rate.denominator, lang));
      const message = words.definitionsDiffer(
        nameOf(set.unit),
        figure.stated,
        nameOf(other.unit),
        kind === "at-most" ? words.atMost(printed) : printed,
      );
      return { code: "W-DEFINITION", level: "note", unit: set.unit, message };
    }),
  );
}
