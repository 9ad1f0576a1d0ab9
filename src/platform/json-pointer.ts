/** RFC 6901: empty for the whole document, else `/key/0/key`. */
export const pointerShape = /^(\/([^~]|~[01])*)?$/;

/** RFC 6901. Undefined where nothing is there; null counts as nothing. */
export function readPointer(value: unknown, pointer: string): unknown {
  let place = value;
  for (const key of toKeys(pointer)) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, key)) return undefined;
    place = (place as Record<string, unknown>)[key];
  }
  return place ?? undefined;
}

/**
 * A copy with the value at the pointer; what lies on the way is made where it is missing, a list where the key is a number. Undefined takes the
 * member away. Everything else stays as it is, in its order.
 */
export function writePointer(document: unknown, pointer: string, value: unknown): unknown {
  return write(document, toKeys(pointer), value);
}

function write(place: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const at = /^\d+$/.test(key) ? Number(key) : undefined;
  if (Array.isArray(place) || (at !== undefined && !isRecord(place))) {
    const list: unknown[] = Array.isArray(place) ? [...place] : [];
    const index = Math.min(at ?? list.length, list.length);
    const member = write(list[index], rest, value);
    if (member === undefined) list.splice(index, 1);
    else list[index] = member;
    return list;
  }
  const record = isRecord(place) ? place : {};
  const member = write(Object.hasOwn(record, key) ? record[key] : undefined, rest, value);
  if (member !== undefined) return { ...record, [key]: member };
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toKeys(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
