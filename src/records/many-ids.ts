const atOnce = 250;

/** For statements with `IN (…)`. */
export function* inParts<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let from = 0; from < values.length; from += atOnce) yield values.slice(from, from + atOnce);
}

export function toMarks(values: readonly unknown[]): string {
  return values.map(() => "?").join(", ");
}
