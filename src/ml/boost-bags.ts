import type { BagSplit } from './bag-splits.ts'
import type { BoostingTarget } from './boosting-target.ts'
import type { BoostingSettings } from './boost-terms.ts'
import { type Context, runParts } from './context.ts'
import { type FitBagInput, type FitBagOutput, type FittedTerms, fitBag, type TermCodes } from './fit-bag.ts'
import type { BoostingTask } from './loss-of-task.ts'
import { chooseTracker } from './plan-boosting.ts'

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
  /** Work of the stage in touches of a row or cell; little work is done in line. */
  readonly work: number
}

/** Less work than this (about 30 ms) is not worth waking workers for. */
const IN_LINE = 3e7

/** Boosts the bags: each leaves out one fold, by which it knows when to stop. */
export function boostBags(stage: BoostingStage, context: Context): Promise<FitBagOutput[]> {
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
      features: terms.shapes.length,
      outputs: task.outputs,
      cells,
      corners: terms.shapes.some((shape) => shape.kind === 'grid') ? 5 : stage.settings.leaves,
      builds: task.task === 'regression' && task.loss.kind === 'squared' ? 1 : 4,
    }),
    settings: { ...stage.settings, largestStep: largestStep(task) },
    seed: stage.seed,
  }
  const parts = splits.map(
    (split, i): FitBagInput => ({ ...common, ...split, bag: (stage.firstBag ?? 0) + i, fitted: stage.fitted?.[i] ?? null }),
  )
  const inLine = stage.work < IN_LINE ? { ...context, parallel: undefined } : context
  return runParts({ task: 'fitBag', run: fitBag }, parts, inLine)
}

/** Bound on a leaf before the learning rate: keeps separable classes and logarithms from running away. */
function largestStep({ task, loss }: BoostingTask): number {
  if (task !== 'regression') return 4
  if (loss.kind === 'squared') return Number.MAX_VALUE
  return loss.kind === 'quantile' ? 1 : 4
}
