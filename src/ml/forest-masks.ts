import type { FeatureCodes } from './forest-codes.ts'
import { placeNumber } from './place-number.ts'
import type { Tree } from './model.ts'

/** Which of up to 32 leaves a row can reach, by feature: the only bit left in all masks is its leaf. */
export interface LeafMasks {
  /** Features that the tree splits by. */
  readonly features: readonly number[]
  /** By feature and code: a bit for each leaf that a row with this code may reach. */
  readonly masks: readonly Int32Array[]
  /** A bit for each leaf that there is. */
  readonly leaves: number
  /** Value by leading zeros of the remaining bit; none left (32) adds nothing. */
  readonly values: Float64Array
}

const LEAVES = 32

/**
 * Turns a tree into masks, one set for every 32 leaves. Scoring then takes one look-up for each feature of a tree, in
 * place of a chain of comparisons of which each waits for the one before (after QuickScorer, Lucchese et al. 2015).
 */
export function leafMasks(tree: Tree, codes: readonly FeatureCodes[]): LeafMasks[] {
  const below = leavesBelow(tree)
  const features = [...new Set(tree.feature)].sort((a, b) => a - b)
  const sides = tree.feature.map((feature, split) => codesLeft(tree, split, codes[feature] as FeatureCodes))
  return Array.from({ length: Math.ceil(tree.value.length / LEAVES) }, (_, set) => {
    const masks = features.map((feature) => new Int32Array(codes[feature]?.codes ?? 0).fill(-1))
    for (const [split, feature] of tree.feature.entries()) {
      const mask = masks[features.indexOf(feature)] as Int32Array
      const [left, right] = below[split] as readonly [number[], number[]]
      const side = sides[split] as Uint8Array
      for (let code = 0; code < mask.length; code++) {
        mask[code] = (mask[code] as number) & ~((side[code] === 1 ? right[set] : left[set]) as number)
      }
    }
    const values = new Float64Array(LEAVES + 1)
    for (let leaf = 0; leaf < LEAVES; leaf++) values[LEAVES - 1 - leaf] = tree.value[set * LEAVES + leaf] ?? 0
    const leaves = -1 >>> Math.max(0, (set + 1) * LEAVES - tree.value.length)
    return { features, masks, leaves, values }
  })
}

/** Bits of the leaves below the left and the right child of each split, by set of 32 leaves. */
function leavesBelow(tree: Tree): (readonly [number[], number[]])[] {
  const sets = Math.ceil(tree.value.length / LEAVES)
  const below: (readonly [number[], number[]])[] = []
  // Children have higher numbers than their parents.
  for (let split = tree.feature.length - 1; split >= 0; split--) {
    below[split] = [bitsOf(tree.left[split] as number, below, sets), bitsOf(tree.right[split] as number, below, sets)]
  }
  return below
}

function bitsOf(child: number, below: readonly (readonly [number[], number[]])[], sets: number): number[] {
  const both = child < 0 ? undefined : below[child]
  return Array.from({ length: sets }, (_, set) => {
    if (both) return (both[0][set] as number) | (both[1][set] as number)
    return Math.floor(~child / LEAVES) === set ? 1 << (~child % LEAVES) : 0
  })
}

/** 1 for each code that goes left. */
function codesLeft(tree: Tree, split: number, { edges, codes, missing }: FeatureCodes): Uint8Array {
  const left = new Uint8Array(codes)
  const threshold = tree.threshold[split]
  if (typeof threshold === 'number') left.fill(1, 0, placeNumber(edges, threshold) + 1)
  for (const level of tree.levels[split] ?? []) left[level] = 1
  left[missing] = tree.missingLeft[split] ? 1 : 0
  return left
}
