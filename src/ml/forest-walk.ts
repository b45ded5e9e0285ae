import { type ForestSlots, lastSlotLeft, slotsLeft } from './forest-slots.ts'
import type { Forest, Tree } from './model.ts'

/** Adds the value that each tree has for a row to `sums` (output), in the order of the rounds. */
export type AddRow = (slots: Int32Array, sums: number[]) => void

/** Trees laid end to end for rows that come one at a time; a child is the number of a split, or ~leaf. */
interface LaidTrees {
  readonly roots: number[]
  readonly feature: number[]
  /** Last slot of numbers that goes left. */
  readonly last: number[]
  /** 1 for each slot of levels that goes left; empty where numbers are split. */
  readonly sides: Uint8Array[]
  readonly missingLeft: boolean[]
  readonly left: number[]
  readonly right: number[]
  readonly values: number[]
}

/** Compiles a forest for single rows. */
export function walkForest(forest: Forest, slots: readonly ForestSlots[]): AddRow {
  const laid: LaidTrees = { roots: [], feature: [], last: [], sides: [], missingLeft: [], left: [], right: [], values: [] }
  for (const tree of forest.trees.flat()) layTree(laid, tree, slots)
  const feature = Int32Array.from(laid.feature)
  const last = Int32Array.from(laid.last)
  const left = Int32Array.from(laid.left)
  const right = Int32Array.from(laid.right)
  const { roots, sides, missingLeft, values } = laid
  const goesLeft = (at: number, slot: number): boolean => {
    if (slot === 0) return missingLeft[at] as boolean
    const end = last[at] as number
    return end > 0 ? slot <= end : (sides[at] as Uint8Array)[slot] === 1
  }
  return (slotOf, sums) => {
    let tree = 0
    for (let k = 0; k < sums.length; k++) {
      let sum = sums[k] as number
      for (const end = tree + (forest.trees[k]?.length ?? 0); tree < end; tree++) {
        let at = roots[tree] as number
        while (at >= 0) at = (goesLeft(at, slotOf[feature[at] as number] as number) ? left[at] : right[at]) as number
        sum += values[~at] as number
      }
      sums[k] = sum
    }
  }
}

const NO_SIDES = new Uint8Array(0)

function layTree(laid: LaidTrees, tree: Tree, slots: readonly ForestSlots[]): void {
  const splits = laid.feature.length
  const leaves = laid.values.length
  const place = (child: number): number => (child < 0 ? ~(leaves + ~child) : splits + child)
  laid.roots.push(tree.feature.length === 0 ? ~leaves : splits)
  for (const [split, feature] of tree.feature.entries()) {
    const own = slots[feature] as ForestSlots
    laid.feature.push(feature)
    laid.last.push(lastSlotLeft(tree, split, own.edges))
    laid.sides.push(tree.levels[split] ? slotsLeft(tree, split, own) : NO_SIDES)
    laid.missingLeft.push(tree.missingLeft[split] as boolean)
    laid.left.push(place(tree.left[split] as number))
    laid.right.push(place(tree.right[split] as number))
  }
  for (const value of tree.value) laid.values.push(value)
}
