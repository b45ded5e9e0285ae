import { assembleTerms } from './assemble-terms.ts'
import { type BagSplit, bagSplits, heldOutShare } from './bag-splits.ts'
import { binTable } from './bin-table.ts'
import { boostBags, type BoostingStage } from './boost-bags.ts'
import { type BoostingTarget, boostingTarget, hasLogScore, sharedNumbers } from './boosting-target.ts'
import { chooseLink } from './choose-link.ts'
import type { Context } from './context.ts'
import { directionOf, type FeatureBins } from './feature-bins.ts'
import type { TermCodes } from './fit-bag.ts'
import type { SettledBag } from './settle-rounds.ts'
import { choosePairs } from './choose-pairs.ts'
import type { FitRequest } from './fit-request.ts'
import type { Fitted } from './fitted.ts'
import { fitLogScale } from './log-scale.ts'
import { type BoostingTask, buildsOf } from './loss-of-task.ts'
import { log } from './logarithm.ts'
import type { Loss, Model } from './model.ts'
import { outOfFoldScores } from './out-of-fold.ts'
import type { PairOfFeatures, PairSlots } from './pair-slots.ts'
import { type BoostingPlan, planBins, planBoosting } from './plan-boosting.ts'
import { linkOfTask } from './start-score.ts'
import { outputsOf, targetRows } from './table.ts'
import { targetAxis } from './target-axis.ts'

/** What all stages of a fit share. */
export interface FitParts {
  readonly request: FitRequest
  readonly plan: BoostingPlan
  readonly task: BoostingTask
  readonly features: readonly FeatureBins[]
  readonly splits: readonly BagSplit[]
}

/** A stage that is over: its target and bags. */
export interface BoostedCurves {
  readonly target: BoostingTarget
  readonly terms: TermCodes
  readonly bags: readonly SettledBag[]
}

/** Pairs that are worth their cells, with the slots of all features; without pairs there are no bags. */
export interface BoostedPairs {
  readonly slots: readonly PairSlots[]
  readonly pairs: readonly PairOfFeatures[]
  readonly bags: readonly SettledBag[]
}

/** Fits the glass box: one curve a feature, and on what they leave a grid for each pair that stands out. */
export async function fitGlassbox(request: FitRequest, context: Context): Promise<Fitted> {
  const { table, target, weights: rowWeights } = request
  const outputs = outputsOf(target)
  const rows = targetRows(target)
  const given = request.settings?.glassbox ?? {}
  const size = { rows, features: table.columns.length, outputs }
  const task = { task: target.task, outputs, loss: lossOf(request), rows }
  const regression = target.task === 'regression'
  const bins = binTable(request, planBins(regression, given))
  const cells = bins.reduce((sum, feature) => sum + feature.bins, 0)
  const plan = planBoosting({ ...size, cells, builds: buildsOf(task), regression }, given)
  const parts = { request, plan, task, features: bins, splits: bagSplits(target, plan.bags, request.seed) }
  const curves = curvesOf(request, parts.features)
  const { link, ...boosted } = await boostCurves(parts, curves, context)
  const paired = await choosePairs(parts, boosted, context)
  const { features, splits } = parts
  const assembled = assembleTerms({
    features,
    columns: table.columns,
    curves,
    ...paired,
    curveBags: boosted.bags,
    pairBags: paired.bags,
    target: boosted.target,
    rowWeights,
    heldOutShare: heldOutShare(splits),
  })
  const outOfFold = outOfFoldScores(paired.bags.length > 0 ? paired.bags : boosted.bags, { rows, outputs, target: boosted.target })
  const model: Model = {
    format: 'signalbox-model',
    version: 2,
    trainer: request.trainer,
    task: target.task,
    link: linkOfTask(target.task),
    ...(task.loss.kind === 'squared' ? {} : { loss: task.loss }),
    ...(target.task === 'regression' ? {} : { classes: [...target.classes] }),
    ...assembled,
    training: {
      rows,
      seed: request.seed,
      rounds: boosted.bags.map((bag) => bag.rounds),
      ...(paired.bags.length > 0 ? { pairRounds: paired.bags.map((bag) => bag.rounds) } : {}),
    },
  }
  if (target.task !== 'regression') return { model, outOfFold }
  if (hasLogScore(task.loss)) return { model: { ...model, link: 'log', logScale: countScale(target.values) }, outOfFold }
  if (link === 'identity') return { model, outOfFold }
  const truth = Float64Array.from(outOfFold.rows, (row) => target.values[row] as number)
  const logScale = fitLogScale(outOfFold.scores[0] as Float64Array, truth, target.values)
  return { model: { ...model, link: 'log', logScale }, outOfFold }
}

function lossOf({ loss }: FitRequest): Loss {
  return loss ?? { kind: 'squared' }
}

/** The mean itself, never above the largest target: exp turns a small overshoot into a huge value. */
function countScale(values: Float64Array): { low: number; high: number; smear: number } {
  let highest = 0
  for (const value of values) if (value > highest) highest = value
  return { low: -700, high: log(highest), smear: 1 }
}

/** Positions of the features that may have a curve. */
function curvesOf({ terms }: FitRequest, features: readonly FeatureBins[]): number[] {
  const without = new Set((terms?.exclude ?? []).flatMap((names) => (names.length === 1 ? [names[0]] : [])))
  return [...features.keys()].filter((f) => !without.has((features[f] as FeatureBins).feature))
}

async function boostCurves(parts: FitParts, curves: readonly number[], context: Context) {
  const { request, plan, task, features, splits } = parts
  const own = curves.map((f) => features[f] as FeatureBins)
  const axisOf = axisMaker(request)
  const terms: TermCodes = {
    shapes: own.map((feature) => ({ kind: 'curve', cells: feature.bins, direction: directionOf(feature) })),
    codes: own.map((feature) => feature.codes),
    axes: own.map((feature, i) => axisOf(feature, curves[i] as number)),
  }
  const { rowsPerBag, settings } = plan
  const stage: Omit<BoostingStage, 'target'> = { terms, task, rowWeights: request.weights, splits, rowsPerBag, settings, budget: plan.curveBudget, seed: request.seed }
  const given = request.settings?.glassbox?.regressionLink
  const chosen = await chooseLink(stage, { target: request.target, given }, context)
  const target = boostingTarget(request.target, chosen.link, task.loss)
  return { link: chosen.link, target, terms, bags: await boostBags({ ...stage, target }, context, chosen.bags) }
}

/** Makes the function of the number by row on which bags order the levels of a feature; null where its bins have an order of their own. */
function axisMaker({ table, target }: FitRequest): (feature: FeatureBins, f: number) => Float64Array | null {
  let forAll: Float64Array | undefined
  return ({ rule }, f) => {
    const column = table.columns[f]
    if (rule.kind === 'numeric' || rule.ordered || rule.encoded || column?.kind !== 'category') return null
    if (target.task === 'multiclass') return sharedNumbers(targetAxis(column, target))
    // Of two classes and of numbers the axis is the same for every feature.
    forAll ??= sharedNumbers(targetAxis(column, target))
    return forAll
  }
}
