/**
 * Gains are overconfident, since failures of one cause are correlated: they are divided by one temperature, fitted on generated
 * scenarios so that an answer with odds of 0.8 is right about eight times in ten (check.md §13).
 */
const temperature = 3;

/** Softmax over the gains in nats and 0 for "no shared cause", which stands last. */
export function toOdds(gains: readonly number[]): readonly number[] {
  const all = [...gains, 0].map((gain) => gain / temperature);
  const most = Math.max(...all);
  const weights = all.map((gain) => Math.exp(gain - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
