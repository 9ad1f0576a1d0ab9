const daySeconds = 86_400;
/** Days of before 1970 are negative, and both engines divide towards zero. */
const dayBias = 1_000_000;

/** The local day of the second `t`, in SQL. */
export function toDaySql(offsetSeconds: number): string {
  return `(t + ${offsetSeconds + dayBias * daySeconds}) / ${daySeconds} - ${dayBias}`;
}

/** The first second of that day. */
export function toDayStartSql(offsetSeconds: number): string {
  return `(${toDaySql(offsetSeconds)}) * ${daySeconds} - ${offsetSeconds}`;
}
