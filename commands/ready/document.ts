import { toIso, type Zone } from "../../src/platform/time.ts";
import type { Lang } from "../../src/platform/words.ts";
import { nameOwner } from "../../src/readiness/owners.ts";
import type { DimensionReadiness, Reason } from "../../src/readiness/readiness.ts";
import { toArticleMember } from "../article-link.ts";

export function toDimensionDocument({ verdict, reasons }: DimensionReadiness, zone: Zone, lang: Lang): object {
  return { verdict, reasons: reasons.map((reason) => ({ ...toReasonDocument(reason, zone, lang), verdict: reason.verdict })) };
}

export function toReasonDocument({ code, owner, ownerName, detail, commands, seenAt }: Reason, zone: Zone, lang: Lang): object {
  return {
    code,
    owner,
    ownerName: nameOwner({ owner, ownerName })[lang],
    detail: detail[lang],
    commands,
    seenAt: seenAt === undefined ? null : toIso(seenAt, zone),
    article: toArticleMember(code, { say: (words) => words[lang] }),
  };
}
