import type { BagSplit } from './bag-splits.ts'
import type { BoostingTarget } from './boosting-target.ts'
import type { BoostingSettings } from './boost-terms.ts'
import { type Context, runParts } from './context.ts'
import { type FitBagInput, type FittedTerms, fitBag, type TermCodes } from './fit-bag.ts'
import { type BoostingTask, buildsOf } from './loss-of-task.ts'
import { chooseTracker } from './plan-boosting.ts'
import { type SettledBag, settleRounds } from './settle-rounds.ts'

/** Terms to boost in every bag. */
export interface BoostingStage {
  readonly terms: TermCodes
  readonly task: BoostingTask
  readonly target: BoostingTarget
  readonly rowWeights: Float64Array | undefined
  readonly splits: readonly BagSplit[]
  /** Number of the first bag of the splits. */
  readonly firstBag?: number
  /** By bag: terms that it has fitted before; absent in the first stage. */
  readonly fitted?: readonly FittedTerms[] | undefined
  readonly rowsPerBag: number
  readonly settings: Omit<BoostingSettings, 'largestStep'>
  readonly seed: number
}

/** Boosts the bags: each leaves out one fold, and all stop where the rows that they leave out say so. */
export async function boostBags(stage: BoostingStage, context: Context): Promise<SettledBag[]> {
  const { terms, task, target, splits } = stage
  const cells = terms.shapes.reduce((sum, shape) => sum + shape.cells, 0)
  const rows = Math.min(stage.rowsPerBag, target.values.length)
  const common = {
    ...terms,
    task,
    target: target.values,
    rowWeights: stage.rowWeights ?? null,
    rowsPerBag: stage.rowsPerBag,
    tracker: chooseTracker({
      rows,
      terms: terms.shapes.length,
      outputs: task.outputs,
      cells,
      corners: terms.shapes.some((shape) => shape.kind === 'grid') ? 5 : stage.settings.leaves,
      builds: buildsOf(task),
    }),
    settings: { ...stage.settings, largestStep: largestStep(task) },
    seed: stage.seed,
  }
  const parts = splits.map(
    (split, i): FitBagInput => ({ ...common, ...split, bag: (stage.firstBag ?? 0) + i, fitted: stage.fitted?.[i] ?? null }),
  )
  return settleRounds(parts, await runParts({ task: 'fitBag', run: fitBag }, parts, context))
}

/** Bound on a leaf before the learning rate: keeps separable classes and logarithms from running away. */
function largestStep({ task, loss }: BoostingTask): number {
  if (task !== 'regression') return 4
  if (loss.kind === 'squared') return Number.MAX_VALUE
  return loss.kind === 'quantile' ? 1 : 4
}
