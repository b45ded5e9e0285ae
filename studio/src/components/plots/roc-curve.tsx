import { share } from '#studio/lib/numbers.ts'
import { UnitCurve } from './unit-curve.tsx'

/** What calling rows positive from a threshold on leads to. */
export interface CallPoint {
  readonly threshold: number
  readonly true_positive_rate: number
  readonly false_positive_rate: number
  readonly precision: number | null
}

interface CallCurveProps {
  readonly points: readonly CallPoint[]
  /** The point of the chosen threshold is marked. */
  readonly threshold: number | null
  /** Of the rows of the positive class, and of the others: "leavers", "stayers". */
  readonly names: { readonly positive: string; readonly negative: string }
  /** Share of all rows that are positive. */
  readonly rate: number
}

/** How many are caught for how many are bothered, at every threshold. */
export function RocCurve({ points, threshold, names }: CallCurveProps) {
  const at = nearest(points, threshold)
  return (
    <UnitCurve
      label={`ROC curve: share of ${names.positive} caught against share of ${names.negative} bothered`}
      xName={`${names.negative} bothered`}
      yName={`${names.positive} caught`}
      points={points.map((point) => [point.false_positive_rate, point.true_positive_rate])}
      chance={[[0, 0], [1, 1]]}
      marked={at === null ? null : { at: [at.false_positive_rate, at.true_positive_rate], text: `from ${share(threshold ?? at.threshold)}` }}
      table={tableOf(points)}
    />
  )
}

/** How many of the called are right, for how many are caught. */
export function PrecisionRecall({ points, threshold, names, rate }: CallCurveProps) {
  const at = nearest(points, threshold)
  const known = points.flatMap(({ true_positive_rate, precision }) => (precision === null ? [] : [[true_positive_rate, precision] as const]))
  return (
    <UnitCurve
      label={`Precision and recall: share of the called that are right against share of ${names.positive} caught`}
      xName={`${names.positive} caught`}
      yName="called that are right"
      points={known}
      chance={[[0, rate], [1, rate]]}
      marked={at === null || at.precision === null ? null : { at: [at.true_positive_rate, at.precision], text: `from ${share(threshold ?? at.threshold)}` }}
      table={tableOf(points)}
    />
  )
}

/** The point whose calls are those of a threshold: the last one that still calls no row below it. */
export function nearest(points: readonly CallPoint[], threshold: number | null): CallPoint | null {
  if (threshold === null) return null
  return points.findLast((point) => point.threshold >= threshold) ?? points[0] ?? null
}

function tableOf(points: readonly CallPoint[]) {
  const each = Math.max(1, Math.floor(points.length / 40))
  const rows = points.filter((_, index) => index % each === 0 || index === points.length - 1)
  return { head: ['from', 'caught', 'bothered', 'right'], rows: rows.map((point) => [share(point.threshold), share(point.true_positive_rate), share(point.false_positive_rate), point.precision === null ? 'none called' : share(point.precision)]) }
}
