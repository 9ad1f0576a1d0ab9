import { formatDate } from "../platform/format.ts";
import { readInstant, type Zone } from "../platform/time.ts";
import { both, joinWords, verbatim, type Words } from "../platform/words.ts";
import { type BasisKind, basisNames, capacityNames, type GrantedCapacity } from "./capacity.ts";
import type { DenyCode } from "./deny-codes.ts";
import { allDocTypes, certificationTypes, listKeys } from "./doc-types.ts";
import { type Basis, findPositionOf, type Grant, type PostRef, toEffectiveStart } from "./grant.ts";
import { always, type Interval, type Intervals, intersect } from "./interval.ts";
import { type CapacityRule, capacityRules, citations, listRulesFor, type RuleCode } from "./rules.ts";
import { flatTree, isInsideScope, type ScopeTree } from "./scope.ts";

/** What a grant leaves open or gets wrong. `field` is the column of the grants file that mends it. */
export interface GrantFault {
  readonly code: DenyCode;
  readonly rule: RuleCode;
  readonly field: string;
  readonly message: Words;
}

export interface Judgement {
  /** The row of the rules it falls under. */
  readonly rule?: CapacityRule;
  readonly faults: readonly GrantFault[];
  /** When the row of the rules is in force. */
  readonly inForce: Intervals;
}

/** As much of a grant as its own papers are judged by. */
type Judgeable = Pick<Grant, "basis" | "capacity" | "validTo" | "docTypes" | "person">;

export type JudgedGrant = Omit<Grant, "id" | "needsApproval" | "ruleset" | "recordedAt" | "recordedBy">;

/** Is this grant lawful in itself: capacity for the posts, basis, window, scope, and what it is passed on from. All faults. */
export function judgeGrant(
  grant: JudgedGrant,
  zone: Zone,
  findGrant: (id: string) => JudgedGrant | undefined,
  tree: ScopeTree = flatTree,
): Judgement {
  const fromRank = findPositionOf(grant.from)?.rank;
  const toRank = findPositionOf(grant.to)?.rank;
  const byPost = listRulesFor(grant.capacity, fromRank, toRank);
  if (byPost.length === 0) {
    const rows = capacityRules.filter((row) => row.capacity === grant.capacity);
    return { faults: [wrongPost(grant, rows)], inForce: [] };
  }
  const certifies = (grant.docTypes & certificationTypes) !== 0;
  const rule = certifies ? byPost.find((row) => row.certification) : byPost[0];
  if (!rule) return { faults: [noCertification(grant, byPost[0] as CapacityRule)], inForce: [] };
  const missing = listMissing(grant, rule);
  const misplaced = judgeParent(grant, rule, findGrant, tree);
  const faults = missing.length + misplaced.length === 0 ? none : [...missing, ...misplaced];
  return { rule, faults, inForce: toInForce(rule, zone) };
}

const none: readonly GrantFault[] = [];

/**
 * The faults of a grant that is about to be recorded: the above, a start before the rule it rests on was in force, and a giver who
 * was not in office (C7), where that is known.
 */
export function listGrantFaults(
  grant: JudgedGrant,
  zone: Zone,
  findGrant: (id: string) => JudgedGrant | undefined,
  wasInOffice: (grant: JudgedGrant) => boolean = () => true,
  tree: ScopeTree = flatTree,
): GrantFault[] {
  const { rule, faults: own, inForce } = judgeGrant(grant, zone, findGrant, tree);
  const start = toEffectiveStart(grant);
  const span: Interval = { from: start, to: start + 1 };
  const day = (at: number): Words => both((lang) => formatDate(at, zone, lang));
  const faults = [...own];
  if (rule && own.length === 0 && !wasInOffice(grant)) {
    const giver = findPositionOf(grant.from)?.name ?? verbatim(grant.from.position);
    const issued = day(grant.basis.signedAt ?? grant.basis.date ?? start);
    faults.push(
      fault("DEL-GRANTOR", rule.code, "basis_date", {
        vi: `ngày ${issued.vi} không có ai giữ chức vụ ${giver.vi} để ký văn bản này`,
        en: `on ${issued.en} nobody held the post of ${giver.en} to sign this paper`,
      }),
    );
  }
  if (!rule || intersect(inForce, [span]).length > 0) return faults;
  const since = inForce[0] as Interval;
  return [
    ...faults,
    fault("DEL-CAPACITY", rule.code, "from", {
      vi: `căn cứ chỉ có hiệu lực từ ${day(since.from).vi}; quyền này bắt đầu ${day(start).vi}`,
      en: `the legal basis is in force only from ${day(since.from).en}; this grant starts ${day(start).en}`,
    }),
  ];
}

const inForceIn = new WeakMap<Zone, Map<CapacityRule, Intervals>>();

/** When a row of the rules is in force. */
export function toInForce(rule: CapacityRule, zone: Zone): Intervals {
  const known = inForceIn.get(zone) ?? new Map<CapacityRule, Intervals>();
  inForceIn.set(zone, known);
  const inForce = known.get(rule) ?? readInForce(rule, zone);
  known.set(rule, inForce);
  return inForce;
}

