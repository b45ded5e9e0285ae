/**
 * The critical probability of Benjamini and Hochberg's procedure: hypotheses at or below it are rejected, and of those
 * at most the share `rate` is rejected wrongly in the mean. Where nothing is rejected it is what the smallest one had
 * to reach; where nothing is true, the chance of any rejection is at most `rate`.
 */
export function criticalProbability(probabilities: readonly number[], rate: number): number {
  const sorted = probabilities.toSorted((a, b) => a - b)
  const count = Math.max(1, sorted.length)
  let critical = rate / count
  for (const [i, probability] of sorted.entries()) {
    const reached = ((i + 1) * rate) / count
    if (probability <= reached) critical = reached
  }
  return critical
}
