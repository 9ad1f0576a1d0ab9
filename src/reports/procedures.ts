import type { ProcedureCount } from "../records/figures.ts";
import { findOfProcedure } from "../records/procedure-code.ts";
import type { ReportRequest } from "./facts.ts";

export interface ProcedureFact {
  readonly procedure: string;
  readonly name: string | undefined;
  /** Undefined where it is too small to be published. */
  readonly received: number | undefined;
  readonly resolved: number | undefined;
}

/** Most received first. Undefined: the window is longer than the points that tell procedures apart are kept. */
export type ProcedureFacts = readonly ProcedureFact[] | undefined;

/** What is known by the second, and so by procedure, is kept this long (records-and-reports.md §6). */
export const procedureDays = 45;
/** A smaller count of one procedure in one unit may point at a person (domain.md §11). */
export const smallestPublished = 5;

/** Dossiers by procedure over the given units. Undefined in the morning: that meeting looks at what is open. */
export async function readProcedures(
  { kind, window, knownSeq, isPublic, procedureNames, questions }: ReportRequest,
  codes: readonly string[],
): Promise<ProcedureFacts> {
  if (kind === "morning") return [];
  if (window.end - window.start > procedureDays * 86_400_000) return undefined;
  const counted = await questions.counts.countProcedures(window, knownSeq, codes);
  const facts = sumByProcedure(counted).map((own) => ({ ...own, name: findOfProcedure(procedureNames, own.procedure) }));
  if (!isPublic) return facts;
  const [received, resolved] = [maskSmall(facts.map((own) => own.received)), maskSmall(facts.map((own) => own.resolved))];
  return facts.map((own, index) => ({ ...own, received: received[index], resolved: resolved[index] }));
}

function sumByProcedure(counted: readonly ProcedureCount[]): (ProcedureFact & { received: number; resolved: number })[] {
  return [...Map.groupBy(counted, ({ procedure }) => procedure)]
    .map(([procedure, own]) => ({
      procedure,
      name: undefined,
      received: own.reduce((sum, { received }) => sum + received, 0),
      resolved: own.reduce((sum, { resolved }) => sum + resolved, 0),
    }))
    .sort((a, b) => b.received - a.received || b.resolved - a.resolved || (a.procedure < b.procedure ? -1 : 1));
}

/**
 * Counts under five are left out, but for 0, which tells of nobody. One count alone that is left out could be had again from the sum that stands
 * beside it, so the smallest of the others goes with it.
 */
export function maskSmall(counts: readonly number[]): (number | undefined)[] {
  const isSmall = (n: number): boolean => n > 0 && n < smallestPublished;
  const masked = counts.map((n) => (isSmall(n) ? undefined : n));
  if (counts.filter(isSmall).length !== 1) return masked;
  const others = masked.flatMap((n, index) => (n !== undefined && n > 0 ? [{ n, index }] : []));
  const least = others.reduce<(typeof others)[number] | undefined>((a, b) => (a === undefined || b.n < a.n ? b : a), undefined);
  return masked.map((n, index) => (index === least?.index ? undefined : n));
}
