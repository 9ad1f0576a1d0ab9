import { basisNames } from "../capacity.ts";
import { type DocTypeMask, docTypes, listKeys } from "../doc-types.ts";
import { type PostRef, toEffectiveStart } from "../grant.ts";
import { createScopeBook, type NamedKey, sayName } from "../scope-book.ts";
import { scopeSettings } from "../scope-settings.ts";
import { toSignatureBlock } from "../signature-block.ts";
import type { DecisionKind, DecisionPart } from "./decision.ts";
import type { DecisionRequest } from "./draft-decision.ts";
import { toCommittee, toPostText, toSignedName } from "./paper-names.ts";
import { formatPaperDate, formatPaperInstant } from "./place-and-date.ts";

/** Who, which documents, until when, in which form: the four articles of the paper. */
export function listParts(request: DecisionRequest, kind: DecisionKind): DecisionPart[] {
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
