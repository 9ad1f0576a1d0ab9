import { type GrantedCapacity, grantedCapacities } from "../../src/delegation/capacity.ts";
import type { Desk } from "../../src/delegation/desk.ts";
import { listKeys } from "../../src/delegation/doc-types.ts";
import type { Register } from "../../src/delegation/facts.ts";
import { findPositionOf, formatPostRef, type PostRef } from "../../src/delegation/grant.ts";
import type { GrantText } from "../../src/delegation/grant-columns.ts";
import { toFlagText } from "../../src/delegation/grant-columns.ts";
import { contains } from "../../src/delegation/interval.ts";
import { toLive } from "../../src/delegation/legal.ts";
import { readGrants } from "../../src/delegation/read-grants.ts";
import { narrowingColumns } from "../../src/delegation/read-narrowing.ts";
import type { Draft } from "../../src/delegation/record-grants.ts";
import { listRulesFor } from "../../src/delegation/rules.ts";
import { narrowingMembers } from "../../src/delegation/scope.ts";
import type { Person } from "../../src/directory/person.ts";
import type { Rank } from "../../src/directory/position.ts";
import { formatUnitName, type Unit } from "../../src/directory/unit.ts";
import type { Instant } from "../../src/platform/clock.ts";
import { Failure } from "../../src/platform/failure.ts";
import { toIso } from "../../src/platform/time.ts";
import type { Workspace } from "../../src/workspace/open-workspace.ts";
import { absenceWords as words } from "./absence-words.ts";
import { delegateWords } from "./words.ts";

export interface CoverOptions {
  readonly capacity?: string;
  readonly docTypes?: string;
  readonly basisKind?: string;
  readonly basisNumber?: string;
  readonly basisDate?: string;
  readonly clause?: string;
  readonly legalBasis?: string;
}

interface CoverRequest {
  readonly workspace: Workspace;
  readonly desk: Desk;
  readonly register: Register;
  readonly unit: Unit;
  readonly absent: Person;
  readonly cover: Person;
  readonly from: Instant;
  readonly to: Instant;
}

const order: readonly Rank[] = ["head", "deputy", "department-head", "department-deputy", "clerk", "officer"];

/**
 * The grant of who stands in, in the capacity that the law has between the two posts: passed on by the one who is away where that is
 * allowed (a department head to the own deputy), else given by the head. Judged as every grant. Failure kinds: usage, invalid.
 */
export async function readCover(options: CoverOptions, request: CoverRequest): Promise<Draft> {
  const { workspace, desk, register, unit, absent, cover, from, to } = request;
  if (cover.staffId === absent.staffId) throw new Failure("usage", words.self);
  const absentPost = needPost(register, absent, unit, from);
  const coverPost = needPost(register, cover, unit, from);
  const isOwnDeputy =
    absentPost.department !== undefined &&
    absentPost.department === coverPost.department &&
    listRulesFor("KT", rankOf(absentPost), rankOf(coverPost)).some(({ passedOn }) => passedOn);
  const giver: PostRef = isOwnDeputy ? absentPost : { position: "chu-tich" };
  const capacity = options.capacity ?? findCapacity(giver, coverPost, options.basisKind);
  if (capacity === undefined) throw new Failure("usage", words.noCapacity(formatPostRef(coverPost)));
  const origin = isOwnDeputy ? findOrigin(register, absentPost, unit, from) : undefined;
  const types = options.docTypes ?? (origin && listKeys(origin.docTypes).join(","));
  if (types === undefined) throw new Failure("usage", words.needTypes);
  const cells: GrantText["cells"] = {
    unit: unit.code,
    from_position: formatPostRef(giver),
    to_position: formatPostRef(coverPost),
    capacity,
    doc_types: types,
    from: toIso(from, desk.zone),
    to: toIso(to, desk.zone),
    basis_kind: options.basisKind ?? "phan-cong",
    basis_number: options.basisNumber ?? "",
    basis_date: options.basisDate ?? "",
    clause: options.clause ?? "",
    legal_basis: options.legalBasis ?? "",
    person: cover.staffId,
    parent: origin?.id ?? "",
    // What is passed on reaches no further than what it comes from.
    ...Object.fromEntries(
      narrowingMembers.map((member) => [narrowingColumns[member], origin?.narrowing?.[member]?.join(",") ?? ""]),
    ),
  };
  const place = { directory: await workspace.directory(), choice: workspace.settings };
  const [read] = await readGrants(desk, [toFlagText(cells)], place);
  if (read?.grant) return read.grant;
  const faults = read?.faults ?? [];
  throw new Failure("invalid", delegateWords.faulty(faults.length), { faults });
}

/** The post somebody holds in the unit at that instant; of several the one that leads most. */
function needPost(register: Register, person: Person, unit: Unit, at: Instant): PostRef {
  const held = (register.holdingsOf.get(person.staffId) ?? [])
    .filter((holding) => holding.unit === unit.code && holding.from <= at && at < holding.to)
    .sort((a, b) => order.indexOf(a.rank) - order.indexOf(b.rank));
  const [first] = held;
  if (!first) throw new Failure("invalid", words.noPost(person.fullName, formatUnitName(unit)));
  return first.post;
}

function rankOf(post: PostRef): Rank | undefined {
  return findPositionOf(post)?.rank;
}

function findCapacity(from: PostRef, to: PostRef, basisKind = "phan-cong"): GrantedCapacity | undefined {
  return grantedCapacities.find(
    (capacity) =>
      capacity !== "Q" &&
      listRulesFor(capacity, rankOf(from), rankOf(to)).some(({ basis }) => basis.some((kind) => kind === basisKind)),
  );
}

/** The one standing order of the post that is alive then: what its holder may pass on. */
function findOrigin(register: Register, post: PostRef, unit: Unit, at: Instant) {
  const own = (register.grantsIn.get(unit.code) ?? []).filter(
    (grant) =>
      grant.capacity === "TL" &&
      grant.to.position === post.position &&
      grant.to.department === post.department &&
      contains(toLive(register, grant), at),
  );
  return own.length === 1 ? own[0] : undefined;
}
