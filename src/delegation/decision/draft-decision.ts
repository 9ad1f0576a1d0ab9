import { kindNames, type Unit } from "../../directory/unit.ts";
import type { Instant } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { Zone } from "../../platform/time.ts";
import { basisNames } from "../capacity.ts";
import { docTypes } from "../doc-types.ts";
import { findPositionOf, type Grant } from "../grant.ts";
import type { ScopeBook } from "../scope-book.ts";
import { toSignatureBlock } from "../signature-block.ts";
import type { Decision, DecisionKind } from "./decision.ts";
import { listBases } from "./list-bases.ts";
import { listParts } from "./list-parts.ts";
import { toCommittee, toPostText, toSignedName, toUnitText } from "./paper-names.ts";
import { formatPaperDate, formatPaperInstant, toPaperNumber, toPlaceName } from "./place-and-date.ts";

/** What the register's log was when the paper was drafted; `signers` is the SHA-256 of the trust file, where there is one. */
export interface LogState {
  readonly size: number;
  readonly head: string;
  readonly signers?: string;
}

export interface DecisionRequest {
  readonly grant: Grant;
  readonly parent?: Grant;
  /** As it is called on the paper's day. */
  readonly unit: Unit;
  /** Who holds the post that gives the right; undefined: nobody is known to, and the name stays free. */
  readonly signer?: string;
  /** Full names of those whose right it is. */
  readonly grantees: readonly string[];
  readonly number?: string;
  readonly date?: Instant;
  readonly place?: string;
  readonly zone: Zone;
  /** Names of departments and groups of procedures; the built-in ones without it. */
  readonly book?: ScopeBook;
  readonly log: LogState;
}

interface Shape {
  readonly kind: DecisionKind;
  readonly symbol: string;
  readonly title: string;
}

const shapes = {
  TUQ: { kind: "decision", symbol: "QĐ", title: "QUYẾT ĐỊNH" },
  KT: { kind: "notice", symbol: "TB", title: "THÔNG BÁO" },
  TL: { kind: "clause", symbol: "QĐ", title: "DỰ THẢO ĐIỀU KHOẢN" },
} as const satisfies Record<string, Shape>;

/**
 * The paper of a grant: a decision for TUQ., an assignment notice for KT., a proposed clause of the regulation for TL. Number, day and signature stay
 * free unless they are given: numbering is the document system's, after signing (NĐ 30/2020 Điều 15). Failure kinds: invalid (Q. is another body's
 * decision), usage (a number no document can bear).
 */
export function draftDecision(request: DecisionRequest): Decision {
  const { grant, unit, zone } = request;
  if (grant.capacity === "Q") throw new Failure("invalid", noPaper);
  const shape = shapes[grant.capacity];
  const byDepartment = findPositionOf(grant.from)?.rank === "department-head";
  const number = toPaperNumber(request.number, `${shape.symbol}-${byDepartment ? "VP" : "UBND"}`);
  if (number === undefined) throw new Failure("usage", badNumber(request.number ?? ""));
  const committee = toCommittee(unit).toUpperCase();
  const giver = toPostText(grant.from, unit);
  return {
    kind: shape.kind,
    parent: byDepartment ? committee : undefined,
    agency: byDepartment ? ["VĂN PHÒNG"] : ["ỦY BAN NHÂN DÂN", toUnitText(unit).toUpperCase()],
    number,
    placeAndDate: `${request.place ?? toPlaceName(unit)}, ${formatPaperDate(request.date, zone)}`,
    title: shape.title,
    abstract: toAbstract(request),
    authority: giver.toUpperCase(),
    bases: listBases(request),
    verdict: shape.kind === "decision" ? "QUYẾT ĐỊNH:" : undefined,
    parts: listParts(request, shape.kind),
    signature: {
      lines: toSignatureBlock({
        capacity: byDepartment ? "TL" : "HEAD",
        docType: letter,
        from: { position: "chu-tich" },
        to: grant.from,
      }),
      name: request.signer === undefined ? undefined : toSignedName(request.signer),
    },
    recipients: [
      shape.kind === "decision" ? "Như Điều 4;" : "Như mục 4;",
      `Thường trực HĐND ${kindNames[unit.kind].toLowerCase()} (để b/c);`,
      "Lưu: VT, VP (……).",
    ],
    footer: toFooter(request),
  };
}

const letter = docTypes[0]!;

function toAbstract({ grant, unit }: DecisionRequest): string {
  const committee = toCommittee(unit);
  if (grant.capacity === "TUQ") return `Về việc ủy quyền ký văn bản của ${committee}`;
  if (grant.capacity === "KT") return `Về việc phân công ký thay ${toPostText(grant.from, unit)}`;
  return `Về ký thừa lệnh Chủ tịch, đề xuất đưa vào ${basisNames[grant.basis.kind].vi} của ${committee}`;
}

function toFooter({ grant, log, zone }: DecisionRequest): string[] {
  const { basis } = grant;
  const rests = [
    `${basisNames[basis.kind].vi}`,
    basis.number && `số ${basis.number}`,
    basis.date !== undefined && formatPaperDate(basis.date, zone),
    basis.clause && `(${basis.clause})`,
    basis.signedAt !== undefined && `ký ${formatPaperInstant(basis.signedAt, zone)}`,
    basis.sha256 && `SHA-256 ${basis.sha256}`,
  ];
  return [
    `Bản thảo của wardctl, người có thẩm quyền rà soát trước khi ký. Quyền ${grant.id}${grant.parent ? `, giao lại từ ${grant.parent}` : ""}; đơn vị ${grant.unit}${grant.person ? `; mã cán bộ ${grant.person}` : ""}; căn cứ đã ghi: ${rests.filter(Boolean).join(" ")}; bộ quy tắc ${grant.ruleset}; ghi bởi ${grant.recordedBy}, ${formatPaperInstant(grant.recordedAt, zone)}.`,
    `Nhật ký: ${log.size} dòng, mã cuối ${log.head.slice(0, 16)}; SHA-256 của allowed_signers: ${log.signers ?? "chưa có"}.`,
  ];
}

const noPaper = {
  vi: "quyền Q. do cấp có thẩm quyền quyết định bổ nhiệm, wardctl không thảo văn bản đó",
  en: "Q. rests on the appointing authority's own decision; wardctl drafts no paper for it",
};
const badNumber = (text: string) => ({
  vi: `--number: '${text}' không phải số văn bản; viết 05 hoặc 05/QĐ-UBND`,
  en: `--number: '${text}' is no document number; write 05 or 05/QĐ-UBND`,
});
