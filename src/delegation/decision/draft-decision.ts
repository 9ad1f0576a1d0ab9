import { kindNames, type Unit } from "../../directory/unit.ts";
import type { Instant } from "../../platform/clock.ts";
import { Failure } from "../../platform/failure.ts";
import type { Zone } from "../../platform/time.ts";
import { basisNames } from "../capacity.ts";
import { type DocTypeMask, docTypes, listKeys } from "../doc-types.ts";
import { findPositionOf, type Grant, type PostRef, toEffectiveStart } from "../grant.ts";
import { createScopeBook, type NamedKey, type ScopeBook, sayName } from "../scope-book.ts";
import { scopeSettings } from "../scope-settings.ts";
import { toSignatureBlock } from "../signature-block.ts";
import type { Decision, DecisionKind, DecisionPart } from "./decision.ts";
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

/** A Law stands without number and issuer, everything else in full (NĐ 30/2020, Phụ lục I, mục II.6). Each line ends with `;`, the last with a full stop. */
function listBases(request: DecisionRequest): string[] {
  const { grant, parent, unit, zone } = request;
  const { basis } = grant;
  const lines = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
    ...(basis.legalBasis ? [`Căn cứ ${basis.legalBasis.replace(/^căn cứ\s+/iu, "").replace(/[;.]\s*$/, "")}`] : []),
    // The regulation is the basis of a standing order; the paper drafted here is itself the basis of the other two.
    ...(basis.kind.startsWith("quy-che") ? [`Căn cứ ${formatRegulation(grant, unit, zone)}`] : []),
    ...(parent ? [`Căn cứ ${formatRegulation(parent, unit, zone)}`] : []),
    `Theo đề nghị của ${toPostText({ position: "chanh-van-phong", department: "van-phong" }, unit)}`,
  ];
  const once = [...new Set(lines)];
  return once.map((line, at) => `${line}${at === once.length - 1 ? "." : ";"}`);
}

/** `khoản 2 Điều 7 Quy chế làm việc của … ban hành kèm theo văn bản số 01/QĐ-UBND ngày …`. */
function formatRegulation({ basis }: Grant, unit: Unit, zone: Zone): string {
  const issued =
    basis.number === undefined
      ? ""
      : ` ban hành kèm theo văn bản số ${basis.number}${basis.date === undefined ? "" : ` ${formatPaperDate(basis.date, zone)}`}`;
  return `${basis.clause ? `${basis.clause} ` : ""}${basisNames[basis.kind].vi} của ${toCommittee(unit)}${issued}`;
}

function listParts(request: DecisionRequest, kind: DecisionKind): DecisionPart[] {
  const { grant, unit } = request;
  const giver = toPostText(grant.from, unit);
  const label = (n: number): string => (kind === "decision" ? `Điều ${n}. ` : `${n}. `);
  const texts = (lines: readonly string[]): DecisionPart[] =>
    lines.map((text, at) => ({
      kind: "text",
      text: `${kind === "decision" ? `${at + 1}.` : `${String.fromCharCode(97 + at)})`} ${text}`,
    }));
  const blocks = listBlocks(request);
  const opening: DecisionPart[] =
    kind === "clause"
      ? [
          {
            kind: "text",
            text: `Đề xuất ${grant.basis.clause ?? "điều khoản"} ${basisNames[grant.basis.kind].vi} của ${toCommittee(unit)} quy định như sau:`,
          },
        ]
      : kind === "notice"
        ? [{ kind: "text", text: `${giver} thông báo phân công như sau:` }]
        : [];
  return [
    ...opening,
    { kind: "article", label: label(1), text: `${acts[kind]}${toGrantee(request)} ${toManner(request)}.` },
    ...texts([
      `Loại văn bản được ký: ${listNames(grant.docTypes)}.`,
      excluded(grant.docTypes) === 0
        ? "Không loại trừ loại văn bản nào trong danh mục."
        : `Không được ký các loại văn bản khác, gồm: ${listNames(excluded(grant.docTypes))}.`,
      ...listLimits(request),
    ]),
    { kind: "article", label: label(2), text: toPeriod(request) },
    { kind: "article", label: label(3), text: "Trách nhiệm của người được giao ký:" },
    ...texts([`Ký đúng thể thức sau đây${blocks.length > 1 ? " theo từng loại văn bản" : ""}:`]),
    ...blocks.flatMap(({ lines, mask }): DecisionPart[] => [
      ...(blocks.length > 1 ? [{ kind: "text", text: `- ${listNames(mask)}:` } as const] : []),
      { kind: "block", lines },
    ]),
    ...listDuties(request).map(
      (text, at): DecisionPart => ({
        kind: "text",
        text: `${kind === "decision" ? `${at + 2}.` : `${String.fromCharCode(98 + at)})`} ${text}`,
      }),
    ),
    { kind: "article", label: label(4), text: toEffect(request, kind) },
  ];
}

