import type { SigningFacts } from "../../src/delegation/facts.ts";
import type { Grant } from "../../src/delegation/grant.ts";
import type { Narrowing } from "../../src/delegation/scope.ts";
import type { Post } from "../../src/directory/person.ts";
import { departments, procedures } from "./signing-parts.ts";

/**
 * Who may sign, as the formal model defines it and as slowly as it reads (delegate.md §2, §3.2): one instant at a time, no intervals,
 * no index, nothing of the engine but its plain data. It knows the posts of `definition.test.ts` only.
 */
export interface Asked {
  readonly staffId: string;
  readonly unit: string;
  /** Bit of the type. */
  readonly bit: number;
  readonly at: number;
  readonly asOf: number;
  /** Where evidence is judged. */
  readonly evidenceAt: number;
  readonly department?: string;
  readonly procedure?: string;
}

export type Truth = "yes" | "no" | "unknown";

const days = new Map<string, number>();
const certification = 1 << 14;
const allTypes = 0x7fff;
const departmentHeads = ["chanh-van-phong", "giam-doc-trung-tam", "truong-phong"];
export const inForceFrom = { decree30: day("2020-03-05"), law72: day("2025-06-16"), decree280: day("2025-11-01") };

export function maySign(facts: SigningFacts, asked: Asked): Truth {
  const ways = [byOffice(facts, asked), ...facts.grants.map((grant) => byGrant(facts, grant, asked))];
  return ways.includes("yes") ? "yes" : ways.includes("unknown") ? "unknown" : "no";
}

function every(truths: readonly (boolean | Truth)[]): Truth {
  if (truths.some((truth) => truth === false || truth === "no")) return "no";
  return truths.includes("unknown") ? "unknown" : "yes";
}

function byOffice(facts: SigningFacts, asked: Asked): Truth {
  return holds(facts, asked.staffId, asked.unit, { position: "chu-tich" }, asked.at) ? ready(facts, asked) : "no";
}

function byGrant(facts: SigningFacts, grant: Grant, asked: Asked): Truth {
  const { staffId, unit, at, bit } = asked;
  // One after the other, cheap ones first: any that fails makes it a no, whatever the rest would say.
  if (grant.unit !== unit || (grant.docTypes & bit) === 0 || !covers(facts, grant.narrowing, asked)) return "no";
  if (grant.person !== undefined && grant.person !== staffId) return "no";
  if (!holds(facts, staffId, unit, grant.to, at)) return "no";
  const s2 = grant.to.position === "giam-doc-trung-tam" && !facts.switches.deputyMayDirectCentre;
  if (s2 && holds(facts, staffId, unit, { position: "pho-chu-tich" }, at)) return "no";
  const means = ready(facts, asked);
  if (means === "no" || !alive(facts, grant, asked)) return "no";
  return every([means, grant.capacity === "Q" ? true : carried(facts, grant, asked)]);
}

/** Where a department stands at an instant: by its name of now, in what it was merged into, and above that what it lies in. */
export function listAbove(facts: SigningFacts, department: string | undefined, at: number): string[] {
  if (department === undefined) return [];
  const name = facts.tree?.renamed.get(department) ?? department;
  const merged = facts.tree?.mergers.find(({ from, on }) => from === name && on <= at);
  if (merged) return listAbove(facts, merged.to, at);
  return [name, ...listAbove(facts, facts.tree?.parents.get(name), at)];
}

/** Excepted is what lies in something excepted, and what something of it was merged into. */
export function covers(
  facts: SigningFacts,
  narrowing: Narrowing | undefined,
  { department, procedure, at }: Pick<Asked, "department" | "procedure" | "at">,
): boolean {
  const { departments, exceptDepartments = [], procedures, exceptProcedures = [] } = narrowing ?? {};
  if (procedures && (procedure === undefined || !procedures.includes(procedure))) return false;
  if (procedure !== undefined && exceptProcedures.includes(procedure)) return false;
  const above = listAbove(facts, department, at);
  const nameOf = (key: string) => facts.tree?.renamed.get(key) ?? key;
  if (departments && !departments.some((key) => above.includes(nameOf(key)))) return false;
  return !exceptDepartments.some((key) => above.includes(nameOf(key)) || above.includes(listAbove(facts, key, at)[0] as string));
}

