const longest = 200;

/**
 * A cell as it is read and quoted: trimmed, control characters made visible (a message goes to a terminal), and cut where it is far
 * longer than any code, date or name can be. What is changed here is no valid value any more, so it is refused, not guessed.
 */
export function toCellText(cell: string | undefined): string {
  const text = cell?.trim() ?? "";
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return /\p{Cc}/u.test(cut) ? cut.replace(/\p{Cc}/gu, "\uFFFD") : cut;
}
