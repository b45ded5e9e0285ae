import { type GradientRange, logisticGradients, softmaxGradients, squaredGradients } from './tree-gradients.ts'
import { type AdvanceJob, readAdvance } from './tree-job.ts'
import { segmentStart, type TreeMemory } from './tree-memory.ts'

/** Brings the scores of one segment up to date and works out its gradients: one unit of work between two trees. */
export function advanceSegment(memory: TreeMemory, segment: number): void {
  const job = readAdvance(memory)
  if (job.output >= 0) addTree(memory, job, segment)
  gatherRows(memory, segment)
  if (!job.isGradientDue) return
  const range: GradientRange = { job, segment, from: segmentStart(memory, segment), to: segmentStart(memory, segment + 1) }
  if (memory.task === 'binary') logisticGradients(memory, range)
  else if (memory.task === 'multiclass') softmaxGradients(memory, range)
  else memory.largest[segment] = squaredGradients(memory, range)
}

/** Adds the value of its leaf to the score of each row. */
function addTree(memory: TreeMemory, { output, leaves }: AdvanceJob, segment: number): void {
  const { segments, ranges, buffers, orders, values, weights, leafWeights } = memory
  const scores = memory.scores.subarray(output * memory.rows, (output + 1) * memory.rows)
  for (let leaf = 0; leaf < leaves; leaf++) {
    const order = orders[buffers[leaf] === 0 ? 0 : 1]
    const value = values[leaf] as number
    const at = 2 * (leaf * segments + segment)
    const from = ranges[at] as number
    const to = from + (ranges[at + 1] as number)
    for (let j = from; j < to; j++) {
      const row = order[j] as number
      scores[row] = (scores[row] as number) + value
    }
    leafWeights[leaf * segments + segment] = weights ? sumOf(weights, order.subarray(from, to)) : to - from
  }
}

function sumOf(weights: Float64Array, rows: Int32Array): number {
  let sum = 0
  for (let j = 0; j < rows.length; j++) sum += weights[rows[j] as number] as number
  return sum
}

/** Puts all rows of the segment back into leaf 0, where the next tree begins. */
function gatherRows({ rows, segments, ranges, orders }: TreeMemory, segment: number): void {
  const from = segmentStart({ rows, segments }, segment)
  const to = segmentStart({ rows, segments }, segment + 1)
  const [order] = orders
  for (let row = from; row < to; row++) order[row] = row
  ranges[2 * segment] = from
  ranges[2 * segment + 1] = to - from
}
