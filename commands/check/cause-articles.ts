import type { toExplainDocument } from "../../src/health/explain-document.ts";
import type { Output } from "../../src/platform/output.ts";
import { toArticleMember } from "../article-link.ts";

/** The explanation with the handbook's article beside each cause. */
export function withArticles(
  document: ReturnType<typeof toExplainDocument>,
  out: Pick<Output, "say">,
): Readonly<Record<string, unknown>> {
  const { causes } = document as { readonly causes: readonly { readonly reason: string }[] };
  return { ...document, causes: causes.map((cause) => ({ ...cause, article: toArticleMember(cause.reason, out) })) };
}
