export interface ColumnNeed {
  /** Of the longest cell on one line. */
  readonly whole: number;
  /** Of the longest word: narrower would cut it. */
  readonly least: number;
  /** Text may be broken into lines and takes what is left; numbers keep to one line. */
  readonly flexible: boolean;
}

/**
 * Widths that add up to `available`: numbers get what they need and text the more of what is left; where room is short text gives way,
 * never below its longest word as long as that fits. What even so does not fit is made narrower alike.
 */
export function planWidths(needs: readonly ColumnNeed[], available: number): number[] {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const wanted = needs.map(({ whole, least, flexible }) => (flexible ? Math.max(whole, least) : whole));
  const spare = available - sum(wanted);
  if (spare >= 0) {
    const takers = needs.map(({ flexible }, at) => (wanted[at] as number) * (flexible ? 2 : 1));
    const all = sum(takers);
    return wanted.map((width, at) => width + (spare * (takers[at] as number)) / all);
  }
  const give = needs.map(({ least, flexible }, at) => (flexible ? (wanted[at] as number) - least : 0));
  const most = sum(give);
  if (most + spare >= 0) return wanted.map((width, at) => width + (spare * (give[at] as number)) / most);
  const tight = needs.map(({ whole, least, flexible }) => (flexible ? least : whole));
  return tight.map((width) => (width * available) / sum(tight));
}
