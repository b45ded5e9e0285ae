import { averageBags, type AveragedScores, intervalOfBags } from './average-bags.ts'
import { layOutBins, viewsByTerm } from './binned-rows.ts'
import type { BoostingTarget } from './boosting-target.ts'
import { buildCurveTerm, buildPairTerm } from './build-term.ts'
import { type CellWeights, weighCells } from './cell-weights.ts'
import { directionOf, type FeatureBins } from './feature-bins.ts'
import type { SettledBag } from './settle-rounds.ts'
import type { Term } from './model.ts'
import type { PairOfFeatures, PairSlots } from './pair-slots.ts'
import { purifyGrid } from './purify-pairs.ts'
import type { Column } from './table.ts'

/** A fit whose bags are to be put together. */
export interface BoostedModel {
  readonly features: readonly FeatureBins[]
  readonly columns: readonly Column[]
  /** Positions of the features with a curve, in the order of the curves. */
  readonly curves: readonly number[]
  readonly slots: readonly PairSlots[]
  readonly pairs: readonly PairOfFeatures[]
  readonly curveBags: readonly SettledBag[]
  /** Absent where there is no pair. */
  readonly pairBags: readonly SettledBag[]
  readonly target: BoostingTarget
  readonly rowWeights: Float64Array | undefined
  readonly heldOutShare: number
}

/** Terms whose mean over the training rows is zero, and the constants by output. */
export interface AssembledTerms {
  readonly intercepts: number[]
  readonly terms: Term[]
}

/** The scores of one bag and output, term by term, curves first. */
interface BagScores {
  readonly terms: Float64Array[]
  intercept: number
}

/** Purifies and centres the terms of each bag, averages them, and writes them as terms of a model. */
export function assembleTerms(model: BoostedModel): AssembledTerms {
  const weights = weighCells(model)
  const outputs = model.curveBags[0]?.start.length ?? 1
  const byOutput = Array.from({ length: outputs }, (_, k) => model.curveBags.map((_, bag) => settleBag(model, weights, { bag, output: k })))
  const intercepts = byOutput.map((bags) => bags.reduce((sum, { intercept }) => sum + intercept, 0) / bags.length)
  const build = (t: number): Term => {
    const averaged = byOutput.map((bags) => averageBags(bags.map(({ terms }) => terms[t] as Float64Array), model.heldOutShare))
    const importance = importanceOf({ byOutput, averaged, t, weights: weights[t] as CellWeights }, model.heldOutShare)
    const curve = model.curves[t]
    if (curve === undefined) {
      const pair = model.pairs[t - model.curves.length] as PairOfFeatures
      return buildPairTerm(model, pair, { averaged, weight: (weights[t] as CellWeights).weight, importance })
    }
    return buildCurveTerm(model.features[curve] as FeatureBins, { averaged, weight: (weights[t] as CellWeights).weight, importance })
  }
  return { intercepts, terms: weights.map((_, t) => build(t)) }
}

/** Importance of a term with its 95 % interval over the bags. */
export interface Importance {
  readonly importance: number
  readonly importanceInterval: readonly [number, number]
}

interface ImportanceInput {
  readonly byOutput: readonly (readonly BagScores[])[]
  readonly averaged: readonly AveragedScores[]
  readonly t: number
  readonly weights: CellWeights
}

function importanceOf({ byOutput, averaged, t, weights }: ImportanceInput, heldOutShare: number): Importance {
  const bags = byOutput[0] ?? []
  const ofBags = bags.map((_, bag) =>
    meanAbsolute(byOutput.map((one) => (one[bag] as BagScores).terms[t] as Float64Array), weights),
  )
  const importance = meanAbsolute(averaged.map(({ scores }) => scores), weights)
  const [low, high] = intervalOfBags(importance, ofBags, heldOutShare)
  return { importance, importanceInterval: [Math.max(0, low), high] }
}

function meanAbsolute(byOutput: readonly Float64Array[], { weight, total }: CellWeights): number {
  let sum = 0
  for (const scores of byOutput) {
    for (let cell = 0; cell < scores.length; cell++) sum += (weight[cell] as number) * Math.abs(scores[cell] as number)
  }
  return total === 0 ? 0 : sum / total / byOutput.length
}

interface BagOutput {
  readonly bag: number
  readonly output: number
}

/** Scores of one bag on the scale of the model: pairs purified, every term centred, what was taken out in the constant. */
function settleBag(model: BoostedModel, weights: readonly CellWeights[], { bag, output }: BagOutput): BagScores {
  const { curves, features, pairs, slots, target } = model
  const scaled = (values: Float64Array): Float64Array => values.map((value) => value * target.scale)
  const curveBag = model.curveBags[bag] as SettledBag
  const curveLayout = layOutBins(curves.map((f) => (features[f] as FeatureBins).bins))
  const curveScores = viewsByTerm(curveBag.scores, output, curveLayout).map(scaled)
  const pairBag = model.pairBags[bag]
  const sizeOf = (f: number): number => (slots[f] as PairSlots).slots
  const pairLayout = layOutBins(pairs.map(({ a, b }) => sizeOf(a) * sizeOf(b)))
  const pairScores = pairBag ? viewsByTerm(pairBag.scores, output, pairLayout).map(scaled) : []
  for (const [p, { a, b }] of pairs.entries()) {
    const scores = pairScores[p] as Float64Array
    const kept = (f: number): boolean => !curves.includes(f) || directionOf(features[f] as FeatureBins) !== null
    const grid = { scores, weights: (weights[curves.length + p] as CellWeights).weight, height: sizeOf(a), width: sizeOf(b) }
    const margins = purifyGrid(grid, { first: kept(a), second: kept(b) })
    addMargin(curveScores[curves.indexOf(a)], slots[a] as PairSlots, margins.first)
    addMargin(curveScores[curves.indexOf(b)], slots[b] as PairSlots, margins.second)
  }
  const terms = [...curveScores, ...pairScores]
  const means = terms.map((scores, t) => centre(scores, weights[t] as CellWeights))
  const start = (curveBag.start[output] as number) * target.scale + target.centre
  return { terms, intercept: means.reduce((sum, mean) => sum + mean, start) }
}

function addMargin(curve: Float64Array | undefined, { slotOfBin }: PairSlots, margin: Float64Array): void {
  if (!curve) return
  for (let bin = 0; bin < curve.length; bin++) curve[bin] = (curve[bin] as number) + (margin[slotOfBin[bin] as number] as number)
}

/** Takes the training mean out of the scores and returns it. */
function centre(scores: Float64Array, { weight, total }: CellWeights): number {
  let sum = 0
  for (let cell = 0; cell < scores.length; cell++) sum += (weight[cell] as number) * (scores[cell] as number)
  const mean = total === 0 ? 0 : sum / total
  for (let cell = 0; cell < scores.length; cell++) scores[cell] = (scores[cell] as number) - mean
  return mean
}
