import { type BinLayout, type BinnedRows, layOutBins, packCodes, scoreBinnedRows } from './binned-rows.ts'
import { type BoostingSettings, boostTerms } from './boost-terms.ts'
import type { Context } from './context.ts'
import { splitRows } from './folds.ts'
import { orderLevelsOfBag } from './level-order.ts'
import { type BoostingTask, lossOfTask } from './loss-of-task.ts'
import { matrixTracker } from './matrix-tracker.ts'
import { seededRandom } from './random.ts'
import { rowScores } from './row-scores.ts'
import { rowStatistics } from './row-statistics.ts'
import { rowTracker } from './row-tracker.ts'
import { takeNumbers } from './table.ts'
import type { TermShape } from './term-shape.ts'

/** Terms as rows see them: their shapes and the cell of each row. */
export interface TermCodes {
  readonly shapes: readonly TermShape[]
  /** Cell by row, for each term. */
  readonly codes: readonly Uint8Array[]
  /** By term: the number by row on which each bag orders the bins itself; absent where their order is given. */
  readonly axes?: readonly (Float64Array | null)[] | undefined
}

/** Terms that a bag has already fitted, on which others are boosted. */
export interface FittedTerms extends TermCodes {
  /** Score by output and cell. */
  readonly scores: Float64Array
  /** Constant score by output. */
  readonly start: Float64Array
}

/** One bag to boost: plain data, the large arrays shared between bags. */
export interface FitBagInput extends TermCodes {
  readonly task: BoostingTask
  /** Class index or value by row. */
  readonly target: Float64Array
  readonly rowWeights: Float64Array | null
  readonly fitted: FittedTerms | null
  /** Fold of each row; the bag holds out the rows of its fold. */
  readonly folds: Int32Array
  readonly fold: number
  /** Number of the bag, for its random cuts. */
  readonly bag: number
  readonly rowsPerBag: number
  readonly tracker: 'matrix' | 'rows'
  readonly settings: BoostingSettings
  readonly seed: number
}

/** What one bag learnt, round by round. */
export interface FitBagOutput {
  /** Rounds at which the held-out rows were looked at, the start first. */
  readonly rounds: number[]
  /** Their mean loss. */
  readonly losses: number[]
  /** Score by output and cell. */
  readonly snapshots: Float64Array[]
  /** Constant score by output. */
  readonly start: Float64Array
  readonly holdOutRows: Int32Array
  /** Estimated work in nanoseconds: a count of touches, the same on every machine. */
  readonly work: number
}

/** Held-out rows beyond this share of the cap tell nothing more about when to stop. */
const HOLD_OUT_SHARE = 0.3

/** Boosts one bag on its rows and stops by its held-out rows. */
export function fitBag(input: FitBagInput, context: Context = {}): FitBagOutput {
  const split = splitRows(input.folds, input.fold)
  const loss = lossOfTask(input.task)
  const trainRows = thinOut(split.train, input.rowsPerBag, input.bag)
  const places = placesOf(input, trainRows)
  const train = takeBinned(input, trainRows, places)
  const holdOutRows = thinOut(split.test, Math.ceil(input.rowsPerBag * HOLD_OUT_SHARE), input.bag)
  const held = takeBinned(input, holdOutRows, places)
  const start = input.fitted?.start ?? loss.start(train.target, train.rowWeights)
  const holdOut = rowScores(held, loss, start)
  const termRows = { rows: train, shapes: input.shapes }
  const statistics = rowStatistics(termRows, loss, start)
  const tracker = input.tracker === 'matrix' ? matrixTracker(statistics) : rowTracker(termRows, loss, start)
  const random = seededRandom(input.seed, input.bag, input.fitted ? 0x9a12 : 0xba6)
  const name = `${input.fitted ? 'pairs' : 'curves'}, bag ${input.bag + 1}`
  const run = { statistics, tracker, holdOut, random, progress: (fraction: number) => context.progress?.(fraction, name) }
  const { rounds, losses, snapshots, work } = boostTerms(run, input.settings)
  return { rounds, losses, snapshots: snapshots.map((scores) => putBack(scores, train.layout, places)), start, holdOutRows, work }
}

/** At most `most` of the rows at even steps; different bags start at different rows. */
function thinOut(rows: Int32Array, most: number, bag: number): Int32Array {
  if (rows.length <= most) return rows
  const step = rows.length / most
  const first = ((bag % 8) / 8) * step
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor(first + i * step)] as number)
}

/** Place of each bin in the order of this bag, by term; undefined where bins keep their order. */
type Places = readonly (Uint8Array | undefined)[]

function placesOf({ axes, codes, shapes, rowWeights }: FitBagInput, rows: Int32Array): Places {
  return codes.map((own, t) => {
    const axis = axes?.[t]
    const bins = shapes[t]?.cells ?? 0
    return axis ? orderLevelsOfBag({ codes: own, bins, rows, axis, rowWeights }) : undefined
  })
}

/** Scores by the bins of the fit again. */
function putBack(scores: Float64Array, layout: BinLayout, places: Places): Float64Array {
  const back = scores.slice()
  for (const [t, place] of places.entries()) {
    if (!place) continue
    for (let base = layout.offsets[t] as number; base < scores.length; base += layout.total) {
      for (let bin = 0; bin < place.length; bin++) back[base + bin] = scores[base + (place[bin] as number)] as number
    }
  }
  return back
}

function takeBinned(input: FitBagInput, rows: Int32Array, places: Places): BinnedRows {
  const layout = layOutBins(input.shapes.map((shape) => shape.cells))
  return {
    rows: rows.length,
    layout,
    codes: packCodes(input.codes, rows, places),
    target: takeNumbers(input.target, rows),
    rowWeights: input.rowWeights ? takeNumbers(input.rowWeights, rows) : undefined,
    base: input.fitted ? baseScores(input, rows) : undefined,
  }
}

/** Scores of rows by the terms that the bag has already fitted. */
function baseScores({ fitted, task }: FitBagInput, rows: Int32Array): Float64Array {
  const base = new Float64Array(task.outputs * rows.length)
  if (!fitted) return base
  const layout = layOutBins(fitted.shapes.map((shape) => shape.cells))
  const binned = { rows: rows.length, layout, codes: packCodes(fitted.codes, rows), target: new Float64Array(0) }
  for (let k = 0; k < task.outputs; k++) {
    const part = base.subarray(k * rows.length, (k + 1) * rows.length).fill(fitted.start[k] as number)
    scoreBinnedRows(binned, { curves: fitted.scores, output: k }, part)
  }
  return base
}