function alive(facts: SigningFacts, grant: Grant, asked: Asked): boolean {
  const { at, asOf } = asked;
  const events = facts.events.filter((event) => event.grantId === grant.id && event.recordedAt <= asOf);
  if (grant.recordedAt > asOf || !lawful(facts, grant, asked)) return false;
  if (at < startOf(grant) || (grant.validTo !== undefined && at >= grant.validTo)) return false;
  if (events.some((event) => event.kind === "revoked" && event.at <= at)) return false;
  if (events.some((event) => event.kind === "suspended" && event.at <= at && at < (event.until ?? Infinity))) return false;
  const approved = events.some((event) => event.kind === "approved" && event.recordedBy !== grant.recordedBy && event.at <= at);
  if (grant.needsApproval && !approved) return false;
  if (givenByNobody(facts, grant, asked) || lapsed(facts, grant, asked)) return false;
  const parent = facts.grants.find(({ id, recordedAt }) => id === grant.parent && recordedAt <= asOf);
  return parent === undefined || alive(facts, parent, asked);
}

export function startOf(grant: Grant): number {
  return Math.max(grant.validFrom, grant.basis.date ?? -Infinity, grant.basis.signedAt ?? -Infinity);
}

/** In the post, or acting for its head (Q.). */
export function gives(facts: SigningFacts, staffId: string, grant: Grant, at: number, asked: Asked): boolean {
  if (holds(facts, staffId, grant.unit, grant.from, at)) return true;
  if (grant.from.position !== "chu-tich") return false;
  return facts.grants.some(
    (acting) =>
      acting.capacity === "Q" &&
      acting.unit === grant.unit &&
      acting.person === staffId &&
      holds(facts, staffId, acting.unit, acting.to, at) &&
      (acting.to.position !== "giam-doc-trung-tam" ||
        facts.switches.deputyMayDirectCentre ||
        !holds(facts, staffId, acting.unit, { position: "pho-chu-tich" }, at)) &&
      alive(facts, acting, { ...asked, at }),
  );
}

export function listStaff(facts: SigningFacts): string[] {
  return [...new Set(facts.posts.map(({ staffId }) => staffId))];
}

/** C7, where the register knows of somebody who gave before that day: terms here begin in July or in November and end once. */
export function givenByNobody(facts: SigningFacts, grant: Grant, asked: Asked): boolean {
  if (grant.capacity === "Q") return false;
  const issuedAt = grant.basis.signedAt ?? grant.basis.date ?? startOf(grant);
  const anybody = (at: number): boolean => listStaff(facts).some((staffId) => gives(facts, staffId, grant, at, asked));
  return anybody(day("2025-08-01")) && !anybody(issuedAt);
}

/** s1, s3: whoever gave it held the office when it began; it is over when none of them does. */
function lapsed(facts: SigningFacts, grant: Grant, asked: Asked): boolean {
  const { tuqLapsesWithGrantor, tlSurvivesChairman } = facts.switches;
  const lapses = grant.capacity === "TUQ" ? tuqLapsesWithGrantor : grant.capacity === "TL" && !tlSurvivesChairman;
  if (!lapses) return false;
  const grantors = listStaff(facts).filter((staffId) => gives(facts, staffId, grant, startOf(grant), asked));
  return grantors.length > 0 && !grantors.some((staffId) => gives(facts, staffId, grant, asked.at, asked));
}

/** By trying every document there can be, before and after every merger. */
function isNarrower(facts: SigningFacts, inner: Narrowing | undefined, outer: Narrowing | undefined): boolean {
  const edges = (facts.tree?.mergers ?? []).flatMap(({ on }) => [on - 1, on]);
  return [0, ...edges].every((at) =>
    everyDepartment.every((department) =>
      procedures.every((procedure) => {
        const asked = { department, procedure, at };
        return !covers(facts, inner, asked) || covers(facts, outer, asked);
      }),
    ),
  );
}

const everyDepartment = [...departments, "trung-tam-pvhcc"];

