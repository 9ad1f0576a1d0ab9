import { toShown } from "../cell-text.ts";

/** Text or attribute value: nothing in data becomes markup. */
export function escapeHtml(text: string): string {
  return toShown(text).replace(/[&<>"']/g, (sign) => entities[sign] as string);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** JSON inside a script element: `<` escaped, so that no `</script>` and no comment can begin in it. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