/** Departments and groups of procedures that the right is limited to, and what is left out of them. */
function listLimits({
  grant: { narrowing },
  zone,
  book = createScopeBook(scopeSettings.parse(undefined), zone),
}: DecisionRequest): string[] {
  const { departments, exceptDepartments, procedures, exceptProcedures } = narrowing ?? {};
  const say = (known: readonly NamedKey[], keys: readonly string[]): string => keys.map((key) => sayName(known, key)).join(", ");
  return [
    ...(departments ? [`Chỉ ký văn bản thuộc lĩnh vực của: ${say(book.departments, departments)}.`] : []),
    ...(exceptDepartments ? [`Không ký văn bản thuộc lĩnh vực của: ${say(book.departments, exceptDepartments)}.`] : []),
    ...(procedures ? [`Chỉ ký kết quả giải quyết thủ tục hành chính: ${say(book.procedures, procedures)}.`] : []),
    ...(exceptProcedures ? [`Không ký kết quả giải quyết thủ tục hành chính: ${say(book.procedures, exceptProcedures)}.`] : []),
  ];
}

const acts = { decision: "Ủy quyền cho ", notice: "Phân công ", clause: "" } satisfies Record<DecisionKind, string>;

/** The person where the right is one person's, else the post with whoever holds it now. */
function toGrantee({ grant, unit, grantees }: DecisionRequest): string {
  const post = toPostText(grant.to, unit);
  const names = grantees.map((name) => `ông (bà) ${toSignedName(name)}`).join(", ");
  if (grant.person !== undefined) return names ? `${names}, ${post},` : `người có mã cán bộ ${grant.person}, ${post},`;
  return names ? `${post} (hiện nay là ${names})` : post;
}

function toManner({ grant, unit }: DecisionRequest): string {
  const giver = toPostText(grant.from, unit);
  if (grant.capacity === "TUQ") return `thừa ủy quyền (TUQ.) ${giver} ký một số văn bản`;
  if (grant.capacity === "TL") return `được thừa lệnh (TL.) ${giver} ký một số loại văn bản`;
  return `ký thay (KT.) ${giver}`;
}

function toPeriod({ grant, zone }: DecisionRequest): string {
  const from = formatPaperInstant(toEffectiveStart(grant), zone);
  if (grant.validTo === undefined) return `Thời hạn: từ ${from} cho đến khi có văn bản thay thế hoặc bãi bỏ.`;
  const last = formatPaperInstant(grant.validTo, zone);
  // A window that ends at midnight ends with the day before.
  const end = last.startsWith("ngày") ? `hết ${formatPaperDate(grant.validTo - 1, zone)}` : last;
  return `Thời hạn: từ ${from} đến ${end}.`;
}

/** Blocks differ between documents of the Committee and the head's own. */
function listBlocks({ grant, parent }: DecisionRequest): { readonly lines: readonly string[]; readonly mask: DocTypeMask }[] {
  const groups = new Map<string, { lines: readonly string[]; mask: DocTypeMask }>();
  docTypes.forEach((docType, bit) => {
    if ((grant.docTypes & (1 << bit)) === 0) return;
    const through: PostRef | undefined = parent ? grant.from : undefined;
    const lines = toSignatureBlock({
      capacity: grant.capacity,
      docType,
      from: parent?.from ?? grant.from,
      to: grant.to,
      through,
    });
    const key = lines.join("/");
    const group = groups.get(key) ?? { lines, mask: 0 };
    groups.set(key, { lines, mask: (group.mask | (1 << bit)) >>> 0 });
  });
  return [...groups.values()];
}

function listDuties({ grant, unit }: DecisionRequest): string[] {
  const committee = toCommittee(unit);
  const onward = {
    TUQ: "Không được ủy quyền lại cho người khác ký (khoản 3 Điều 13 Nghị định số 30/2020/NĐ-CP).",
    KT: "Không được giao lại cho người khác ký.",
    TL: "Chỉ được giao cho cấp phó của mình ký thay khi vắng mặt (khoản 4 Điều 13 Nghị định số 30/2020/NĐ-CP), không được giao tiếp.",
  };
  return [
    onward[grant.capacity as keyof typeof onward],
    `Văn bản được trình bày theo thể thức và sử dụng con dấu, chữ ký số của ${committee}.`,
    `Báo cáo ${toPostText(grant.from, unit)} kết quả thực hiện và chịu trách nhiệm trước pháp luật về văn bản đã ký.`,
  ];
}

function toEffect(request: DecisionRequest, kind: DecisionKind): string {
  const { grant, unit } = request;
  const chief = toPostText({ position: "chanh-van-phong", department: "van-phong" }, unit);
  const grantee = toGrantee(request).replace(/,$/, "");
  const who =
    grant.to.position === "chanh-van-phong"
      ? `${grantee} và các đơn vị, cá nhân có liên quan`
      : `${chief}, các đơn vị có liên quan và ${grantee}`;
  const thing = { decision: "Quyết định này", notice: "Thông báo này", clause: "Quy định này" }[kind];
  const since = kind === "clause" ? `có hiệu lực từ ngày quy chế được sửa đổi có hiệu lực` : "có hiệu lực kể từ ngày ký";
  return `${thing} ${since}. ${who} chịu trách nhiệm thi hành ${thing}./.`;
}

function excluded(mask: DocTypeMask): DocTypeMask {
  const others = docTypes.reduce((all, _, bit) => ((mask & (1 << bit)) === 0 ? (all | (1 << bit)) >>> 0 : all), 0);
  return others;
}

function listNames(mask: DocTypeMask): string {
  const names = listKeys(mask).map((key) => docTypes.find((type) => type.key === key)?.name.vi ?? key);
  return names.map((name, at) => (at === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1))).join(", ");
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