export function lawful(facts: SigningFacts, grant: Grant, { at, asOf }: Asked): boolean {
  const { basis, capacity, docTypes, from, to } = grant;
  const certifies = (docTypes & certification) !== 0;
  if (!basis.number || basis.date === undefined || docTypes === 0 || at < inForceFrom.decree30) return false;
  const fromHead = from.position === "chu-tich";
  const toHead = departmentHeads.includes(to.position);
  const toDeputy = to.position === "pho-chu-tich";
  if (capacity === "Q") {
    return fromHead && (toDeputy || toHead) && basis.kind === "quyet-dinh" && grant.person !== undefined && !grant.parent;
  }
  if (capacity === "KT" && fromHead) {
    return toDeputy && ["phan-cong", "quyet-dinh", "quy-che-lam-viec"].includes(basis.kind) && !grant.parent;
  }
  if (capacity === "KT") {
    const parent = facts.grants.find(({ id, recordedAt }) => id === grant.parent && recordedAt <= asOf);
    return (
      from.position === "chanh-van-phong" &&
      to.position === "pho-chanh-van-phong" &&
      !certifies &&
      parent?.capacity === "TL" &&
      parent.unit === grant.unit &&
      parent.to.position === "chanh-van-phong" &&
      (docTypes & ~parent.docTypes) === 0 &&
      isNarrower(facts, grant.narrowing, parent.narrowing) &&
      startOf(grant) >= startOf(parent) &&
      (grant.validTo ?? Infinity) <= (parent.validTo ?? Infinity)
    );
  }
  if (!fromHead || grant.parent || docTypes === allTypes) return false;
  if (capacity === "TL") {
    return toHead && ["quy-che-lam-viec", "quy-che-van-thu"].includes(basis.kind) && !!basis.clause && !certifies;
  }
  if (basis.kind !== "quyet-dinh" || grant.validTo === undefined) return false;
  if (certifies) return (toHead || to.position === "chuyen-vien") && !!basis.legalBasis && at >= inForceFrom.decree280;
  return toHead || (to.position === "chuyen-vien" && !!basis.legalBasis && at >= inForceFrom.law72);
}

export function newest<T extends { at: number; recordedAt: number }>(
  readings: readonly T[],
  { evidenceAt, asOf }: Asked,
): T | undefined {
  const usable = readings.filter((reading) => reading.at <= evidenceAt && reading.recordedAt <= asOf);
  return usable.toSorted((a, b) => b.at - a.at || b.recordedAt - a.recordedAt)[0];
}

function carried(facts: SigningFacts, grant: Grant, asked: Asked): Truth {
  const reading = newest(
    facts.carriage.filter(({ system }) => system === facts.systemOf(asked.unit)),
    asked,
  );
  if (!reading || asked.evidenceAt >= reading.at + reading.ttlMs) return "unknown";
  const right = reading.rights.some(
    (each) =>
      each.active &&
      each.staffId === asked.staffId &&
      each.unit === asked.unit &&
      each.capacity === grant.capacity &&
      (each.docTypes & asked.bit) !== 0 &&
      covers(facts, each.narrowing, asked) &&
      each.from <= asked.at &&
      asked.at < each.to,
  );
  return right ? "yes" : "no";
}

function away(facts: SigningFacts, { staffId, at, asOf }: Asked): boolean {
  return facts.absences.some(
    (absence) =>
      absence.staffId === staffId &&
      absence.recordedAt <= asOf &&
      absence.from <= at &&
      at < absence.to &&
      !facts.returns.some((back) => back.absenceId === absence.id && back.recordedAt <= asOf && back.at <= at),
  );
}

function ready(facts: SigningFacts, asked: Asked): Truth {
  if (away(facts, asked)) return "no";
  const own = facts.people.filter(({ system, staffId }) => system === facts.systemOf(asked.unit) && staffId === asked.staffId);
  const reading = newest(own, asked);
  if (!reading || asked.evidenceAt >= reading.at + reading.ttlMs) return "unknown";
  const certificate = reading.account?.certificate;
  if (!reading.account?.active || !certificate?.bound) return "no";
  const { notBefore = -Infinity, notAfter = Infinity } = certificate;
  return notBefore <= asked.at && asked.at < notAfter ? "yes" : "no";
}

function holds(
  facts: SigningFacts,
  staffId: string,
  unit: string,
  { position, department }: { readonly position: string; readonly department?: string },
  at: number,
): boolean {
  return facts.posts.some(
    (post: Post) =>
      post.staffId === staffId &&
      post.unit === unit &&
      post.position === position &&
      (department === undefined || post.department === department) &&
      day(post.from) <= at &&
      (post.to === undefined || at < day(post.to)),
  );
}

export function day(text: string): number {
  const known = days.get(text) ?? Date.parse(`${text}T00:00:00+07:00`);
  days.set(text, known);
  return known;
}
