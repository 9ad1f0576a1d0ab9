/**
 * What rosters call departments and positions beside their names in the directory, folded and without what joins words. Each is one department or position
 * only wherever it may stand; `Phòng` alone is none.
 */
const departmentNames: Readonly<Record<string, readonly string[]>> = {
  "van-phong": [
    "van phong",
    "vp",
    "vp hdnd ubnd",
    "van phong hdnd ubnd",
    "van phong ubnd",
    "van phong hoi dong nhan dan uy ban nhan dan",
  ],
  "kinh-te-ha-tang-do-thi": ["phong kt ht dt", "phong kthtdt", "kinh te ha tang do thi"],
  "kinh-te": ["phong kt", "kinh te"],
  "van-hoa-xa-hoi": ["phong vhxh", "phong vh xh", "van hoa xa hoi", "vhxh"],
  "trung-tam-pvhcc": [
    "tt pvhcc",
    "ttpvhcc",
    "trung tam pvhcc",
    "trung tam hanh chinh cong",
    "tt hanh chinh cong",
    "tt phuc vu hanh chinh cong",
  ],
};

const positionNames: Readonly<Record<string, readonly string[]>> = {
  "chu-tich": ["chu tich uy ban nhan dan"],
  "pho-chu-tich": ["pho chu tich uy ban nhan dan", "pct ubnd"],
  "chanh-van-phong": ["chanh van phong hdnd ubnd", "chanh vp"],
  "pho-chanh-van-phong": ["pho chanh van phong hdnd ubnd", "pho chanh vp"],
  "giam-doc-trung-tam": ["giam doc trung tam pvhcc", "giam doc trung tam phuc vu hanh chinh cong", "giam doc ttpvhcc"],
  "pho-giam-doc-trung-tam": [
    "pho giam doc trung tam pvhcc",
    "pho giam doc trung tam phuc vu hanh chinh cong",
    "pho giam doc ttpvhcc",
  ],
  "van-thu": ["van thu luu tru", "cong chuc van thu"],
};

/** The key that such a name surely stands for, among those there are. */
export function findPlaceName(
  kind: "department" | "position",
  folded: string,
  known: readonly (readonly [key: string, name: string])[],
): string | undefined {
  const wanted = toPlain(folded, kind);
  const names = kind === "department" ? departmentNames : positionNames;
  const fitting = known.filter(([key, name]) => [key, name, ...(names[key] ?? [])].some((one) => toPlain(one, kind) === wanted));
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}

/** A position is no other one for the kind of unit it stands in. */
function toPlain(folded: string, kind: "department" | "position"): string {
  const words = folded
    .replace(/[^a-z0-9]+/g, " ")
    .split(" ")
    .filter((word) => word !== "" && word !== "va");
  if (kind === "position" && words.length > 2 && ["phuong", "xa"].includes(words.at(-1) as string)) words.pop();
  return words.join(" ");
}
