import { type ForestSlots, slotsLeft, splitsFromRoot } from './forest-slots.ts'
import type { Tree } from './model.ts'

/** Which of up to 32 leaves a row can reach, by feature: the only bit left in all masks is its leaf. */
export interface LeafMasks {
  readonly tree: Tree
  /** Features that the tree splits by. */
  readonly features: readonly number[]
  /** By feature and slot: a bit for each leaf that a row in this slot may reach, whatever its other features. */
  readonly masks: readonly Int32Array[]
  /** A bit for each leaf that there is. */
  readonly leaves: number
  /** First leaf of the set. */
  readonly first: number
  /** Value by leading zeros of the remaining bit; none left (32) adds nothing. */
  readonly values: Float64Array
}

/** Leaves of a set. */
export const LEAVES = 32

/**
 * Turns a tree into masks, one set for every 32 leaves. Scoring then takes one look-up for each feature of a tree, in
 * place of a chain of comparisons of which each waits for the one before (after QuickScorer, Lucchese et al. 2015).
 */
export function leafMasks(tree: Tree, slots: readonly ForestSlots[]): LeafMasks[] {
  const below = leavesBelow(tree)
  const features = [...new Set(tree.feature)].sort((a, b) => a - b)
  const sides = tree.feature.map((feature, split) => slotsLeft(tree, split, slots[feature] as ForestSlots))
  return Array.from({ length: Math.ceil(tree.value.length / LEAVES) }, (_, set) => {
    const masks = features.map((feature) => new Int32Array(slots[feature]?.slots ?? 0).fill(-1))
    for (const [split, feature] of tree.feature.entries()) {
      const mask = masks[features.indexOf(feature)] as Int32Array
      const { left, right } = below[split] as Below
      const side = sides[split] as Uint8Array
      for (let slot = 0; slot < mask.length; slot++) {
        mask[slot] = (mask[slot] as number) & ~((side[slot] === 1 ? right[set] : left[set]) as number)
      }
    }
    const first = set * LEAVES
    const values = new Float64Array(LEAVES + 1)
    for (let leaf = 0; leaf < LEAVES; leaf++) values[LEAVES - 1 - leaf] = tree.value[first + leaf] ?? 0
    return { tree, features, masks, leaves: -1 >>> Math.max(0, first + LEAVES - tree.value.length), first, values }
  })
}

/** Bits of the leaves below both children of a split, by set. */
interface Below {
  readonly left: Int32Array
  readonly right: Int32Array
}

function leavesBelow(tree: Tree): Below[] {
  const sets = Math.ceil(tree.value.length / LEAVES)
  const below: Below[] = []
  const bitsOf = (child: number): Int32Array => {
    const bits = new Int32Array(sets)
    const both = child < 0 ? undefined : below[child]
    if (!both) bits[Math.floor(~child / LEAVES)] = 1 << (~child % LEAVES)
    else for (let set = 0; set < sets; set++) bits[set] = (both.left[set] as number) | (both.right[set] as number)
    return bits
  }
  for (const split of splitsFromRoot(tree).reverse()) {
    below[split] = { left: bitsOf(tree.left[split] as number), right: bitsOf(tree.right[split] as number) }
  }
  return below
}
