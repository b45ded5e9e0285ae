import { type BinnedRows, type BinLayout, layOutBins } from './binned-rows.ts'
import { type BoostingSettings, boostCurves } from './boost-curves.ts'
import type { BoostingLoss } from './boosting-loss.ts'
import { splitRows } from './folds.ts'
import { logisticLoss } from './logistic-loss.ts'
import { matrixTracker } from './matrix-tracker.ts'
import type { Direction } from './model.ts'
import { seededRandom } from './random.ts'
import { rowScores } from './row-scores.ts'
import { rowStatistics } from './row-statistics.ts'
import { rowTracker } from './row-tracker.ts'
import { softmaxLoss } from './softmax-loss.ts'
import { squaredLoss } from './squared-loss.ts'
import type { Task } from './table.ts'

/** One bag to boost: plain data, the large arrays shared between bags. */
export interface FitBagInput {
  readonly task: Task
  readonly classes: number
  readonly binCounts: readonly number[]
  /** Bin by row, for each feature. */
  readonly codes: readonly Uint8Array[]
  readonly directions: readonly (Direction | null)[]
  /** Class index or value by row. */
  readonly target: Float64Array
  /** Fold of each row; the bag holds out the rows of the fold with its number. */
  readonly folds: Int32Array
  readonly bag: number
  readonly rowsPerBag: number
  readonly tracker: 'matrix' | 'rows'
  readonly settings: BoostingSettings
  readonly seed: number
}

/** What one bag learnt. */
export interface FitBagOutput {
  /** Score by output and bin. */
  readonly curves: Float64Array
  /** Constant score by output. */
  readonly start: Float64Array
  readonly rounds: number
  readonly holdOutLoss: number
  /** Held-out rows and their score by output and row: predictions of a model that did not learn from them. */
  readonly holdOutRows: Int32Array
  readonly holdOutScores: Float64Array
}

/** Held-out rows beyond this share of the cap tell nothing more about when to stop. */
const HOLD_OUT_SHARE = 0.3

/** Boosts one bag on its rows and stops by its held-out rows. */
export function fitBag(input: FitBagInput): FitBagOutput {
  const split = splitRows(input.folds, input.bag)
  const layout = layOutBins(input.binCounts)
  const train = takeBinned(input, layout, thinOut(split.train, input.rowsPerBag, input.bag))
  const holdOutRows = thinOut(split.test, Math.ceil(input.rowsPerBag * HOLD_OUT_SHARE), input.bag)
  const held = takeBinned(input, layout, holdOutRows)
  const loss = lossOf(input)
  const start = loss.start(train.target)
  const holdOut = rowScores(held, loss, start)
  const statistics = rowStatistics(train, loss, start)
  const tracker = input.tracker === 'matrix' ? matrixTracker(statistics) : rowTracker(train, loss, start)
  const random = seededRandom(input.seed, input.bag, 0xba6)
  const run = { statistics, tracker, holdOut, directions: input.directions, random }
  const possible = train.rows > 0 && held.rows > 0
  const boosted = possible
    ? boostCurves(run, input.settings)
    : { curves: new Float64Array(loss.outputs * layout.total), rounds: 0, holdOutLoss: 0 }
  holdOut.update(boosted.curves)
  return { ...boosted, start, holdOutRows, holdOutScores: holdOut.scores }
}

function lossOf({ task, classes }: FitBagInput): BoostingLoss {
  if (task === 'regression') return squaredLoss
  return task === 'binary' ? logisticLoss : softmaxLoss(classes)
}

/** At most `most` of the rows at even steps; different bags start at different rows. */
function thinOut(rows: Int32Array, most: number, bag: number): Int32Array {
  if (rows.length <= most) return rows
  const step = rows.length / most
  const first = ((bag % 8) / 8) * step
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor(first + i * step)] as number)
}

function takeBinned(input: FitBagInput, layout: BinLayout, rows: Int32Array): BinnedRows {
  const codes = input.codes.map((column) => {
    const taken = new Uint8Array(rows.length)
    for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i] as number] as number
    return taken
  })
  const target = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) target[i] = input.target[rows[i] as number] as number
  return { rows: rows.length, layout, codes, target }
}
