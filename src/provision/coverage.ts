import { type Department, listDepartments } from "../directory/department.ts";
import type { Unit } from "../directory/unit.ts";
import { type FunctionalRule, listFunctionalAccounts, type Purpose } from "./functional-account.ts";
import type { SystemReading } from "./read-systems.ts";
import type { Link } from "./subject-facts.ts";

/** present · missing · disabled · unknown (the system could not be read) · not-needed (no rule asks for an account there). */
export type CellState = "present" | "missing" | "disabled" | "unknown" | "not-needed";

export interface CoverageRow {
  readonly unit: Unit;
  readonly department: Department;
  readonly cells: Readonly<Record<string, CellState>>;
}

/** An account that a department or unit needs and has not. */
export interface CoverageFinding {
  readonly code: "ACC-UNIT-MISSING" | "ACC-UNIT-DISABLED";
  readonly unit: string;
  readonly department: string;
  readonly purpose: Purpose;
  readonly system: string;
  readonly functionalKey: string;
}

export interface Coverage {
  readonly systems: readonly string[];
  readonly rows: readonly CoverageRow[];
  readonly findings: readonly CoverageFinding[];
  readonly failed: readonly Extract<SystemReading, { state: "failed" }>[];
}

export interface CoverageRequest {
  readonly units: readonly Unit[];
  readonly departments: readonly Department[];
  readonly rules: readonly FunctionalRule[];
  readonly readings: readonly SystemReading[];
  /** Whose account is whose, where the system itself has no place to say so. */
  readonly links: readonly Link[];
}

const worstFirst: readonly CellState[] = ["missing", "disabled", "unknown", "present", "not-needed"];

/** Which departments have the accounts they need, on which systems. A cell of several accounts shows the worst of them. */
export function listCoverage({ units, departments, rules, readings, links }: CoverageRequest): Coverage {
  const systems = readings.map(({ system }) => system);
  const linked = new Map(
    links.map(({ system, targetId, subject }) => [`${system} ${targetId}`, subject.slice(subject.indexOf("/") + 1)]),
  );
  const found = new Map(
    readings.flatMap((reading) =>
      reading.state === "read"
        ? reading.accounts.flatMap(({ id, externalId = linked.get(`${reading.system} ${id}`), active }) =>
            externalId === undefined ? [] : [[`${reading.system} ${externalId}`, active] as const],
          )
        : [],
    ),
  );
  const failed = readings.filter((reading) => reading.state === "failed");
  const unreadable = new Set(failed.map(({ system }) => system));
  const judge = (system: string, key: string): CellState => {
    if (unreadable.has(system)) return "unknown";
    const active = found.get(`${system} ${key}`);
    return active === undefined ? "missing" : active ? "present" : "disabled";
  };

  const findings: CoverageFinding[] = [];
  const rows = units.flatMap((unit) => {
    const accounts = listFunctionalAccounts({ units: [unit], rules, systems, departments });
    return listDepartments(unit, departments).map((department): CoverageRow => {
      const own = accounts.filter((account) => account.department === department);
      const cells = Object.fromEntries(
        systems.map((system) => {
          const states = own
            .filter((account) => account.systems.includes(system))
            .map(({ key, purpose }) => {
              const state = judge(system, key);
              if (state === "missing" || state === "disabled") {
                const code = state === "missing" ? "ACC-UNIT-MISSING" : "ACC-UNIT-DISABLED";
                findings.push({ code, unit: unit.code, department: department.key, purpose, system, functionalKey: key });
              }
              return state;
            });
          return [system, worstFirst.find((state) => states.includes(state)) ?? "not-needed"];
        }),
      );
      return { unit, department, cells };
    });
  });
  return { systems, rows, findings, failed };
}
