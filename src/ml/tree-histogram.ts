import { addRows, BLOCK_WIDTH, type RowSums } from './tree-add-rows.ts'
import { ROWS_PER_SUM } from './tree-fixed-point.ts'
import type { SearchJob } from './tree-job.ts'
import type { FeatureBlock, TreeMemory } from './tree-memory.ts'

/** Room in which a thread adds up packed gradients: 256 codes by feature of a block; all zero between uses. */
export function histogramRoom(): Float64Array {
  return new Float64Array(256 * BLOCK_WIDTH)
}

/**
 * Fills the histogram of the smaller leaf for the features of a block, and takes it off that of its sibling, which until
 * then held both: the larger leaf is never added up.
 */
export function buildHistogram(memory: TreeMemory, block: FeatureBlock, { job, room }: HistogramJob): void {
  const { small, big, output, shift } = job
  const slot = small.slot * 2 * memory.cells
  const settle = { memory, block, room, shift, slot, sibling: big ? big.slot * 2 * memory.cells : -1, isFirst: true }
  const rows: RowSums = {
    first: wordOf(memory, block.first),
    second: wordOf(memory, Math.min(block.first + 4, block.end - 1)),
    packed: memory.packed.subarray(output * memory.rows, (output + 1) * memory.rows),
    order: memory.orders[job.buffer === 0 ? 0 : 1],
    sums: room,
  }
  const width = block.end - block.first
  let left = ROWS_PER_SUM
  for (let segment = 0; segment < memory.segments; segment++) {
    const at = 2 * (small.leaf * memory.segments + segment)
    let from = memory.ranges[at] as number
    const end = from + (memory.ranges[at + 1] as number)
    while (from < end) {
      const to = Math.min(end, from + left)
      addRows(rows, width, [from, to])
      left -= to - from
      from = to
      if (left > 0) continue
      unpack({ ...settle, sibling: -1 })
      settle.isFirst = false
      left = ROWS_PER_SUM
    }
  }
  unpack(settle)
}

/** A search and the room of the thread that does it. */
export interface HistogramJob {
  readonly job: SearchJob
  readonly room: Float64Array
}

interface Settle {
  readonly memory: TreeMemory
  readonly block: FeatureBlock
  readonly room: Float64Array
  readonly shift: number
  /** Position of the smaller leaf's histogram, and of its sibling's where the sum is complete; otherwise -1. */
  readonly slot: number
  readonly sibling: number
  isFirst: boolean
}

/** Takes packed sums apart into gradients and hessians, and empties the room. */
function unpack({ memory, block, room, shift, slot, sibling, isFirst }: Settle): void {
  const { histograms } = memory
  // Bytes of a word that no feature has are code 0 in all rows.
  for (let place = block.end - block.first; place < BLOCK_WIDTH; place++) room[256 * place] = 0
  for (let f = block.first; f < block.end; f++) {
    const feature = memory.features[f]
    if (!feature) continue
    const codes = { room, from: 256 * (f - block.first), codes: feature.codes, shift }
    const at = 2 * feature.start
    if (isFirst && sibling >= 0) {
      splitCodes(codes, histograms, { start: slot + at, off: sibling - slot })
      continue
    }
    if (!isFirst) addCodes(codes, histograms, slot + at)
    else setCodes(codes, histograms, slot + at)
    if (sibling >= 0) takeOff(histograms, { from: slot + at, to: sibling + at, length: 2 * feature.codes })
  }
}

interface PackedCodes {
  readonly room: Float64Array
  readonly from: number
  readonly codes: number
  readonly shift: number
}

function setCodes({ room, from, codes, shift }: PackedCodes, histograms: Float64Array, start: number): void {
  const share = 1 / shift
  let at = start
  for (let i = from; i < from + codes; i++) {
    const value = room[i] as number
    const gradient = Math.floor(value * share)
    room[i] = 0
    histograms[at] = gradient
    histograms[at + 1] = value - gradient * shift
    at += 2
  }
}

function splitCodes({ room, from, codes, shift }: PackedCodes, histograms: Float64Array, { start, off }: { readonly start: number; readonly off: number }): void {
  const share = 1 / shift
  let at = start
  for (let i = from; i < from + codes; i++) {
    const value = room[i] as number
    const gradient = Math.floor(value * share)
    const hessian = value - gradient * shift
    room[i] = 0
    histograms[at] = gradient
    histograms[at + 1] = hessian
    histograms[at + off] = (histograms[at + off] as number) - gradient
    histograms[at + off + 1] = (histograms[at + off + 1] as number) - hessian
    at += 2
  }
}

function addCodes({ room, from, codes, shift }: PackedCodes, histograms: Float64Array, start: number): void {
  const share = 1 / shift
  let at = start
  for (let i = from; i < from + codes; i++) {
    const value = room[i] as number
    const gradient = Math.floor(value * share)
    room[i] = 0
    histograms[at] = (histograms[at] as number) + gradient
    histograms[at + 1] = (histograms[at + 1] as number) + value - gradient * shift
    at += 2
  }
}

function takeOff(histograms: Float64Array, { from, to, length }: { readonly from: number; readonly to: number; readonly length: number }): void {
  for (let i = 0; i < length; i++) histograms[to + i] = (histograms[to + i] as number) - (histograms[from + i] as number)
}

function wordOf({ features, words }: TreeMemory, index: number): Int32Array {
  return words[features[index]?.word ?? 0] ?? new Int32Array(0)
}
