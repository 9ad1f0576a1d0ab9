import { both, type Words } from "../platform/words.ts";
import type { Article } from "./article.ts";
import { formatDay } from "./formats/book.ts";

/** `Hiệu lực từ 01/7/2025`; undefined where an article names no day. */
export function describeValidity({ from, until }: Pick<Article, "from" | "until">): Words | undefined {
  if (from === undefined && until === undefined) return undefined;
  return both((lang) => {
    const day = (text: string): string => formatDay(text, lang);
    return lang === "vi"
      ? ["Hiệu lực", ...(from ? [`từ ${day(from)}`] : []), ...(until ? [`đến hết ${day(until)}`] : [])].join(" ")
      : ["Holds", ...(from ? [`from ${day(from)}`] : []), ...(until ? [`to the end of ${day(until)}`] : [])].join(" ");
  });
}
