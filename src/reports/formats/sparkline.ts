const levels = "▁▂▃▄▅▆▇█";

/** One sign a value in eight levels, the largest value at the top level; zeros at the lowest. */
export function toSparkline(values: readonly number[]): string {
  const largest = Math.max(0, ...values);
  return values.map((value) => levels[largest === 0 ? 0 : Math.round((value / largest) * 7)]).join("");
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of `share` (0 to 1) of `width` signs, to an eighth of a sign. */
export function toBar(share: number, width: number): string {
  const parts = Math.round(Math.min(Math.max(share, 0), 1) * width * 8);
  return `${"█".repeat(Math.floor(parts / 8))}${eighths[parts % 8]}`;
}
