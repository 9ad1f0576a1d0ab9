/** What a placeholder stands for; undefined leaves the member out. */
export type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Fills `{name}` in a path, percent-encoded. */
export function fillPath(path: string, values: Values): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : encodeURIComponent(typeof value === "string" ? value : value.join(","));
  });
}

/** Fills a body: a text that is one placeholder becomes its value, list or text; members whose value is undefined go. */
export function fillBody(body: unknown, values: Values): unknown {
  if (typeof body === "string") {
    const whole = /^\{(\w+)\}$/.exec(body)?.[1];
    if (whole !== undefined && Object.hasOwn(values, whole)) return values[whole];
    return body.replace(/\{(\w+)\}/g, (text, name: string) => String(values[name] ?? text));
  }
  if (Array.isArray(body)) return body.map((item) => fillBody(item, values));
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(
    Object.entries(body)
      .map(([key, value]) => [key, fillBody(value, values)] as const)
      .filter(([, value]) => value !== undefined),
  );
}
