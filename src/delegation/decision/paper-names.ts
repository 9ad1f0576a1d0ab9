import { defaultDepartments } from "../../directory/department.ts";
import { kindNames, type Unit } from "../../directory/unit.ts";
import { findPositionOf, type PostRef } from "../grant.ts";

/** `phường Tân Bình`, inside a sentence. */
export function toUnitText(unit: Unit): string {
  return `${kindNames[unit.kind].toLowerCase()} ${unit.name}`;
}

/** `Ủy ban nhân dân phường Tân Bình`. */
export function toCommittee(unit: Unit): string {
  return `Ủy ban nhân dân ${toUnitText(unit)}`;
}

/** Office papers are typed with the short dash. */
export function toDepartmentText(key: string | undefined): string | undefined {
  return defaultDepartments.find((department) => department.key === key)?.name.replaceAll("–", "-");
}

/** A post as a state document writes it out: `Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường Tân Bình`. */
export function toPostText(post: PostRef, unit: Unit): string {
  const name = findPositionOf(post)?.name.vi ?? post.position;
  const department = toDepartmentText(post.department ?? findPositionOf(post)?.departments[0]);
  switch (findPositionOf(post)?.rank) {
    case "head":
      return `Chủ tịch ${toCommittee(unit)}`;
    case "deputy":
      return `Phó Chủ tịch ${toCommittee(unit)}`;
    case "department-head":
    case "department-deputy":
      if (name.endsWith("Văn phòng")) return `${name} Hội đồng nhân dân và ${toCommittee(unit)}`;
      if (department?.startsWith("Phòng ") && post.department)
        return `${name.replace(/ph[oò]ng$/, "phòng")} ${department.slice(6)}`;
      if (department?.startsWith("Trung tâm ")) return `${name.replace(/ Trung tâm$/, "")} ${department} ${toUnitText(unit)}`;
      return name;
    default:
      return department && post.department ? `${name}, ${department}` : name;
  }
}

/** A name without academic title or degree, which do not stand under a signature (NĐ 30/2020, Phụ lục I, mục II.7). */
export function toSignedName(fullName: string): string {
  return fullName.replace(/^((GS|PGS|TS|ThS|CN|KS|BS|LS|DS|BSCKI|BSCKII)(\.\s*|\s+))+/u, "").trim();
}
