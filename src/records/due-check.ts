import type { Transaction } from "../platform/database.ts";
import { type DueRules, ensureCalendar } from "./calendar-store.ts";
import type { Codes } from "./code-store.ts";
import { createDueTerms, type ProcedureTerm } from "./due-term.ts";
import { type DossierState, dossierStates, type Observation } from "./observation.ts";
import { findOfProcedure } from "./procedure-code.ts";
import type { Findings } from "./warnings.ts";

const daySeconds = 86_400;

/** What of a dossier says whether its due date can be kept to. Times are epoch seconds, NaN is "not said". */
export interface Promised {
  readonly id: number;
  /** Ids of this cache. */
  readonly unit: number;
  readonly procedure: number;
  readonly state: DossierState;
  readonly received: number;
  readonly due: number;
  /** A supplement, a fee or a stop moves due dates, so the term does not tell any more. */
  readonly wasPaused: boolean;
}

/** Holds what sources promise against the working calendar and the terms of procedures. It only warns: no figure hangs on it. */
export interface DueCheck {
  look(promised: Promised): void;
  /** After a change of calendar or terms: what is open and was not in this import. */
  lookAgain(): Promise<void>;
}

const open: ReadonlySet<DossierState> = new Set<DossierState>(["in_progress", "supplement", "fee", "stopped"]);
const paused: readonly DossierState[] = ["supplement", "fee", "stopped"];

export async function openDueCheck(
  tx: Transaction,
  rules: DueRules,
  {
    seq,
    now,
    codes,
    findings,
  }: { readonly seq: number; readonly now: number; readonly codes: Codes; readonly findings: Findings },
): Promise<DueCheck> {
  const { days, isNew } = await ensureCalendar(tx, rules, seq);
  const terms = createDueTerms(days);
  const offset = rules.zone.offsetMinutes * 60;
  const toDay = (at: number): number => Math.floor((at + offset) / daySeconds);
  const today = toDay(now);
  const byProcedure = new Map<number, ProcedureTerm | undefined>();
  const findTerm = (procedure: number): ProcedureTerm | undefined => {
    if (!byProcedure.has(procedure)) byProcedure.set(procedure, findOfProcedure(rules.terms, codes.procedureCode(procedure)));
    return byProcedure.get(procedure);
  };
  const look = ({ id, unit, procedure, state, received, due, wasPaused }: Promised): void => {
    if (Number.isNaN(due)) return;
    const day = toDay(due);
    if (day >= today && open.has(state) && terms.isDayOff(day)) findings.add("W-DAY-OFF", codes.unitCode(unit), id);
    const term = wasPaused || Number.isNaN(received) ? undefined : findTerm(procedure);
    if (!term) return;
    const receivedDay = toDay(received);
    const last = terms.findDueDay(term, { day: receivedDay, seconds: received + offset - receivedDay * daySeconds });
    if (last !== undefined && day > last) findings.add("W-TERM", codes.unitCode(unit), id);
  };
  return {
    look,
    async lookAgain() {
      if (!isNew || seq === 1) return;
      const states = (names: Iterable<DossierState>): string => [...names].map((name) => dossierStates.indexOf(name)).join(", ");
      const pages = tx.stream<{
        id: number;
        unit_id: number;
        proc_id: number;
        state: number;
        received_at: number | null;
        due_at: number;
        was_paused: number;
      }>(
        `SELECT d.id, d.unit_id, d.proc_id, d.state, d.received_at, d.due_at,
           CASE WHEN d.paused_from IS NOT NULL OR EXISTS (
             SELECT 1 FROM dossier_hist h WHERE h.id = d.id AND (h.state IN (${states(paused)}) OR h.paused_from IS NOT NULL)
           ) THEN 1 ELSE 0 END AS was_paused
         FROM dossier d WHERE d.seq <> ? AND d.due_at IS NOT NULL AND d.state IN (${states(open)}) ORDER BY d.id`,
        seq,
      );
      for await (const page of pages) {
        for (const {
          id,
          unit_id: unit,
          proc_id: procedure,
          state: place,
          received_at: received,
          due_at: due,
          was_paused,
        } of page) {
          const state = dossierStates[place] as DossierState;
          const isPaused = was_paused === 1 || isPause(state);
          look({ id, unit, procedure, state, received: received ?? Number.NaN, due, wasPaused: isPaused });
        }
      }
    },
  };
}

/** Waiting for somebody else. */
export function isPause(state: DossierState): boolean {
  return paused.includes(state);
}

/** Whether it ever waited for somebody else, by what is known of it. */
export function wasPaused(known: readonly Observation[]): boolean {
  return known.some(({ state, pausedFrom }) => pausedFrom !== undefined || isPause(state));
}
