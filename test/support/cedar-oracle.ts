import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { docTypes } from "../../src/delegation/doc-types.ts";
import type { PersonReading } from "../../src/delegation/evidence.ts";
import type { SigningFacts } from "../../src/delegation/facts.ts";
import type { Grant } from "../../src/delegation/grant.ts";
import type { Narrowing, Part } from "../../src/delegation/scope.ts";
import { day, givenByNobody, gives, inForceFrom, lawful, listAbove, listStaff, newest, startOf } from "./signing-definition.ts";
import { departments } from "./signing-parts.ts";

/**
 * Cedar as an independent judge: what was recorded becomes policies of plain comparisons with `context.now`, one for each grant and
 * holder, and Cedar's own evaluator answers. Two sets: with what is not known taken as refused, and as granted; an answer that differs
 * between them is UNKNOWN. Good for instants at or after `asOf`, where evidence is judged at `asOf`.
 */
export interface CedarOracle {
  ask(staffId: string, docType: string, at: number, part?: Part): "ALLOW" | "DENY" | "UNKNOWN";
  /** One call of Cedar: by what is known. */
  allows(staffId: string, docType: string, at: number): boolean;
}

let count = 0;

export function createCedarOracle(facts: SigningFacts, unit: string, asOf: number): CedarOracle {
  const names = { known: `known-${++count}`, open: `open-${count}` };
  for (const [kind, name] of Object.entries(names)) {
    const policies = listPolicies(facts, unit, asOf, kind === "open");
    const parsed = preparsePolicySet(name, { staticPolicies: policies.join("\n") });
    if (parsed.type === "failure") throw new Error(JSON.stringify(parsed.errors));
  }
  const isLimited = [...facts.grants, ...facts.carriage.flatMap(({ rights }) => rights)].some(({ narrowing }) => narrowing);
  const toDepartment = (key: string) => ({ type: "Department", id: key });
  const hierarchy = isLimited
    ? ["", ...departments, "trung-tam-pvhcc"].flatMap((key) => {
        if (key === undefined || facts.tree?.renamed.has(key)) return [];
        const parent = facts.tree?.parents.get(key);
        return [{ uid: toDepartment(key), attrs: {}, parents: parent === undefined ? [] : [toDepartment(parent)] }];
      })
    : [];
  const isAllowed = (set: string, staffId: string, docType: string, now: number, part: Part = {}): boolean => {
    const place = { __entity: toDepartment(listAbove(facts, part.department, now)[0] ?? "") };
    const answer = statefulIsAuthorized({
      principal: { type: "Staff", id: staffId },
      action: { type: "Action", id: "sign" },
      resource: { type: "DocType", id: docType },
      context: isLimited ? { now, department: place, procedure: part.procedure ?? "" } : { now },
      preparsedPolicySetId: set,
      entities: hierarchy,
    });
    if (answer.type === "failure") throw new Error(JSON.stringify(answer.errors));
    if (answer.response.diagnostics.errors.length > 0) throw new Error(JSON.stringify(answer.response.diagnostics.errors));
    return answer.response.decision === "allow";
  };
  return {
    allows: (staffId, docType, at) => isAllowed(names.known, staffId, docType, at),
    ask(staffId, docType, at, part) {
      if (at < asOf) throw new RangeError("asked about an instant before what is known");
      if (isAllowed(names.known, staffId, docType, at, part)) return "ALLOW";
      return isAllowed(names.open, staffId, docType, at, part) ? "UNKNOWN" : "DENY";
    },
  };
}

