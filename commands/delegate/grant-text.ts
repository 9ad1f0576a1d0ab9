import { basisNames } from "../../src/delegation/capacity.ts";
import { type Basis, findPositionOf, type Grant, type PostRef } from "../../src/delegation/grant.ts";
import { defaultDepartments } from "../../src/directory/department.ts";
import { formatDate, formatDateTime } from "../../src/platform/format.ts";
import type { Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { scopeWords } from "./scope-words.ts";

/** `Chánh Văn phòng`, `Trưởng phòng (Phòng Văn hóa – Xã hội)`: heads of two departments bear one title. */
export function formatPost(post: PostRef, lang: Lang): string {
  const position = findPositionOf(post);
  const name = position?.name[lang] ?? post.position;
  if ((position?.departments.length ?? 0) < 2) return name;
  const department = defaultDepartments.find(({ key }) => key === post.department)?.name ?? post.department;
  return department === undefined ? name : `${name} (${department})`;
}

/** The last day is shown as people write it, although the window ends at the midnight after it. */
export function formatWindow({ validFrom, validTo }: Pick<Grant, "validFrom" | "validTo">, zone: Zone, lang: Lang): string {
  const from = formatDate(validFrom, zone, lang);
  return validTo === undefined ? `${from} → …` : `${from} → ${formatDate(validTo - 1, zone, lang)}`;
}

/** `khoản 2 Điều 7, Quy chế làm việc 01/QĐ-UBND` */
export function formatBasis({ kind, number, clause, signedAt }: Basis, lang: Lang, zone: Zone): string {
  const paper = `${basisNames[kind][lang]} ${number ?? ""}`.trim();
  const signed = signedAt === undefined ? undefined : scopeWords.signed(formatDateTime(signedAt, zone, lang))[lang];
  return [clause, paper, signed].filter((part) => part !== undefined).join(", ");
}
