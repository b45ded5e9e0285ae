import { boostBags, type BagsInput } from './boost-bags.ts'
import { logarithmMayHelp, type RegressionLink } from './boosting-target.ts'
import type { Context } from './context.ts'
import { fitLogScale } from './log-scale.ts'
import { valueOfLogScore } from './score-scale.ts'

/** Rows in a bag and bags in the trial of both scales. */
const TRIAL_ROWS = 10_000
const TRIAL_BAGS = 2

/** The logarithm must lower the squared error by more than one percent: the plain scale is easier to read. */
const CLEARLY = 0.99

/** Chooses the scale of a regression by out-of-fold squared error in the units of the target. */
export async function chooseLink(input: Omit<BagsInput, 'link'>, context: Context): Promise<RegressionLink> {
  const { request, plan } = input
  const given = request.settings?.glassbox?.regressionLink
  if (request.target.task !== 'regression' || given === 'identity') return 'identity'
  const positive = request.target.values.every((value) => value > 0)
  if (given === 'log' && positive) return 'log'
  if (!logarithmMayHelp(request.target)) return 'identity'
  const trialPlan = { ...plan, rowsPerBag: Math.min(plan.rowsPerBag, TRIAL_ROWS) }
  const trial = { ...input, plan: trialPlan, onlyBags: TRIAL_BAGS }
  const quiet = { ...context, progress: undefined }
  const identity = await trialError({ ...trial, link: 'identity' }, quiet)
  const log = await trialError({ ...trial, link: 'log' }, quiet)
  return log < CLEARLY * identity ? 'log' : 'identity'
}

/** Mean squared error on the rows that the bags held out. */
async function trialError(input: BagsInput, context: Context): Promise<number> {
  const truth = input.request.target.task === 'regression' ? input.request.target.values : new Float64Array(0)
  const { bags, target } = await boostBags(input, context)
  const scores: number[] = []
  const values: number[] = []
  for (const { holdOutRows, holdOutScores } of bags) {
    for (let i = 0; i < holdOutRows.length; i++) {
      scores.push((holdOutScores[i] as number) * target.scale + target.centre)
      values.push(truth[holdOutRows[i] as number] as number)
    }
  }
  const scale = input.link === 'log' ? fitLogScale(scores, values, truth) : undefined
  let sum = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number
    sum += ((values[i] as number) - (scale ? valueOfLogScore(score, scale) : score)) ** 2
  }
  return sum / scores.length
}
