import { BLOCK_ROWS } from './compiled-model.ts'
import type { LeafMasks } from './forest-masks.ts'

/** All leaves, for a look-up that a tree does not need. */
const EVERY_LEAF = new Int32Array(1).fill(-1)
const FIRST_SLOT = new Int32Array(BLOCK_ROWS)

/**
 * Adds the value that each tree has for each row to `scores`, tree after tree.
 * @param slots By feature and row: at most `BLOCK_ROWS` rows.
 */
export function addTrees(trees: readonly LeafMasks[], slots: readonly Int32Array[], scores: Float64Array): void {
  const reached = new Int32Array(scores.length)
  for (const { features, masks, leaves, values } of trees) {
    reached.fill(leaves)
    for (let f = 0; f < features.length; f += 4) {
      narrow(reached, [lookAt(f), lookAt(f + 1), lookAt(f + 2), lookAt(f + 3)])
    }
    for (let i = 0; i < scores.length; i++) {
      scores[i] = (scores[i] as number) + (values[Math.clz32(reached[i] as number)] as number)
    }
    function lookAt(f: number): Look {
      const feature = features[f]
      const own = feature === undefined ? undefined : slots[feature]
      return own ? { slots: own, masks: masks[f] as Int32Array } : { slots: FIRST_SLOT, masks: EVERY_LEAF }
    }
  }
}

interface Look {
  readonly slots: Int32Array
  readonly masks: Int32Array
}

/** Strikes out the leaves that four features rule out. */
function narrow(reached: Int32Array, [a, b, c, d]: readonly [Look, Look, Look, Look]): void {
  const [slotsA, slotsB, slotsC, slotsD] = [a.slots, b.slots, c.slots, d.slots]
  const [masksA, masksB, masksC, masksD] = [a.masks, b.masks, c.masks, d.masks]
  for (let i = 0; i < reached.length; i++) {
    const first = (masksA[slotsA[i] as number] as number) & (masksB[slotsB[i] as number] as number)
    const second = (masksC[slotsC[i] as number] as number) & (masksD[slotsD[i] as number] as number)
    reached[i] = (reached[i] as number) & first & second
  }
}
