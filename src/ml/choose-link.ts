import { boostBags, type BoostingStage } from './boost-bags.ts'
import { boostingTarget, logarithmMayHelp, type RegressionLink } from './boosting-target.ts'
import type { Context } from './context.ts'
import type { SettledBag } from './settle-rounds.ts'
import { fitLogScale } from './log-scale.ts'
import type { Target } from './table.ts'
import { valueOfLogScore } from './score-scale.ts'

/** Rows in a bag and bags in the trial of both scales. */
const TRIAL_ROWS = 10_000
const TRIAL_BAGS = 2

/** The logarithm must lower the squared error by more than one percent: the plain scale is easier to read. */
const CLEARLY = 0.99

/** A stage whose target is not prepared yet. */
export type StageWithoutTarget = Omit<BoostingStage, 'target'>

/** The chosen scale, and the first bags where the trial was as thorough as the fit. */
export interface ChosenLink {
  readonly link: RegressionLink
  readonly bags: SettledBag[]
}

/** Chooses the scale of a regression by out-of-fold squared error in the units of the target. */
export async function chooseLink(
  stage: StageWithoutTarget,
  { target, given }: { readonly target: Target; readonly given: RegressionLink | undefined },
  context: Context,
): Promise<ChosenLink> {
  const { loss } = stage.task
  if (target.task !== 'regression' || given === 'identity' || loss.kind !== 'squared') return { link: 'identity', bags: [] }
  const positive = target.values.every((value) => value > 0)
  if (given === 'log' && positive) return { link: 'log', bags: [] }
  if (!logarithmMayHelp(target)) return { link: 'identity', bags: [] }
  const rowsPerBag = Math.min(stage.rowsPerBag, TRIAL_ROWS)
  const trial = { ...stage, rowsPerBag, splits: stage.splits.slice(0, TRIAL_BAGS) }
  const quiet = { ...context, progress: undefined }
  const boost = (link: RegressionLink) => boostBags({ ...trial, target: boostingTarget(target, link, loss) }, quiet)
  const [identity, log] = await Promise.all([boost('identity'), boost('log')])
  const errors = [trialError('identity', identity, { target, stage }), trialError('log', log, { target, stage })] as const
  const link = errors[1] < CLEARLY * errors[0] ? 'log' : 'identity'
  const thorough = rowsPerBag >= stage.rowsPerBag || rowsPerBag >= target.values.length
  return { link, bags: thorough ? (link === 'log' ? log : identity) : [] }
}

interface Truth {
  readonly target: Extract<Target, { task: 'regression' }>
  readonly stage: StageWithoutTarget
}

/** Weighted mean squared error on the rows that the bags held out. */
function trialError(link: RegressionLink, bags: readonly SettledBag[], { target, stage }: Truth): number {
  const { centre, scale } = boostingTarget(target, link, stage.task.loss)
  const scores: number[] = []
  const values: number[] = []
  const weights: number[] = []
  for (const { holdOutRows, holdOutScores } of bags) {
    for (let i = 0; i < holdOutRows.length; i++) {
      const row = holdOutRows[i] as number
      scores.push((holdOutScores[i] as number) * scale + centre)
      values.push(target.values[row] as number)
      weights.push(stage.rowWeights ? (stage.rowWeights[row] as number) : 1)
    }
  }
  const logScale = link === 'log' ? fitLogScale(scores, values, target.values) : undefined
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number
    sum += (weights[i] as number) * ((values[i] as number) - (logScale ? valueOfLogScore(score, logScale) : score)) ** 2
  }
  return sum
}
