import { readPartition } from './tree-job.ts'
import type { TreeMemory } from './tree-memory.ts'

/** Parts the rows of one segment of a leaf into its two children: one unit of work of a split. */
export function partitionSegment(memory: TreeMemory, segment: number): void {
  const { leaf, right, buffer, word, shift, last, bias } = readPartition(memory)
  const { ranges, segments, orders, goesLeft } = memory
  const at = 2 * (leaf * segments + segment)
  const from = ranges[at] as number
  const count = ranges[at + 1] as number
  const codes = memory.words[word] ?? new Int32Array(0)
  const [source, target] = buffer === 0 ? orders : [orders[1], orders[0]]
  const rows = { codes, shift, source, target, from, to: from + count }
  const middle = last < 0 ? partByLevel(rows, goesLeft) : partByThreshold(rows, last, bias)
  const rightAt = 2 * (right * segments + segment)
  ranges[at + 1] = middle - from
  ranges[rightAt] = middle
  ranges[rightAt + 1] = from + count - middle
}

interface PartedRows {
  readonly codes: Int32Array
  readonly shift: number
  readonly source: Int32Array
  readonly target: Int32Array
  readonly from: number
  readonly to: number
}

/**
 * Copies rows that go left to the front and the others, in reverse, to the back; returns where the back begins. Every
 * row is written to both ends and only one end moves on: nothing here depends on a guess of the processor. A code goes
 * left that, with the bias and within a byte, is not above `last`: the bias puts the missing code, 0, behind all others.
 */
function partByThreshold({ codes, shift, source, target, from, to }: PartedRows, last: number, bias: number): number {
  let front = from
  let back = (to - 1) | 0
  const end = last + 1
  for (let j = from; j < to; j++) {
    const row = source[j] as number
    const code = (((codes[row] as number) >>> shift) + bias) & 255
    const left = (code - end) >>> 31
    target[front] = row
    target[back] = row
    front = (front + left) | 0
    back = (back + left - 1) | 0
  }
  return front
}

/** The same for codes that are marked one by one. */
function partByLevel({ codes, shift, source, target, from, to }: PartedRows, goesLeft: Uint8Array): number {
  let front = from
  let back = (to - 1) | 0
  for (let j = from; j < to; j++) {
    const row = source[j] as number
    const left = goesLeft[((codes[row] as number) >>> shift) & 255] as number
    target[front] = row
    target[back] = row
    front = (front + left) | 0
    back = (back + left - 1) | 0
  }
  return front
}
