/** Rising round values from 0 to at least `largest`, four or five steps of 1, 2 or 5 times a power of ten; never below 1 a step, since dossiers are whole. */
export function toTicks(largest: number): number[] {
  const rough = Math.max(largest, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power;
  const whole = Math.max(1, Math.round(step));
  return Array.from({ length: Math.ceil(Math.max(largest, 1) / whole) + 1 }, (_, index) => index * whole);
}
