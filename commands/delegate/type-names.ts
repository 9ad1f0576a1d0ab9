import { allDocTypes, type DocTypeMask, docTypes, findDocType, listKeys } from "../../src/delegation/doc-types.ts";
import type { Lang } from "../../src/platform/words.ts";
import { delegateWords as words } from "./words.ts";

/** `Công văn, Thông báo +4`; all of them in two words. */
export function formatTypes(mask: DocTypeMask, lang: Lang, atMost = 3): string {
  if (mask === allDocTypes) return words.allTypes(docTypes.length)[lang];
  const names = listKeys(mask).map((key) => findDocType(key)?.name[lang] ?? key);
  const rest = names.length - atMost;
  return rest > 1 ? `${names.slice(0, atMost).join(", ")} +${rest}` : names.join(", ");
}
