/** Counts of calling rows positive from a threshold on. */
export interface ThresholdCounts {
  readonly threshold: number
  readonly true_positives: number
  readonly false_positives: number
  readonly true_negatives: number
  readonly false_negatives: number
}

/** What the two mistakes cost. */
export interface Costs {
  readonly falsePositive: number
  readonly falseNegative: number
}

/** Calling everybody and calling nobody, as the ends of the table. */
export function withEnds(counts: readonly ThresholdCounts[]): ThresholdCounts[] {
  const first = counts[0]
  if (first === undefined) return []
  const positives = first.true_positives + first.false_negatives
  const negatives = first.false_positives + first.true_negatives
  return [
    { threshold: 0, true_positives: positives, false_positives: negatives, true_negatives: 0, false_negatives: 0 },
    ...counts,
    { threshold: 1, true_positives: 0, false_positives: 0, true_negatives: negatives, false_negatives: positives },
  ]
}

/** What the calls cost a row, on average. A call costs where it bothers; a miss costs where it is missed. */
export function costOf(counts: ThresholdCounts, { falsePositive, falseNegative }: Costs): number {
  const rows = counts.true_positives + counts.false_positives + counts.true_negatives + counts.false_negatives
  return rows === 0 ? 0 : (counts.false_positives * falsePositive + counts.false_negatives * falseNegative) / rows
}

/** The threshold of lowest cost; of equals the middle one. */
export function cheapest(counts: readonly ThresholdCounts[], costs: Costs): ThresholdCounts | null {
  if (counts.length === 0) return null
  const least = Math.min(...counts.map((one) => costOf(one, costs)))
  const equal = counts.filter((one) => costOf(one, costs) <= least + 1e-12)
  return equal[Math.floor((equal.length - 1) / 2)] ?? null
}

/** The counts at a threshold of the table, in steps of one point. */
export function countsAt(counts: readonly ThresholdCounts[], threshold: number): ThresholdCounts | null {
  return counts.find((one) => Math.abs(one.threshold - threshold) < 0.005) ?? null
}
