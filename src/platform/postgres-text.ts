/**
 * Our SQL as PostgreSQL wants it: `?` becomes `$1`, `$2` …, and names with capitals inside are put into quotes, since PostgreSQL
 * would fold them to small letters. What stands in quotes is left alone.
 */
export function toPostgresText(sql: string): string {
  let n = 0;
  return sql.replace(/'(?:[^']|'')*'|"[^"]*"|\$\$[\s\S]*?\$\$|\?|\b[a-z]\w*[A-Z]\w*\b/g, (part) => {
    if (part === "?") return `$${++n}`;
    return /^[a-z]/.test(part) ? `"${part}"` : part;
  });
}

export interface RowsInsert {
  /** The statement for so many rows at once. */
  readonly textFor: (rows: number) => string;
  readonly columns: number;
  /** The statement may meet one key twice in the same call, which PostgreSQL refuses. */
  readonly updates: boolean;
}

/** A statement that inserts one row of nothing but parameters can insert many. */
export function toRowsInsert(sql: string): RowsInsert | undefined {
  const found = /^(\s*INSERT INTO [\s\S]*?VALUES\s*)\((\s*\?(?:\s*,\s*\?)*\s*)\)([\s\S]*)$/.exec(sql);
  if (!found || found[3]?.includes("?") || /RETURNING/.test(found[3] ?? "")) return undefined;
  const [, head = "", marks = "", tail = ""] = found;
  const columns = marks.split(",").length;
  return {
    columns,
    updates: /DO UPDATE/.test(tail),
    textFor: (rows) => toPostgresText(`${head}${Array.from({ length: rows }, () => `(${marks})`).join(", ")}${tail}`),
  };
}
