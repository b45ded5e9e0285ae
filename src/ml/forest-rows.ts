import { LEAVES, type LeafMasks } from './forest-masks.ts'
import type { ForestSlots } from './forest-slots.ts'
import { weightsOfSplits } from './forest-ways.ts'

/** Steps towards the estimate; later ones hardly change it. */
const STEPS = 30

/** First guess for missing values, in those of any other slot: where leaves do not tell, they are rather few. */
const MISSING_GUESS = 0.3

/** Rows that came to leaves whose ways allow the same slots of a feature. */
interface CountedSlots {
  readonly slots: Uint8Array
  rows: number
}

/**
 * Estimates from the leaves alone how many training rows lie in each slot of each feature: a leaf says how many rows
 * have one of the slots that its way allows, and its rows are dealt out to these in the proportion of the estimate so
 * far, again and again (Turnbull's self-consistent estimate from grouped and censored data, 1976). It is rough where a
 * feature goes together with others.
 */
export function estimateRows(trees: readonly LeafMasks[], slots: readonly ForestSlots[]): Float64Array[] {
  const whole = trees[0]?.tree.weight.reduce((sum, weight) => sum + weight, 0) ?? 0
  return slots.map((own, f) => {
    const counted = trees.flatMap((set) => countSlots(set, f))
    const guess = new Float64Array(own.slots).fill(1)
    guess[0] = sawMissing(trees, f) ? MISSING_GUESS : 0
    // No training row had a level that is not listed.
    if (own.kind === 'category') guess[1] = 0
    let shares = normalise(guess)
    if (counted.length > 0) for (let step = 0; step < STEPS; step++) shares = normalise(deal(counted, shares))
    return shares.map((share) => share * whole)
  })
}

/** Whether a missing value ever goes where fewer rows go: in a fit it does so only if training rows asked for it. */
function sawMissing(trees: readonly LeafMasks[], feature: number): boolean {
  return trees.some(({ tree }) => {
    const weights = weightsOfSplits(tree)
    const weightOf = (child: number): number => (child < 0 ? tree.weight[~child] : weights[child]) as number
    return tree.feature.some((own, split) => {
      if (own !== feature) return false
      const [left, right] = [weightOf(tree.left[split] as number), weightOf(tree.right[split] as number)]
      return tree.missingLeft[split] ? left < right : right < left
    })
  })
}

/** The slots that the leaves of a tree allow, those alike together; none where the tree does not split the feature. */
function countSlots({ tree, features, masks, first }: LeafMasks, feature: number): CountedSlots[] {
  const mask = masks[features.indexOf(feature)]
  if (!mask) return []
  const found = new Map<string, CountedSlots>()
  for (const [leaf, rows] of tree.weight.slice(first, first + LEAVES).entries()) {
    const slots = Uint8Array.from(mask, (bits) => (bits >>> leaf) & 1)
    const key = slots.join('')
    const known = found.get(key)
    if (known) known.rows += rows
    else found.set(key, { slots, rows })
  }
  return [...found.values()]
}

function deal(counted: readonly CountedSlots[], shares: Float64Array): Float64Array<ArrayBuffer> {
  const dealt = new Float64Array(shares.length)
  for (const { slots, rows } of counted) {
    let allowed = 0
    for (let slot = 0; slot < slots.length; slot++) allowed += (slots[slot] as number) * (shares[slot] as number)
    if (allowed === 0) continue
    const factor = rows / allowed
    for (let slot = 0; slot < slots.length; slot++) {
      dealt[slot] = (dealt[slot] as number) + (slots[slot] as number) * (shares[slot] as number) * factor
    }
  }
  return dealt
}

function normalise(shares: Float64Array): Float64Array<ArrayBuffer> {
  const sum = shares.reduce((total, share) => total + share, 0)
  return Float64Array.from(shares, (share) => (sum > 0 ? share / sum : 0))
}
