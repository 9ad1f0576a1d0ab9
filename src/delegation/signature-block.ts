import { defaultDepartments } from "../directory/department.ts";
import type { Capacity } from "./capacity.ts";
import type { DocType } from "./doc-types.ts";
import { findPositionOf, type PostRef } from "./grant.ts";

/** `TRƯỞNG PHÒNG KINH TẾ`: a head or deputy of a department other than the Office is written with its name. */
export function toTitle(ref: PostRef): string {
  const title = findPositionOf(ref)?.title ?? ref.position.toUpperCase();
  // Official papers are typed with the short dash, whatever dash a name is printed with here.
  const department = defaultDepartments.find(({ key }) => key === ref.department)?.name.replaceAll("–", "-");
  if (department?.startsWith("Phòng ") && title.endsWith(" PHÒNG")) return `${title} ${department.slice(6).toUpperCase()}`;
  if (department?.startsWith("Trung tâm ") && title.endsWith("GIÁM ĐỐC")) return `${title} ${department.toUpperCase()}`;
  return title;
}

export interface Signing {
  readonly capacity: Capacity;
  readonly docType: DocType;
  /** The post whose right it is. */
  readonly from: PostRef;
  /** The post that signs. */
  readonly to: PostRef;
  /** The post between them, where a standing order was passed on to its holder's deputy. */
  readonly through?: PostRef;
}

/** The exact lines above a signature (NĐ 30/2020, Phụ lục I). */
export function toSignatureBlock({ capacity, docType, from, to, through }: Signing): string[] {
  const body = docType.collective ? ["TM. ỦY BAN NHÂN DÂN"] : [];
  switch (capacity) {
    case "HEAD":
    case "TM":
      return [...body, toTitle(to)];
    case "Q":
      return [...body, `Q. ${toTitle(from)}`];
    case "KT":
      if (through) return [`TL. ${toTitle(from)}`, `KT. ${toTitle(through)}`, toTitle(to)];
      return [...body, `KT. ${toTitle(from)}`, toTitle(to)];
    case "TL":
    case "TUQ":
      return [`${capacity}. ${toTitle(from)}`, toTitle(to)];
  }
}
