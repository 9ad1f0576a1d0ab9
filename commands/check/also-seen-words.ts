import type { AlsoSeen } from "../../src/health/also-seen.ts";
import { formatCount } from "../../src/platform/format.ts";
import { both, type Words } from "../../src/platform/words.ts";

const namedAtMost = 3;

/** `IPv6 hỏng, IPv4 chạy … (12 điểm: 19777/documents, 19780/documents, 19783/documents, …)`. */
export function describeAlsoSeen({ words, endpoints }: AlsoSeen): Words {
  const named = endpoints.slice(0, namedAtMost).join(", ") + (endpoints.length > namedAtMost ? ", …" : "");
  return both((lang) => {
    const count = formatCount(endpoints.length, lang);
    const noun = lang === "vi" ? "điểm" : endpoints.length === 1 ? "endpoint" : "endpoints";
    return `${words[lang]} (${count} ${noun}: ${named})`;
  });
}
