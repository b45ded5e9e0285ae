import { correlationOf } from '#findings/correlation'
import type { Reconstruction } from '#findings/find-reconstructions'
import type { Target } from '#ml/table'
import type { LoadedColumn } from './load-rows.ts'
import type { Strength } from './strengths.ts'

/** A column that alone predicts the label so well that it is hardly known before it. */
export interface NearProof {
  readonly column: LoadedColumn
  readonly strength: Strength
  /** Whether the strength is that of a straight line through all training rows. */
  readonly onLine: boolean
  /** Whether it is so near that it is left out on this evidence alone. */
  readonly certain: boolean
}

/** Stronger than this alone is hardly ever honest; the lower ones are worth a question. */
const certain = { auc: 0.995, r2: 0.995 }
const doubtful = { auc: 0.97, r2: 0.985 }

/** Columns that are nearly the label in other values. */
export function findNearProofs(columns: readonly LoadedColumn[], strengths: readonly Strength[], target: Target): NearProof[] {
  return columns.flatMap((column, i) => {
    const measured = strengths[i]
    if (measured === undefined) return []
    const straight = straightShare(column, target)
    const onLine = straight > measured.value
    const strength = onLine ? { ...measured, value: straight } : measured
    if (strength.value < doubtful[strength.metric]) return []
    return [{ column, strength, onLine, certain: measured.value >= certain[strength.metric] }]
  })
}

/** The R² of a straight line: bins of few rows are too coarse to show a label that has only a little noise on it. */
function straightShare({ values }: LoadedColumn, target: Target): number {
  if (values.kind !== 'numeric' || target.task !== 'regression') return 0
  const { correlation, rows } = correlationOf(values.values, target.values)
  // A line over a part of the rows says little of the label.
  return rows < values.values.length / 2 ? 0 : correlation ** 2
}

/** Whether a formula rebuilds the label so surely that its columns are left out on this evidence alone; else it is a question. */
export function isCertainFormula({ proved }: Reconstruction): boolean {
  return proved.kind !== 'near' || proved.explained >= 0.9999
}

/** Whether a feature made of others tells the label so well that it is rather the label itself. */
export function isNearProof({ metric, value }: Strength): boolean {
  return value >= certain[metric]
}
