import { toShown } from "../cell-text.ts";

/** Text or attribute value: nothing in data becomes markup. */
export function escapeHtml(text: string): string {
  return toShown(text).replace(/[&<>"']/g, (sign) => entities[sign] as string);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/**
 * JSON inside a script element: `<` escaped, so that no `</script>` and no comment can begin in it; line separators and signs that are not
 * seen escaped too, so that the source reads as it is.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
