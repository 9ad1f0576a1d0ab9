import type { StaffClass } from "../directory/person.ts";
import { both, type Words } from "../platform/words.ts";
import { classNames } from "./roster-words.ts";

/** What sources kept in plans and the journal begin with. Their text is data; this is how people read it. */
const beginnings: readonly (readonly [string, Words])[] = [
  ["position ", { vi: "chức vụ ", en: "position " }],
  ["addition: ", { vi: "bổ sung: ", en: "addition: " }],
  ["denial: ", { vi: "loại trừ: ", en: "denial: " }],
  ["owner of ", { vi: "phụ trách ", en: "owner of " }],
  ["deputy of ", { vi: "phó phụ trách ", en: "deputy of " }],
];
const whole: Readonly<Record<string, Words>> = {
  none: { vi: "không mẫu nào cho", en: "no template gives it" },
  "no template": { vi: "không có mẫu nào cho loại và chức vụ này", en: "no template for this class and position" },
};

/** `position van-thu` or several joined by ` + `, in the reader's language. */
export function nameSource(source: string): Words {
  return both((lang) =>
    source
      .split(" + ")
      .map((part) => nameOne(part)[lang])
      .join(" + "),
  );
}

function nameOne(source: string): Words {
  if (source.startsWith("class ")) {
    const key = source.slice("class ".length);
    const name = classNames[key as StaffClass];
    return name ? { vi: `loại ${name.vi}`, en: `class ${name.en}` } : { vi: `loại ${key}`, en: source };
  }
  const [beginning, words] = beginnings.find(([text]) => source.startsWith(text)) ?? [];
  if (beginning !== undefined && words) return both((lang) => words[lang] + source.slice(beginning.length));
  return whole[source] ?? { vi: source, en: source };
}
