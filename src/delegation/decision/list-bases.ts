import type { Unit } from "../../directory/unit.ts";
import { toNormalText } from "../../platform/text.ts";
import type { Zone } from "../../platform/time.ts";
import { basisNames } from "../capacity.ts";
import type { Grant } from "../grant.ts";
import type { DecisionRequest } from "./draft-decision.ts";
import { toCommittee, toPostText } from "./paper-names.ts";
import { formatPaperDate } from "./place-and-date.ts";

/** What every paper rests on; how else the same law is called, by its name and by its number. */
const standing = [
  {
    text: "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    name: /luật tổ chức chính quyền địa phương/iu,
    number: /72\/2025\/QH15/iu,
  },
  {
    text: "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư",
    name: /về công tác văn thư/iu,
    number: /30\/2020\/NĐ-CP/iu,
  },
];

/** No law stands twice, and what was given as a grant's own basis stands word for word. */
function listLaws(given: string | undefined): string[] {
  const own = toNormalText(given ?? "")
    .replace(/^căn cứ\s+/iu, "")
    .replace(/[;.]\s*$/, "");
  let isSaid = own === "";
  const lines = standing.map(({ text, name, number }) => {
    if (isSaid || !(name.test(own) || number.test(own))) return text;
    isSaid = true;
    if (text.includes(own)) return text;
    return name.test(own) ? own : `${text} (${own})`;
  });
  return [...lines, ...(isSaid ? [] : [own])].map((line) => `Căn cứ ${line}`);
}

/** A Law stands without number and issuer, everything else in full (NĐ 30/2020, Phụ lục I, mục II.6). Each line ends with `;`, the last with a full stop. */
export function listBases(request: DecisionRequest): string[] {
  const { grant, parent, unit, zone } = request;
  const { basis } = grant;
  const lines = [
    ...listLaws(basis.legalBasis),
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
