import { LEAVES, type LeafMasks } from './forest-masks.ts'
import type { ForestSlots } from './forest-slots.ts'

/** Steps towards the estimate; later ones hardly change it. */
const STEPS = 20

/** Rows that came to leaves whose ways allow the same slots of a feature. */
interface CountedSlots {
  readonly slots: Uint8Array
  rows: number
}

/**
 * Estimates from the leaves alone how many training rows lie in each slot of each feature: a leaf says how many rows
 * have one of the slots that its way allows, and its rows are dealt out to these in the proportion of the estimate so
 * far, again and again (Turnbull's self-consistent estimate from grouped and censored data, 1976).
 */
export function estimateRows(trees: readonly LeafMasks[], slots: readonly ForestSlots[]): Float64Array[] {
  const whole = trees[0]?.tree.weight.reduce((sum, weight) => sum + weight, 0) ?? 0
  return slots.map((own, f) => {
    const counted = trees.flatMap((set) => countSlots(set, f))
    let shares = firstGuess(own, counted.length > 0)
    if (counted.length > 0) for (let step = 0; step < STEPS; step++) shares = normalise(deal(counted, shares))
    return shares.map((share) => share * whole)
  })
}

/** All slots alike; but an unknown level (slot 1) has no training row, nor has a missing value of which no tree knows. */
function firstGuess({ kind, slots }: ForestSlots, isSplit: boolean): Float64Array<ArrayBuffer> {
  const shares = new Float64Array(slots).fill(1)
  if (kind === 'category') shares[1] = 0
  if (!isSplit) shares[0] = 0
  return normalise(shares)
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