/** How many policies the unit has: the same slice for a bench. */
export function listPolicies(facts: SigningFacts, unit: string, asOf: number, open: boolean): string[] {
  const compile = createCompiler(facts, unit, asOf, open);
  const staff = listStaff(facts);
  const permit = (staffId: string, conditions: readonly string[]): string =>
    `permit(principal == Staff::${JSON.stringify(staffId)}, action == Action::"sign", resource) when { ${conditions.join(" && ")} };`;
  const native = staff.map((staffId) =>
    permit(staffId, [compile.holds(staffId, { position: "chu-tich" }), compile.ready(staffId)]),
  );
  const granted = facts.grants.flatMap((grant) =>
    staff
      .filter((staffId) => grant.person === undefined || grant.person === staffId)
      .filter((staffId) => facts.posts.some((post) => post.staffId === staffId && post.position === grant.to.position))
      .map((staffId) =>
        permit(staffId, [
          `[${listTypes(grant.docTypes)}].contains(resource)`,
          ...(grant.narrowing ? [limit(facts, grant.narrowing)] : []),
          compile.holds(staffId, grant.to),
          compile.notDeputy(staffId, grant),
          compile.alive(grant),
          grant.capacity === "Q" ? "true" : compile.carried(staffId, grant),
          compile.ready(staffId),
        ]),
      ),
  );
  return [...native, ...granted].filter((policy) => !policy.includes("{ false"));
}

function listTypes(mask: number): string {
  return docTypes
    .filter((_, bit) => (mask & (1 << bit)) !== 0)
    .map(({ key }) => `DocType::${JSON.stringify(key)}`)
    .join(", ");
}

/** The limit of a right in Cedar's own words: `in` of its hierarchy for departments, `contains` for procedures. */
function limit(facts: SigningFacts, narrowing: Narrowing | undefined): string {
  const { departments: some, exceptDepartments = [], procedures, exceptProcedures = [] } = narrowing ?? {};
  const nameOf = (key: string): string => facts.tree?.renamed.get(key) ?? key;
  const entity = (key: string): string => `Department::${JSON.stringify(nameOf(key))}`;
  const list = (keys: readonly string[]): string => `[${keys.map((key) => JSON.stringify(key)).join(", ")}]`;
  const brought = (facts.tree?.mergers ?? []).filter(({ from }) => exceptDepartments.some((key) => nameOf(key) === from));
  return all([
    ...(some ? [`context.department in [${some.map(entity).join(", ")}]`] : []),
    ...exceptDepartments.map((key) => `!(context.department in ${entity(key)})`),
    ...brought.map(({ to, on }) => `!(context.now >= ${on} && context.department in ${entity(to)})`),
    ...(procedures ? [`${list(procedures)}.contains(context.procedure)`] : []),
    ...(exceptProcedures.length > 0 ? [`!${list(exceptProcedures)}.contains(context.procedure)`] : []),
  ]);
}

function within(from: number, to: number): string {
  const parts = [
    ...(Number.isFinite(from) ? [`context.now >= ${from}`] : []),
    ...(Number.isFinite(to) ? [`context.now < ${to}`] : []),
  ];
  return parts.length === 0 ? "true" : `(${parts.join(" && ")})`;
}

function any(parts: readonly string[]): string {
  return parts.length === 0 ? "false" : `(${parts.join(" || ")})`;
}

function all(parts: readonly string[]): string {
  return parts.length === 0 ? "true" : `(${parts.join(" && ")})`;
}

