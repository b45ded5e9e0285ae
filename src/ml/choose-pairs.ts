import { boostBags } from './boost-bags.ts'
import type { Context } from './context.ts'
import { directionOf, type FeatureBins } from './feature-bins.ts'
import { findPairs } from './find-pairs.ts'
import type { SettledBag } from './settle-rounds.ts'
import type { BoostedCurves, BoostedPairs, FitParts } from './fit-glassbox.ts'
import type { TermWishes } from './fit-request.ts'
import { mergeBins, type PairOfFeatures, type PairSlots, pairCodes } from './pair-slots.ts'

/** Finds the pairs that the curves leave something for, and boosts them where the held-out rows gain by it. */
export async function choosePairs(parts: FitParts, curves: BoostedCurves, context: Context): Promise<BoostedPairs> {
  const { request, plan, features } = parts
  const { exclude, forced } = readWishes(request.terms, features)
  if (request.trainer !== 'glassbox' && forced.length === 0) return { slots: [], pairs: [], bags: [] }
  const slots = features.map((feature) => mergeBins(feature, countBins(feature), plan.pairSlots))
  const candidates = candidatesOf(features, [...exclude, ...forced])
  const found =
    request.trainer === 'glassbox'
      ? await findPairs({ ...searchOf(parts, curves), slots, candidates, most: plan.pairs, level: plan.pairLevel }, context)
      : []
  const pairs = [...forced, ...found]
  if (pairs.length === 0) return { slots, pairs: [], bags: [] }
  const bags = await boostPairs(parts, { curves, slots, pairs }, context)
  if (forced.length === 0 && !lowersLoss(bags)) return { slots, pairs: [], bags: [] }
  return { slots, pairs, bags }
}

function searchOf({ request, task, features }: FitParts, { target, bags }: BoostedCurves) {
  return { features, task, target, rowWeights: request.weights, bags, seed: request.seed }
}

interface Pairing {
  readonly curves: BoostedCurves
  readonly slots: readonly PairSlots[]
  readonly pairs: readonly PairOfFeatures[]
}

function boostPairs({ request, plan, task, features, splits }: FitParts, { curves, slots, pairs }: Pairing, context: Context) {
  const slotsOf = (f: number): number => (slots[f] as PairSlots).slots
  const direction = (f: number) => directionOf(features[f] as FeatureBins)
  const shapes = pairs.map(({ a, b }) => ({
    kind: 'grid' as const,
    rows: slotsOf(a),
    columns: slotsOf(b),
    cells: slotsOf(a) * slotsOf(b),
    directions: [direction(a), direction(b)] as const,
  }))
  const codes = pairs.map((pair) => pairCodes(features, slots, pair))
  const fitted = curves.bags.map(({ scores, start }) => ({ ...curves.terms, scores, start }))
  const { rowsPerBag, pairSettings: settings } = plan
  const { target } = curves
  const stage = { terms: { shapes, codes }, task, target, rowWeights: request.weights, splits, fitted, rowsPerBag, settings, seed: request.seed }
  return boostBags(stage, context)
}

/** Whether pairs lower the loss of held-out rows in most bags and on average. */
function lowersLoss(bags: readonly SettledBag[]): boolean {
  const gains = bags.map(({ startLoss, holdOutLoss }) => startLoss - holdOutLoss)
  return gains.reduce((sum, gain) => sum + gain, 0) > 0
}

function countBins({ bins, codes }: FeatureBins): Float64Array {
  const counts = new Float64Array(bins)
  for (let i = 0; i < codes.length; i++) counts[codes[i] as number] = (counts[codes[i] as number] as number) + 1
  return counts
}

function readWishes(terms: TermWishes | undefined, features: readonly FeatureBins[]) {
  const positionOf = (name: string): number => features.findIndex(({ feature }) => feature === name)
  const ordered = (a: number, b: number): PairOfFeatures => (a < b ? { a, b } : { a: b, b: a })
  const exclude = (terms?.exclude ?? []).flatMap((names) =>
    names.length === 2 ? [ordered(positionOf(names[0]), positionOf(names[1]))] : [],
  )
  const forced: PairOfFeatures[] = []
  for (const [first, second] of terms?.pairs ?? []) {
    const pair = ordered(positionOf(first), positionOf(second))
    if (!includes(forced, pair)) forced.push(pair)
  }
  return { exclude, forced }
}

function candidatesOf(features: readonly FeatureBins[], without: readonly PairOfFeatures[]): PairOfFeatures[] {
  const candidates: PairOfFeatures[] = []
  for (let a = 0; a < features.length; a++) {
    for (let b = a + 1; b < features.length; b++) if (!includes(without, { a, b })) candidates.push({ a, b })
  }
  return candidates
}

function includes(pairs: readonly PairOfFeatures[], { a, b }: PairOfFeatures): boolean {
  return pairs.some((pair) => pair.a === a && pair.b === b)
}
