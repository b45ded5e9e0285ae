import { readPartition } from './tree-job.ts'
import type { TreeMemory } from './tree-memory.ts'

/** Parts the rows of one segment of a leaf into its two children: one unit of work of a split. */
export function partitionSegment(memory: TreeMemory, segment: number): void {
  const { leaf, right, buffer, word, shift } = readPartition(memory)
  const { ranges, segments, orders, goesLeft } = memory
  const at = 2 * (leaf * segments + segment)
  const from = ranges[at] as number
  const count = ranges[at + 1] as number
  const codes = memory.words[word] ?? new Int32Array(0)
  const [source, target] = buffer === 0 ? orders : [orders[1], orders[0]]
  const middle = partRows({ codes, shift, goesLeft, source, target }, from, from + count)
  const rightAt = 2 * (right * segments + segment)
  ranges[at + 1] = middle - from
  ranges[rightAt] = middle
  ranges[rightAt + 1] = from + count - middle
}

interface Parting {
  readonly codes: Int32Array
  readonly shift: number
  readonly goesLeft: Uint8Array
  readonly source: Int32Array
  readonly target: Int32Array
}

/**
 * Copies rows that go left to the front and the others, in reverse, to the back; returns where the back begins. Every
 * row is written to both ends and only one end moves on: nothing here depends on a guess of the processor.
 */
function partRows({ codes, shift, goesLeft, source, target }: Parting, from: number, to: number): number {
  let front = from
  let back = to - 1
  for (let j = from; j < to; j++) {
    const row = source[j] as number
    const left = goesLeft[((codes[row] as number) >>> shift) & 255] as number
    target[front] = row
    target[back] = row
    front += left
    back += left - 1
  }
  return front
}