function readInForce(rule: CapacityRule, zone: Zone): Intervals {
  const from = readInstant(rule.effectiveFrom, zone) as number;
  const to = rule.effectiveTo === undefined ? Number.POSITIVE_INFINITY : (readInstant(rule.effectiveTo, zone) as number);
  return intersect(always, [{ from, to }]);
}

function fault(code: DenyCode, rule: RuleCode, field: string, message: Words): GrantFault {
  const cited = { vi: ` (${citations[rule].vi})`, en: ` (${citations[rule].en})` };
  return { code, rule, field, message: { vi: message.vi + cited.vi, en: message.en + cited.en } };
}

function wrongPost({ capacity, from, to }: Pick<Grant, "capacity" | "from" | "to">, rows: readonly CapacityRule[]): GrantFault {
  const rank = findPositionOf(to)?.rank;
  if ((capacity === "TUQ" || capacity === "TL") && (rank === "deputy" || rank === "department-deputy")) {
    // C5: the law assigns a deputy, it does not delegate to one.
    const name = findPositionOf(to)?.name ?? verbatim(to.position);
    return fault("DEL-CAPACITY", "D30-13.1", "capacity", {
      vi: `cấp phó (${name.vi}) không ký ${capacity}.; cấp phó được phân công và ký thay: dùng KT`,
      en: `a deputy (${name.en}) never signs ${capacity}.; deputies are assigned and sign in the head's stead: use KT`,
    });
  }
  const rule = rows[0]?.code ?? "D30-13.1";
  const name = capacityNames[capacity];
  return fault("DEL-CAPACITY", rule, "capacity", {
    vi: `${capacity}. (${name.vi}) không giao được từ '${from.position}' cho '${to.position}'`,
    en: `${capacity}. (${name.en}) cannot be given from '${from.position}' to '${to.position}'`,
  });
}

function noCertification({ capacity }: JudgedGrant, rule: CapacityRule): GrantFault {
  return fault("DEL-CAPACITY", rule.code, "doc_types", {
    vi: `chứng thực không giao được bằng ${capacity}.; tách '${listKeys(certificationTypes).join(", ")}' ra khỏi danh sách`,
    en: `certification cannot be given by ${capacity}.; take '${listKeys(certificationTypes).join(", ")}' out of the list`,
  });
}

function listMissing(grant: Judgeable, rule: CapacityRule): GrantFault[] {
  const { basis, capacity } = grant;
  const faults: GrantFault[] = [];
  const add = (code: DenyCode, field: string, message: Words): void => void faults.push(fault(code, rule.code, field, message));
  const needs = (field: string, what: Words): void =>
    add("DEL-CAPACITY", field, {
      vi: `${capacity} cần '${field}': ${what.vi}`,
      en: `capacity ${capacity} needs '${field}': ${what.en}`,
    });
  const regulation = rule.needsClause === true;
  if (!rule.basis.includes(basis.kind)) {
    if (regulation) {
      add("DEL-TL-NO-REGULATION", "basis_kind", {
        vi: "ký thừa lệnh phải do Quy chế làm việc hoặc Quy chế công tác văn thư quy định; sửa hoặc viện dẫn quy chế, đừng chuyển thành TUQ",
        en: "signing by order must stand in the working or clerical regulation; amend or cite the regulation, do not make it a TUQ",
      });
    } else {
      const names = joinWords(
        rule.basis.map((kind) => both((lang) => `${kind} (${basisNames[kind][lang]})`)),
        ", ",
      );
      needs("basis_kind", names);
    }
  } else if (regulation && !basis.clause) {
    add("DEL-TL-NO-REGULATION", "clause", {
      vi: "ký thừa lệnh cần điều khoản của quy chế nêu các loại văn bản, ví dụ 'khoản 2 Điều 7'; sửa hoặc viện dẫn quy chế, đừng chuyển thành TUQ",
      en: "signing by order needs the clause of the regulation that names the types, such as 'khoản 2 Điều 7'; amend or cite the regulation, do not make it a TUQ",
    });
  }
  if (!basis.number) needs("basis_number", { vi: "số của văn bản làm căn cứ", en: "the number of the paper it rests on" });
  if (basis.date === undefined)
    needs("basis_date", { vi: "ngày của văn bản làm căn cứ", en: "the date of the paper it rests on" });
  if (rule.needsEnd && grant.validTo === undefined)
    needs("to", { vi: "ủy quyền luôn có thời hạn", en: "delegation is always limited in time" });
  if (grant.docTypes === 0 || (rule.needsTypes && grant.docTypes === allDocTypes)) {
    needs("doc_types", { vi: "danh sách loại văn bản, không phải tất cả", en: "a list of document types, not all of them" });
  }
  if (rule.needsLegalBasis && !basis.legalBasis) {
    needs("legal_basis", {
      vi: "người nhận không phải người đứng đầu nên phải nêu căn cứ pháp luật cho phép",
      en: "the grantee heads nothing, so the law that allows it must be named",
    });
  }
  if (rule.needsPerson && !grant.person)
    needs("person", { vi: "người được giao quyền đứng đầu", en: "the person who is given the head's powers" });
  return faults;
}

