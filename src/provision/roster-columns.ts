import { findNearest, toFold } from "../platform/text.ts";

/** The columns of a roster (docs: interfaces). Optional ones may be missing as a whole. */
export const rosterColumns = {
  staff_id: { heading: "Mã NV", also: ["ma nhan vien", "ma can bo", "ma so nv"], required: true },
  full_name: { heading: "Họ và tên", also: ["ho ten", "ho va ten can bo"], required: true },
  given_name: { heading: "Tên gọi", also: [], required: false },
  birth_date: { heading: "Ngày sinh", also: ["ngay thang nam sinh"], required: false },
  unit_code: { heading: "Mã đơn vị", also: ["don vi", "ma dv"], required: true },
  department: { heading: "Phòng ban", also: ["phong", "bo phan"], required: true },
  position: { heading: "Chức vụ", also: ["chuc danh"], required: true },
  staff_class: { heading: "Loại", also: ["loai can bo", "doi tuong"], required: true },
  start_date: { heading: "Ngày bắt đầu", also: ["tu ngay"], required: true },
  end_date: { heading: "Ngày kết thúc", also: ["den ngay"], required: false },
  email: { heading: "Email", also: ["thu dien tu", "e mail"], required: false },
  phone: { heading: "Điện thoại", also: ["so dien thoai", "dien thoai di dong"], required: false },
  username: { heading: "Tài khoản", also: ["ten dang nhap"], required: false },
} as const satisfies Readonly<
  Record<string, { readonly heading: string; readonly also: readonly string[]; readonly required: boolean }>
>;

export type RosterColumn = keyof typeof rosterColumns;
export const rosterColumnNames = Object.keys(rosterColumns) as RosterColumn[];

/** The column that wardctl itself adds to a mended copy. */
export const faultHeading = "fault";
/** And to rows it set aside: a file with it is a part of a roster, and says nothing of whom it does not name. */
export const setAsideHeading = "set_aside";

export type Heading =
  | { readonly kind: "known"; readonly column: RosterColumn }
  /** A citizen id: never read, never kept (Law 91/2025/QH15). */
  | { readonly kind: "citizen-id" }
  | { readonly kind: "ignored" }
  | { readonly kind: "unknown"; readonly near: RosterColumn | undefined };

/** Anywhere in a heading: a column of such numbers is never read nor kept, whatever else the heading says. */
const citizenId =
  /\b(cccd|cmnd|cmtnd|cmt|can cuoc|chung minh (nhan dan|thu)|dinh danh|ho chieu|passport|citizen id|national id|id card)\b/;

const byHeading = new Map(
  rosterColumnNames.flatMap((column) =>
    [column, rosterColumns[column].heading, ...rosterColumns[column].also].map((name) => [toHeadingKey(name), column] as const),
  ),
);

/** The column that a heading is of: the workspace's own mapping first, then English keys and Vietnamese headings. */
export function findColumn(text: string, mapping: Readonly<Record<string, string>>): RosterColumn | undefined {
  const key = toHeadingKey(text);
  const mapped = Object.entries(mapping).find(([heading]) => toHeadingKey(heading) === key)?.[1];
  return byHeading.get(mapped === undefined ? key : toHeadingKey(mapped));
}

/** What stands in a column with this heading. */
export function readHeading(text: string, mapping: Readonly<Record<string, string>>): Heading {
  const key = toHeadingKey(text);
  const column = findColumn(text, mapping);
  if (column) return { kind: "known", column };
  if (citizenId.test(key)) return { kind: "citizen-id" };
  if (
    key === "" ||
    key === faultHeading ||
    key === toHeadingKey(setAsideHeading) ||
    key === "stt" ||
    key === "tt" ||
    key === "ghi chu"
  )
    return { kind: "ignored" };
  const near = findNearest(key, byHeading.keys());
  return { kind: "unknown", near: near === undefined ? undefined : byHeading.get(near) };
}

function toHeadingKey(text: string): string {
  return toFold(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
