/** Stands for a number that would not survive: `JSON.stringify` writes it as it came. */
interface RawNumber {
  readonly rawJSON: string;
}

// Source text access is in every Node we run on, and not yet in the compiler's library.
const json = JSON as unknown as {
  parse(text: string, revive: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
  rawJSON(text: string): RawNumber;
};

/**
 * JSON whose numbers keep every digit when they are written again: 12345678901234567890 and 1.50 come back as they were. Undefined when it is no
 * JSON: a body that was cut off, a page of HTML.
 */
export function parseExactJson(text: string): unknown {
  try {
    return json.parse(text, (_key, value, { source }) =>
      typeof value === "number" && source !== undefined && String(value) !== source ? json.rawJSON(source) : value,
    );
  } catch {
    return undefined;
  }
}

/** A scalar as text, its digits unharmed. Undefined for null, lists and groups. */
export function toScalarText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const raw = typeof value === "object" && value !== null ? (value as Partial<RawNumber>).rawJSON : undefined;
  return typeof raw === "string" && Object.isFrozen(value) ? raw : undefined;
}
