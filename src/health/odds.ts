/**
 * Gains are overconfident, since failures of one cause are correlated: they are divided by one temperature, fitted on generated
 * scenarios so that the mean odds of an answer and its share of right ones agree (check.md §13).
 */
export const temperature = 6;

/** Softmax over the gains in nats and 0 for "no shared cause", which stands last. */
export function toOdds(gains: readonly number[]): readonly number[] {
  const all = [...gains, 0].map((gain) => gain / temperature);
  const most = Math.max(...all);
  const weights = all.map((gain) => Math.exp(gain - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
