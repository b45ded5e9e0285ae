import { unseenOf } from './compile-terms.ts'
import type { CompiledModel, OpenTable } from './compiled-model.ts'
import { elementAt } from './element-at.ts'
import { type LeafMasks, leafMasks } from './forest-masks.ts'
import { addShapley, type ShapTree, shapTree } from './forest-shap.ts'
import { type ForestSlots, forestSlots } from './forest-slots.ts'
import { walkForest } from './forest-walk.ts'
import type { Forest } from './model.ts'
import { addTrees } from './score-forest.ts'
import type { Column } from './table.ts'

/**
 * Makes a forest ready for scoring. Its parts are its features, with their Shapley values: added in order to the
 * intercept they give the score that the trees give, to the last bit unless a part is far larger than their sum.
 * The trees must be centred, as those of a fit are: then the intercept is the score that is expected of a row of which
 * nothing is known.
 */
export function compileForest(forest: Forest, intercepts: readonly number[]): CompiledModel {
  const slots = forestSlots(forest)
  const row = new Int32Array(slots.length)
  const masks = once(() => forest.trees.map((rounds) => rounds.flatMap((tree) => leafMasks(tree, slots))))
  const shaps = once(() => masks().map((sets) => sets.map(shapTree)))
  const walk = once(() => walkForest(forest, slots))
  const taken = { slots, masks, shaps, intercepts }
  return {
    reads: slots,
    parts: slots.map(({ feature }, i) => ({ name: feature, reads: [i] })),
    open: (columns) => openForest(taken, columns),
    addScores(values, sums) {
      for (let f = 0; f < row.length; f++) row[f] = (slots[f] as ForestSlots).slotOf(values[f] ?? null)
      walk()(row, sums)
    },
    unseen: () => unseenOf(slots, row),
    partsOf(values, outputs) {
      const one = slots.map((feature, f) => Int32Array.of(feature.slotOf(values[f] ?? null)))
      const parts = slots.map(() => Array.from({ length: outputs }, () => new Float64Array(1)))
      writeShapley(taken, one, parts)
      return parts.map((part) => part.map(([value = 0]) => value))
    },
  }
}

/** A forest with what scoring needs of it, each made when it is first needed. */
interface TakenForest {
  readonly slots: readonly ForestSlots[]
  readonly masks: () => LeafMasks[][]
  readonly shaps: () => ShapTree[][]
  readonly intercepts: readonly number[]
}

function openForest(taken: TakenForest, columns: readonly Column[]): OpenTable {
  const placers = taken.slots.map((feature, f) => feature.placer(elementAt(columns, f)))
  const place = (start: number, rows: number): Int32Array[] =>
    placers.map((placer) => {
      const own = new Int32Array(rows)
      placer(start, own)
      return own
    })
  return {
    addScores(start, sums) {
      const slots = place(start, sums[0]?.length ?? 0)
      for (const [k, sum] of sums.entries()) addTrees(taken.masks()[k] ?? [], slots, sum)
    },
    writeParts(start, parts) {
      writeShapley(taken, place(start, parts[0]?.[0]?.length ?? 0), parts)
    },
  }
}

/** Overwrites `parts` (feature, output, row) with the Shapley values of rows in the given slots (feature, row). */
function writeShapley(taken: TakenForest, slots: readonly Int32Array[], parts: readonly (readonly Float64Array[])[]): void {
  for (const [k, intercept] of taken.intercepts.entries()) {
    const own = parts.map((part) => elementAt(part, k).fill(0))
    const rows = own[0]?.length ?? 0
    for (const tree of taken.shaps()[k] ?? []) addShapley(tree, { slots, parts: own, rows })
    const scores = new Float64Array(rows).fill(intercept)
    addTrees(taken.masks()[k] ?? [], slots, scores)
    settleSums(own, scores, intercept)
  }
}

/** The last part that is not zero becomes what is missing to the score: it takes the rounding of all parts. */
function settleSums(parts: readonly Float64Array[], scores: Float64Array, intercept: number): void {
  for (let row = 0; row < scores.length; row++) {
    let last: Float64Array | undefined
    let before = intercept
    let sum = intercept
    for (const part of parts) {
      const value = part[row] as number
      if (value === 0) continue
      last = part
      before = sum
      sum += value
    }
    if (last) last[row] = (scores[row] as number) - before
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
