import type { Desk } from "../../src/delegation/desk.ts";
import type { Grant } from "../../src/delegation/grant.ts";
import { createScopeBook } from "../../src/delegation/scope-book.ts";
import { type Lang, verbatim, type Words } from "../../src/platform/words.ts";
import type { Context } from "../context.ts";
import { formatBasis, formatPost, formatWindow } from "./grant-text.ts";
import { formatNarrowing } from "./scope-text.ts";
import { formatTypes } from "./type-names.ts";

export interface AgreeOptions {
  readonly yes?: boolean;
}

/**
 * Shows whoever sits at a terminal the grant behind an id and asks. A script names the id and a reason: it is not asked, and what
 * it does can be done again.
 */
export async function agrees(
  desk: Desk,
  id: string,
  question: Words,
  { yes }: AgreeOptions,
  { out, prompts }: Pick<Context, "out" | "prompts">,
): Promise<boolean> {
  const grant = await desk.store.findGrant(id);
  if (yes || !out.interactive || !grant) return true;
  out.warn(verbatim(describeGrant(grant, desk, out.lang)));
  return prompts.confirm(question, "--yes");
}

type Recording = Pick<Grant, "id" | "needsApproval" | "ruleset" | "recordedAt" | "recordedBy">;

/** `27004  TL.  Chánh Văn phòng  Công văn, Thông báo +4  01/7/2025 → …  khoản 2 Điều 7, Quy chế làm việc 01/QĐ-UBND` */
export function describeGrant(
  grant: Omit<Grant, keyof Recording>,
  { zone, settings }: Pick<Desk, "zone" | "settings">,
  lang: Lang,
): string {
  const book = createScopeBook(settings.scope, zone);
  const { unit, capacity, to, person, docTypes, narrowing, basis } = grant;
  const who = `${formatPost(to, lang)}${person === undefined ? "" : ` · ${person}`}`;
  const parts = [
    unit,
    `${capacity}.`,
    who,
    [formatTypes(docTypes, lang), formatNarrowing(narrowing, book, lang)].filter((part) => part !== "").join("; "),
    formatWindow(grant, zone, lang),
    formatBasis(basis, lang, zone),
  ];
  return parts.join("  ");
}
