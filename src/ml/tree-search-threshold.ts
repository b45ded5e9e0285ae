import { constrainedGain, type SplitLimits } from './tree-gain.ts'
import type { LeafSums } from './tree-job.ts'
import type { TreeFeature } from './tree-memory.ts'
import { MISSING_LEFT, MISSING_RIGHT, MISSING_UNKNOWN, type MissingSide, type TreeSplit } from './tree-split.ts'

/** Where a search looks. */
export interface SearchPlace {
  readonly index: number
  readonly feature: TreeFeature
  readonly histograms: Float64Array
  /** Position of code 0 in `histograms`. */
  readonly start: number
  readonly leaf: LeafSums
  readonly limits: SplitLimits
}

/** Tries all thresholds of a feature, with missing values on either side, and keeps the split that gains most. */
export function searchThresholds(place: SearchPlace, best: TreeSplit, isConstrained: boolean): void {
  const before = best.gain
  if (isConstrained) searchConstrained(place, best)
  else if (hasMissing(place)) searchWithMissing(place, best)
  else searchPlain(place, best)
  if (best.gain === before) return
  best.feature = place.index
  best.code = middleOfGap(place, best.code)
}

function hasMissing({ histograms, start }: SearchPlace): boolean {
  return histograms[start] !== 0 || histograms[start + 1] !== 0
}

function searchPlain(place: SearchPlace, best: TreeSplit): void {
  const { histograms, start, leaf, limits, feature } = place
  const { least, most, penalty } = limits
  const total = leaf.gradient
  const whole = leaf.hessian + 2 * penalty
  const last = start + 2 * (feature.codes - 1)
  let gradient = 0
  let hessian = 0
  let gain = best.gain
  let found = -1
  for (let at = start + 2; at < last; at += 2) {
    gradient += histograms[at] as number
    hessian += histograms[at + 1] as number
    if (hessian < least) continue
    if (hessian > most) break
    const other = total - gradient
    const own = hessian + penalty
    const others = whole - own
    // One division for the sum of two quotients.
    const now = (gradient * gradient * others + other * other * own) / (own * others)
    if (now > gain) {
      gain = now
      found = at
      best.gradient = gradient
      best.hessian = hessian
    }
  }
  if (found < 0) return
  keep(best, { gain, code: (found - start) >> 1, missing: MISSING_UNKNOWN })
}

function searchWithMissing(place: SearchPlace, best: TreeSplit): void {
  const { histograms, start, leaf, limits, feature } = place
  const { penalty } = limits
  const missingGradient = histograms[start] as number
  const missingHessian = histograms[start + 1] as number
  let gradient = 0
  let hessian = 0
  // The last code is a threshold too: all numbers go left and missing values right.
  for (let code = 1; code < feature.codes; code++) {
    gradient += histograms[start + 2 * code] as number
    hessian += histograms[start + 2 * code + 1] as number
    if (hessian > limits.most) break
    for (let side = MISSING_RIGHT as number; side <= MISSING_LEFT; side++) {
      const own = hessian + side * missingHessian
      if (own < limits.least || own > limits.most) continue
      const mine = gradient + side * missingGradient
      const other = leaf.gradient - mine
      const gain = (mine * mine) / (own + penalty) + (other * other) / (leaf.hessian - own + penalty)
      if (gain <= best.gain) continue
      keep(best, { gain, code, missing: side as MissingSide })
      best.gradient = mine
      best.hessian = own
    }
  }
}

function searchConstrained(place: SearchPlace, best: TreeSplit): void {
  const { histograms, start, leaf, limits, feature } = place
  const isMissing = hasMissing(place)
  const sides = isMissing ? 2 : 1
  const last = isMissing ? feature.codes : feature.codes - 1
  let gradient = 0
  let hessian = 0
  for (let code = 1; code < last; code++) {
    gradient += histograms[start + 2 * code] as number
    hessian += histograms[start + 2 * code + 1] as number
    if (hessian > limits.most) break
    for (let side = 0; side < sides; side++) {
      const own = hessian + side * (histograms[start + 1] as number)
      if (own < limits.least || own > limits.most) continue
      const mine = gradient + side * (histograms[start] as number)
      const direction = code === feature.codes - 1 ? 0 : feature.direction
      const gain = constrainedGain(leaf, { gradient: mine, hessian: own, penalty: limits.penalty, direction })
      if (gain <= best.gain) continue
      keep(best, { gain, code, missing: isMissing ? (side as MissingSide) : MISSING_UNKNOWN })
      best.gradient = mine
      best.hessian = own
    }
  }
}

function keep(best: TreeSplit, { gain, code, missing }: Pick<TreeSplit, 'gain' | 'code' | 'missing'>): void {
  best.gain = gain
  best.code = code
  best.missing = missing
}

/** The codes behind a threshold of which the leaf has no row may lie on either side: the cut is put in their middle. */
function middleOfGap({ histograms, start, feature }: SearchPlace, code: number): number {
  let next = code + 1
  while (next < feature.codes && histograms[start + 2 * next] === 0 && histograms[start + 2 * next + 1] === 0) next++
  // Behind the last code that has rows there is nothing to separate but missing values.
  return next === feature.codes ? feature.codes - 1 : (code + next - 1) >> 1
}