function createCompiler(facts: SigningFacts, unit: string, asOf: number, open: boolean) {
  const asked = { staffId: "", unit, bit: 0, at: Number.MAX_SAFE_INTEGER, asOf, evidenceAt: asOf };
  const unknown = open ? "true" : "false";
  const isFresh = (reading: { at: number; ttlMs: number }): boolean => asOf < reading.at + reading.ttlMs;

  const holds = (staffId: string, { position, department }: { position: string; department?: string }): string =>
    any(
      facts.posts
        .filter((post) => post.staffId === staffId && post.unit === unit && post.position === position)
        .filter((post) => department === undefined || post.department === department)
        .map((post) => within(day(post.from), post.to === undefined ? Infinity : day(post.to))),
    );

  const notDeputy = (staffId: string, grant: Grant): string =>
    grant.to.position === "giam-doc-trung-tam" && !facts.switches.deputyMayDirectCentre
      ? `!${holds(staffId, { position: "pho-chu-tich" })}`
      : "true";

  const inForce = (grant: Grant): number => {
    const certifies = (grant.docTypes & (1 << 14)) !== 0;
    if (grant.capacity !== "TUQ") return inForceFrom.decree30;
    if (certifies) return inForceFrom.decree280;
    return grant.to.position === "chuyen-vien" ? inForceFrom.law72 : inForceFrom.decree30;
  };

  const alive = (grant: Grant): string => {
    if (grant.recordedAt > asOf || !lawful(facts, grant, asked) || givenByNobody(facts, grant, asked)) return "false";
    const events = facts.events.filter((event) => event.grantId === grant.id && event.recordedAt <= asOf);
    const parent = facts.grants.find(({ id, recordedAt }) => id === grant.parent && recordedAt <= asOf);
    const approvals = events.filter((event) => event.kind === "approved" && event.recordedBy !== grant.recordedBy);
    return all([
      within(Math.max(startOf(grant), inForce(grant)), grant.validTo ?? Infinity),
      ...events.filter(({ kind }) => kind === "revoked").map(({ at }) => `context.now < ${at}`),
      ...events.filter(({ kind }) => kind === "suspended").map(({ at, until = Infinity }) => `!${within(at, until)}`),
      ...(grant.needsApproval ? [any(approvals.map(({ at }) => `context.now >= ${at}`))] : []),
      lasting(grant),
      ...(parent ? [alive(parent)] : []),
    ]);
  };

  const lasting = (grant: Grant): string => {
    const { tuqLapsesWithGrantor, tlSurvivesChairman } = facts.switches;
    if (grant.capacity === "TUQ" ? !tuqLapsesWithGrantor : grant.capacity !== "TL" || tlSurvivesChairman) return "true";
    const grantors = listStaff(facts).filter((staffId) => gives(facts, staffId, grant, startOf(grant), asked));
    if (grantors.length === 0) return "true";
    return any(
      grantors.flatMap((staffId) => [
        holds(staffId, grant.from),
        ...facts.grants
          .filter((acting) => acting.capacity === "Q" && acting.person === staffId && grant.from.position === "chu-tich")
          .map((acting) => all([holds(staffId, acting.to), notDeputy(staffId, acting), alive(acting)])),
      ]),
    );
  };

  const carried = (staffId: string, grant: Grant): string => {
    const reading = newest(
      facts.carriage.filter(({ system }) => system === facts.systemOf(unit)),
      asked,
    );
    if (!reading || !isFresh(reading)) return unknown;
    const rights = reading.rights.filter(
      (right) => right.active && right.staffId === staffId && right.unit === unit && right.capacity === grant.capacity,
    );
    return any(
      rights.map((right) =>
        all([
          `[${listTypes(right.docTypes)}].contains(resource)`,
          ...(right.narrowing ? [limit(facts, right.narrowing)] : []),
          within(right.from, right.to),
        ]),
      ),
    );
  };

  const ready = (staffId: string): string => {
    const away = facts.absences
      .filter((absence) => absence.staffId === staffId && absence.recordedAt <= asOf)
      .map(({ id, from, to }) => {
        const back = facts.returns.filter((each) => each.absenceId === id && each.recordedAt <= asOf).map(({ at }) => at);
        return `!${within(from, Math.min(to, ...back))}`;
      });
    const reading: PersonReading | undefined = newest(
      facts.people.filter((person) => person.system === facts.systemOf(unit) && person.staffId === staffId),
      asked,
    );
    if (!reading || !isFresh(reading)) return all([...away, unknown]);
    const certificate = reading.account?.certificate;
    if (!reading.account?.active || !certificate?.bound) return "false";
    return all([...away, within(certificate.notBefore ?? -Infinity, certificate.notAfter ?? Infinity)]);
  };

  return { holds, notDeputy, alive, carried, ready };
}
