import type { OnnxBuilder } from './onnx-builder.ts'
import type { PortableRead, PortableTree } from './portable-model.ts'

/** Reads of trees, with the thresholds of all splits as borders. */
export function readsOfTrees(reads: readonly PortableRead[], trees: readonly (readonly PortableTree[])[]): PortableRead[] {
  return reads.map((read, feature) => {
    if (read.kind === 'category') return read
    const thresholds = trees.flat().flatMap((tree) => tree.threshold.filter((threshold, split): threshold is number => tree.feature[split] === feature && threshold !== null && threshold < Number.MAX_VALUE))
    return { ...read, edges: [...new Set(thresholds)].sort((a, b) => a - b) }
  })
}

interface Placed {
  readonly reads: readonly PortableRead[]
  /** Names of the slots of each read. */
  readonly slots: readonly string[]
}

/**
 * The sum of the trees of one output, as products of matrices (after Nakandala et al., "A tensor compiler for unified machine
 * learning prediction serving", OSDI 2020): a leaf is reached where the row goes left at all splits that it is left of, and at
 * none that it is right of. Numbers stay doubles, which trees of the ONNX operator would not.
 */
export function treesSum(builder: OnnxBuilder, trees: readonly PortableTree[], { reads, slots }: Placed): string {
  const splits = trees.flatMap((tree, t) => tree.feature.map((feature, split) => ({ tree, t, feature, split })))
  const byFeature = reads.map((_, feature) => splits.filter((one) => one.feature === feature))
  const sides = byFeature.flatMap((own, feature) => {
    const read = reads[feature]
    const slot = slots[feature]
    if (own.length === 0 || read === undefined || slot === undefined) return []
    const count = (read.kind === 'numeric' ? read.edges.length : read.levels.length) + 2
    const table = Array.from({ length: count }, (_, at) => own.map((one) => (goesLeft(one, read, at) ? 1 : 0))).flat()
    return [builder.op('Gather', [builder.doubles(table, [count, own.length]), slot])]
  })
  const [width, leaves] = [Math.max(1, ...trees.map((tree) => tree.feature.length)), Math.max(1, ...trees.map((tree) => tree.value.length))]
  const ordered = byFeature.flat()
  const place = new Map(ordered.map((one, i) => [`${one.t} ${one.split}`, i]))
  const laid = trees.flatMap((_, t) => Array.from({ length: width }, (_unused, split) => place.get(`${t} ${split}`) ?? 0))
  const all = sides.length === 0 ? builder.op('Expand', [builder.doubles([0], [1, 1]), rowsBy(builder, slots[0] ?? '', 1)]) : builder.op('Concat', sides, { attributes: { axis: 1 } })
  const rows = builder.op('Reshape', [builder.op('Gather', [all, builder.integers(laid)], { attributes: { axis: 1 } }), builder.integers([-1, trees.length, width])])
  const reached = builder.op('MatMul', [builder.op('Transpose', [rows], { attributes: { perm: [1, 0, 2] } }), builder.doubles(trees.flatMap((tree) => sidesOfLeaves(tree, { width, leaves })), [trees.length, width, leaves])])
  const needed = trees.flatMap((tree) => Array.from({ length: leaves }, (_, leaf) => (leaf < tree.value.length ? leftTurns(tree, leaf) : 1e9)))
  const isLeaf = builder.op('Equal', [reached, builder.doubles(needed, [trees.length, 1, leaves])])
  const values = trees.flatMap((tree) => Array.from({ length: leaves }, (_, leaf) => tree.value[leaf] ?? 0))
  const parts = builder.op('Where', [isLeaf, builder.doubles(values, [trees.length, 1, leaves]), builder.doubles([0], [1, 1, 1])])
  return builder.op('ReduceSum', [parts, builder.integers([0, 2])], { attributes: { keepdims: 0 } })
}

function rowsBy(builder: OnnxBuilder, slot: string, width: number): string {
  return builder.op('Concat', [builder.op('Shape', [slot]), builder.integers([width])], { attributes: { axis: 0 } })
}

function goesLeft({ tree, split }: { readonly tree: PortableTree; readonly split: number }, read: PortableRead, slot: number): boolean {
  if (slot === 0) return tree.missingLeft[split] === true
  if (read.kind === 'category') return (tree.levels[split] ?? []).includes(slot - 2)
  const threshold = tree.threshold[split] ?? 0
  const upper = read.edges[slot - 1]
  return upper === undefined ? threshold >= Number.MAX_VALUE : upper <= threshold
}

/** By split and leaf: 1 where the leaf is left of the split, −1 where it is right of it. */
function sidesOfLeaves(tree: PortableTree, { width, leaves }: { readonly width: number; readonly leaves: number }): number[] {
  const sides = new Array<number>(width * leaves).fill(0)
  const mark = (child: number, split: number, side: number): void => {
    if (child < 0) sides[split * leaves + ~child] = side
    else for (const next of [tree.left[child] ?? -1, tree.right[child] ?? -1]) mark(next, split, side)
  }
  for (const split of tree.feature.keys()) {
    mark(tree.left[split] ?? -1, split, 1)
    mark(tree.right[split] ?? -1, split, -1)
  }
  return sides
}

/** How often the way to a leaf goes left. */
function leftTurns(tree: PortableTree, leaf: number): number {
  const count = (at: number, turns: number): number | null => {
    if (at < 0) return ~at === leaf ? turns : null
    return count(tree.left[at] ?? -1, turns + 1) ?? count(tree.right[at] ?? -1, turns)
  }
  return count(tree.feature.length === 0 ? -1 : 0, 0) ?? 0
}
