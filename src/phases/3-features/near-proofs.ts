import type { LoadedColumn } from './load-rows.ts'
import type { Strength } from './strengths.ts'

/** A column that alone predicts the label so well that it is hardly known before it. */
export interface NearProof {
  readonly column: LoadedColumn
  readonly strength: Strength
  /** Whether it is so near that it is left out on this evidence alone. */
  readonly certain: boolean
}

/** Stronger than this alone is hardly ever honest; the lower ones are worth a question. */
const certain = { auc: 0.995, r2: 0.995 }
const doubtful = { auc: 0.975, r2: 0.985 }

/** Columns that are nearly the label in other values. */
export function findNearProofs(columns: readonly LoadedColumn[], strengths: readonly Strength[]): NearProof[] {
  return columns.flatMap((column, i) => {
    const strength = strengths[i]
    if (strength === undefined || strength.value < doubtful[strength.metric]) return []
    return [{ column, strength, certain: strength.value >= certain[strength.metric] }]
  })
}

/** Whether a feature made of others tells the label so well that it is rather the label itself. */
export function isNearProof({ metric, value }: Strength): boolean {
  return value >= certain[metric]
}