/** What can be read of a grant although its post, unit or days cannot. */
interface PartlyRead {
  readonly capacity?: GrantedCapacity;
  readonly from?: PostRef;
  readonly to?: PostRef;
  readonly validTo?: number;
  readonly docTypes?: number;
  readonly person?: string;
  readonly basis: Partial<Basis>;
}

/** Faults that it has whatever the rest would say: those under every rule that it could still fall under. */
export function listCertainFaults(read: PartlyRead): GrantFault[] {
  const { capacity, from, to, basis, docTypes = 1 } = read;
  if (capacity === undefined) return [];
  const rank = (post: PostRef | undefined) => (post === undefined ? undefined : findPositionOf(post)?.rank);
  const [fromRank, toRank] = [rank(from), rank(to)];
  const certifies = (docTypes & certificationTypes) !== 0;
  const possible = capacityRules.filter(
    (rule) =>
      rule.capacity === capacity &&
      (fromRank === undefined || rule.fromRanks.includes(fromRank)) &&
      (toRank === undefined || rule.toRanks.includes(toRank)) &&
      (!certifies || rule.certification),
  );
  if (from && to && listRulesFor(capacity, fromRank, toRank).length === 0) {
    const rows = capacityRules.filter((rule) => rule.capacity === capacity);
    return [wrongPost({ capacity, from, to }, rows)];
  }
  const known = { ...read, capacity, docTypes };
  const [first, ...rest] = possible.map((rule) => {
    // Which paper it rests on is not known: as if it were the right one.
    const kind = basis.kind ?? (rule.basis[0] as BasisKind);
    return listMissing({ ...known, basis: { ...basis, kind } }, rule);
  });
  return (first ?? []).filter(({ field }) => rest.every((faults) => faults.some((each) => each.field === field)));
}

/** NĐ 30/2020 Điều 13.3, 13.4: delegation is never passed on; a standing order once, to the holder's own deputy, and no wider. */
function judgeParent(
  grant: JudgedGrant,
  rule: CapacityRule,
  findGrant: (id: string) => JudgedGrant | undefined,
  tree: ScopeTree,
): readonly GrantFault[] {
  const parent = grant.parent === undefined ? undefined : findGrant(grant.parent);
  if (!rule.passedOn) {
    if (grant.parent === undefined) return none;
    return [
      fault("DEL-DEPTH", rule.code, "parent", {
        vi: `${grant.capacity} không được giao lại từ quyền khác`,
        en: `${grant.capacity} is never passed on from another grant`,
      }),
    ];
  }
  const own = parent?.capacity === "TL" && parent.unit === grant.unit && isSamePost(parent.to, grant.from);
  if (!own || grant.to.department !== grant.from.department) {
    return [
      fault("DEL-DEPTH", rule.code, "parent", {
        vi: "ký thay cấp trưởng phòng phải dựa trên quyền thừa lệnh (TL) của chính cấp trưởng đó; nêu mã quyền ở 'parent'",
        en: "signing in a department head's stead rests on that head's own TL grant; name its id in 'parent'",
      }),
    ];
  }
  const outside = (grant.docTypes & ~parent.docTypes) >>> 0;
  const end = (g: JudgedGrant): number => g.validTo ?? Number.POSITIVE_INFINITY;
  const isInside = parent.narrowing === undefined || isInsideScope(grant.narrowing, parent.narrowing, tree);
  if (outside === 0 && isInside && toEffectiveStart(grant) >= toEffectiveStart(parent) && end(grant) <= end(parent)) return [];
  const types = listKeys(outside).join(", ");
  if (types === "" && !isInside) return [widerPart(grant, parent, rule, tree)];
  return [
    fault("DEL-CHILD-WIDER", rule.code, types ? "doc_types" : "to", {
      vi: types ? `quyền gốc không có: ${types}` : "thời hạn vượt quá quyền gốc",
      en: types ? `the grant it comes from does not hold: ${types}` : "the window goes beyond the grant it comes from",
    }),
  ];
}

function widerPart(grant: JudgedGrant, parent: JudgedGrant, rule: CapacityRule, tree: ScopeTree): GrantFault {
  const { departments, exceptDepartments } = parent.narrowing ?? {};
  const byDepartment = !isInsideScope(grant.narrowing, { departments, exceptDepartments }, tree);
  return fault("DEL-CHILD-WIDER", rule.code, byDepartment ? "departments" : "procedures", {
    vi: byDepartment ? "phòng, ban rộng hơn quyền gốc" : "nhóm thủ tục rộng hơn quyền gốc",
    en: byDepartment ? "its departments go beyond the grant it comes from" : "its procedures go beyond the grant it comes from",
  });
}

function isSamePost(a: PostRef, b: PostRef): boolean {
  return a.position === b.position && a.department === b.department;
}
