import type { SettledBag } from './settle-rounds.ts'
import type { BoostingTarget } from './boosting-target.ts'
import { type Context, runParts } from './context.ts'
import { type BoostingTask, lossOfTask } from './loss-of-task.ts'
import type { FeatureBins } from './feature-bins.ts'
import type { PairOfFeatures, PairSlots } from './pair-slots.ts'
import { seededRandom, shuffledRows } from './random.ts'
import { type RankPairsInput, rankPairs } from './rank-pairs.ts'
import { takeBytes } from './take-bytes.ts'

/** What is known when pairs are looked for. */
export interface PairSearch {
  readonly features: readonly FeatureBins[]
  readonly slots: readonly PairSlots[]
  readonly task: BoostingTask
  readonly target: BoostingTarget
  readonly rowWeights: Float64Array | undefined
  /** The bags of the curves, whose held-out rows show what the curves leave. */
  readonly bags: readonly SettledBag[]
  readonly candidates: readonly PairOfFeatures[]
  /** Most pairs to take. */
  readonly most: number
  /** Share of pairs of shuffled rows whose gain a pair must exceed. */
  readonly level: number
  readonly seed: number
}

/** Products of rows and pairs up to which one thread ranks. */
const IN_LINE = 1e7
/** Products of rows and pairs that ranking may touch; beyond it rows are taken at even steps. */
const WORK = 2e8

/** The pairs whose gain stands out from that of shuffled rows, the largest gain first. */
export async function findPairs(search: PairSearch, context: Context): Promise<PairOfFeatures[]> {
  const { candidates } = search
  if (candidates.length === 0 || search.most === 0) return []
  const residuals = residualRows(search)
  const gains = await rank(residuals, candidates, context)
  const shuffled = await rank(shuffle(residuals, search.seed), candidates, context)
  const least = levelOf(shuffled, search.level)
  const order = [...gains.keys()].filter((p) => (gains[p] as number) > least)
  order.sort((p, q) => (gains[q] as number) - (gains[p] as number) || p - q)
  return order.slice(0, search.most).map((p) => candidates[p] as PairOfFeatures)
}

/** Derivatives at scores of bags that did not learn from the row; each row as often as a bag held it out. */
function residualRows(search: PairSearch): Omit<RankPairsInput, 'pairs'> {
  const { features, slots, task, target, rowWeights, bags, candidates } = search
  const held = bags.reduce((sum, bag) => sum + bag.holdOutRows.length, 0)
  const step = Math.max(1, (held * candidates.length) / WORK)
  const count = Math.floor(held / step)
  const { outputs } = task
  const rows = new Int32Array(count)
  const scores = new Float64Array(outputs * count)
  let seen = 0
  let taken = 0
  for (const { holdOutRows, holdOutScores } of bags) {
    for (let i = 0; i < holdOutRows.length; i++, seen++) {
      if (taken >= count || seen < Math.floor(taken * step)) continue
      rows[taken] = holdOutRows[i] as number
      for (let k = 0; k < outputs; k++) scores[k * count + taken] = holdOutScores[k * holdOutRows.length + i] as number
      taken++
    }
  }
  const truth = Float64Array.from(rows, (row) => target.values[row] as number)
  const gradient = new Float64Array(outputs * count)
  const weights = new Float64Array(outputs * count).fill(1)
  lossOfTask(task).differentiate({ rows: count, target: truth, scores }, gradient, weights)
  if (rowWeights) scale(rows, rowWeights, [gradient, weights])
  const codes = features.map((feature, f) => {
    const { slotOfBin } = slots[f] as PairSlots
    return takeBytes(feature.codes, rows, slotOfBin)
  })
  return { rows: count, codes, slots: slots.map((one) => one.slots), gradient, weights, outputs }
}

function scale(rows: Int32Array, rowWeights: Float64Array, values: readonly Float64Array[]): void {
  for (const array of values) {
    for (let i = 0; i < array.length; i++) {
      array[i] = (array[i] as number) * (rowWeights[rows[i % rows.length] as number] as number)
    }
  }
}

async function rank(
  residuals: Omit<RankPairsInput, 'pairs'>,
  candidates: readonly PairOfFeatures[],
  context: Context,
): Promise<Float64Array> {
  const pairs = Int32Array.from(candidates.flatMap(({ a, b }) => [a, b]))
  const parts = residuals.rows * candidates.length > IN_LINE ? 4 : 1
  const size = Math.ceil(candidates.length / parts)
  const inputs = Array.from({ length: parts }, (_, i) => ({ ...residuals, pairs: pairs.slice(2 * i * size, 2 * (i + 1) * size) }))
  const answers = await runParts({ task: 'rankPairs', run: rankPairs }, inputs, { ...context, progress: undefined })
  return Float64Array.from(answers.flatMap((gains) => [...gains]))
}

/** The same rows with their derivatives dealt out anew, so that no feature says anything of them. */
function shuffle(residuals: Omit<RankPairsInput, 'pairs'>, seed: number): Omit<RankPairsInput, 'pairs'> {
  const { rows, outputs } = residuals
  const order = shuffledRows(rows, seededRandom(seed, 0x5a1f))
  const dealt = (values: Float64Array): Float64Array => {
    const result = new Float64Array(values.length)
    for (let k = 0; k < outputs; k++) {
      for (let i = 0; i < rows; i++) result[k * rows + i] = values[k * rows + (order[i] as number)] as number
    }
    return result
  }
  return { ...residuals, gradient: dealt(residuals.gradient), weights: dealt(residuals.weights) }
}

function levelOf(gains: Float64Array, level: number): number {
  if (level <= 0) return 0
  const sorted = gains.slice().sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))] ?? 0
}
