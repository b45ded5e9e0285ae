import { expect, test } from 'vitest'
import { seededRandom } from './random.ts'
import type { Column, Table } from './table.ts'
import { allocateTrees } from './tree-allocate.ts'
import { ROWS_PER_SUM } from './tree-fixed-point.ts'
import { buildHistogram, histogramRoom } from './tree-histogram.ts'
import type { LeafSums } from './tree-job.ts'
import type { TreeMemory } from './tree-memory.ts'
import { treeRules } from './tree-rules.ts'

const SHIFT = 2 ** 14

function tableOf(rows: number, features: number): Table {
  const random = seededRandom(rows, features)
  const columns = Array.from({ length: features }, (_, f): Column => ({
    name: `f${f}`,
    kind: 'numeric',
    values: Float64Array.from({ length: rows }, () => (random.below(5) === 0 ? Number.NaN : random.below(3 + 20 * f))),
  }))
  return { rows, columns }
}

function sums(given: Pick<LeafSums, 'leaf' | 'slot'>): LeafSums {
  return { rows: 0, gradient: 0, hessian: 0, lower: 0, upper: 0, isOpen: true, ...given }
}

/** Gradients and hessians by code of one feature over the rows of a leaf, one row after another. */
function law({ features, words, packed, orders, ranges, segments }: TreeMemory, feature: number, leaf: number): number[] {
  const { codes, word, shift } = features[feature]!
  const cells = new Array<number>(2 * codes).fill(0)
  for (let segment = 0; segment < segments; segment++) {
    const from = ranges[2 * (leaf * segments + segment)]!
    for (const row of orders[1].subarray(from, from + ranges[2 * (leaf * segments + segment) + 1]!)) {
      const code = (words[word]![row]! >>> shift) & 255
      const gradient = Math.floor(packed[row]! / SHIFT)
      cells[2 * code] = cells[2 * code]! + gradient
      cells[2 * code + 1] = cells[2 * code + 1]! + packed[row]! - SHIFT * gradient
    }
  }
  return cells
}

function cellsOf({ histograms, cells, features }: TreeMemory, feature: number, slot: number): number[] {
  const { start, codes } = features[feature]!
  return [...histograms.subarray(2 * (slot * cells + start), 2 * (slot * cells + start + codes))]
}

test.each([1, 2, 3, 5, 8, 9, 11, 14, 17, 26])('histograms of %i features are those of all rows one by one, and that of the sibling is the rest', (count) => {
  const rows = 2 * ROWS_PER_SUM + 2345
  const table = tableOf(rows, count)
  const target = { task: 'regression', values: new Float64Array(rows) } as const
  const { memory } = allocateTrees({ table, target, weights: undefined, monotone: {}, start: [0], rules: treeRules(), isShared: false })
  const random = seededRandom(3)
  for (let row = 0; row < rows; row++) memory.packed[row] = SHIFT * (random.below(9) - 4) + random.below(2)
  memory.orders[1].set(Int32Array.from({ length: rows }, (_, i) => (i * 13) % rows))
  const { segments, ranges } = memory
  for (let segment = 0; segment < segments; segment++) {
    const [start, end] = [Math.floor((rows * segment) / segments), Math.floor((rows * (segment + 1)) / segments)]
    const middle = start + Math.floor(0.7 * (end - start))
    for (const [leaf, from, to] of [[0, start, end], [1, start, middle], [2, middle, end]] as const) {
      ranges[2 * (leaf * segments + segment)] = from
      ranges[2 * (leaf * segments + segment) + 1] = to - from
    }
  }
  const room = histogramRoom()
  const common = { buffer: 1, output: 0, hessianUnits: 1, shift: SHIFT }
  // Small leaves come after large ones, and blocks one after another in the same room.
  for (const block of memory.blocks) buildHistogram(memory, block, { room, job: { ...common, small: sums({ leaf: 0, slot: 0 }), big: undefined } })
  for (let f = 0; f < count; f++) expect(cellsOf(memory, f, 0)).toEqual(law(memory, f, 0))
  for (const block of memory.blocks) {
    buildHistogram(memory, block, { room, job: { ...common, small: sums({ leaf: 1, slot: 3 }), big: sums({ leaf: 2, slot: 0 }) } })
  }
  for (let f = 0; f < count; f++) {
    expect(cellsOf(memory, f, 3)).toEqual(law(memory, f, 1))
    expect(cellsOf(memory, f, 0)).toEqual(law(memory, f, 2))
  }
})
