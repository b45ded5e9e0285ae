import { type CodeRows, codeColumn, type FeatureCodes, featureCodes } from './forest-codes.ts'
import { forestColumns } from './forest-columns.ts'
import { type LeafMasks, leafMasks } from './forest-masks.ts'
import type { Forest } from './model.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Table } from './table.ts'

/** Rows that are scored together: their codes and masks stay in the innermost cache. */
const PIECE = 512

/**
 * Scores by output and row: `start` of the output plus the value of one leaf of each tree, added in the order of the
 * rounds. `scoreForestRow` gives the same numbers to the last bit.
 */
export function scoreForest(forest: Forest, table: Table, start: readonly number[]): Float64Array[] | Refusal {
  const columns = forestColumns(forest, table)
  if (isRefusal(columns)) return columns
  const codes = featureCodes(forest)
  const coders = columns.map((column, f): CodeRows => {
    const feature = forest.features[f]
    return feature ? codeColumn(column, feature, codes[f] as FeatureCodes) : () => undefined
  })
  const trees = forest.trees.map((rounds) => rounds.flatMap((tree) => leafMasks(tree, codes)))
  const scores = start.map((first) => new Float64Array(table.rows).fill(first))
  const pieces = columns.map(() => new Int32Array(PIECE))
  const used = new Set(trees.flat().flatMap(({ features }) => features))
  for (let from = 0; from < table.rows; from += PIECE) {
    for (const f of used) coders[f]?.(pieces[f] as Int32Array, from)
    for (const [k, output] of scores.entries()) addTrees(trees[k] ?? [], pieces, output.subarray(from, from + PIECE))
  }
  return scores
}

/** All leaves, for a look-up that a tree does not need. */
const EVERY_LEAF = new Int32Array(1).fill(-1)
const FIRST_CODE = new Int32Array(PIECE)

function addTrees(trees: readonly LeafMasks[], codes: readonly Int32Array[], scores: Float64Array): void {
  const reached = new Int32Array(scores.length)
  for (const { features, masks, leaves, values } of trees) {
    reached.fill(leaves)
    for (let f = 0; f < features.length; f += 4) {
      const four = [f, f + 1, f + 2, f + 3].map((i): Look => {
        const feature = features[i]
        const own = feature === undefined ? undefined : codes[feature]
        return { codes: own ?? FIRST_CODE, masks: own ? (masks[i] as Int32Array) : EVERY_LEAF }
      })
      narrow(reached, four as unknown as readonly [Look, Look, Look, Look])
    }
    for (let i = 0; i < scores.length; i++) {
      scores[i] = (scores[i] as number) + (values[Math.clz32(reached[i] as number)] as number)
    }
  }
}

interface Look {
  readonly codes: Int32Array
  readonly masks: Int32Array
}

/** Strikes out the leaves that four features rule out. */
function narrow(reached: Int32Array, [a, b, c, d]: readonly [Look, Look, Look, Look]): void {
  const [codesA, codesB, codesC, codesD] = [a.codes, b.codes, c.codes, d.codes]
  const [masksA, masksB, masksC, masksD] = [a.masks, b.masks, c.masks, d.masks]
  for (let i = 0; i < reached.length; i++) {
    const first = (masksA[codesA[i] as number] as number) & (masksB[codesB[i] as number] as number)
    const second = (masksC[codesC[i] as number] as number) & (masksD[codesD[i] as number] as number)
    reached[i] = (reached[i] as number) & first & second
  }
}
