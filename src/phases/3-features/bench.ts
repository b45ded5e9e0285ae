import type { EvaluateFoldInput, FoldResult } from '#ml/evaluate-fold'
import type { FitRequest } from '#ml/fit-request'
import { assignFolds, type Fold, makeFolds, splitRows } from '#ml/folds'
import type { MetricName } from '#ml/metrics'
import { seededRandom, shuffledRows } from '#ml/random'
import { isRefusal } from '#ml/refusal'
import type { Settings } from '#ml/settings'
import { type Column, outputsOf, takeCodes, takeNumbers, takeRows, takeTarget, targetRows } from '#ml/table'
import type { Tools } from '#phases/phase'
import type { FoldColumns } from './fold-columns.ts'
import type { TrainingRows } from './load-rows.ts'
import { runTask } from './run-task.ts'

/** The rows and folds on which sets of columns are compared: always the same ones. */
export interface Bench {
  readonly training: TrainingRows
  /** Training rows that take part, in their order. */
  readonly rows: Int32Array
  readonly folds: readonly Fold[]
  /** How many of the first folds cover every row once; small tables are divided again and again. */
  readonly once: number
  readonly settings: Settings
  readonly seed: number
  /** By fold, the columns that hang on what was learnt of its learning rows; the others are the same in all. */
  readonly foldColumns: readonly FoldColumns[]
}

/** Rows x columns x classes of one comparison, and its rows at least. */
const cells = 80_000
const fewestRows = 1_500
const mostRows = 8_000
const foldCount = 10
/** How often the table is divided, by rows up to which: few rows tell a gain from chance only over many divisions. */
const divisionsUpTo: readonly (readonly [rows: number, times: number])[] = [[1_000, 5], [2_000, 3], [4_000, 2]]
/** Models averaged in a fold: enough that the same columns hardly differ by chance. */
const bags = 2
/** With more rows, steps of twice the usual size compare as well in half the time; with fewer they hide gains. */
const manyRows = 1_000
const largerStep = 0.08

/** Draws the rows and divides them: by time, by group, or evenly by class. */
export function makeBench(training: TrainingRows, width: number, seed: number): Bench {
  const all = targetRows(training.target)
  const most = Math.min(mostRows, Math.max(fewestRows, Math.floor(cells / Math.max(1, width * outputsOf(training.target)))))
  const drawn = shuffledRows(all, seededRandom(seed, all, most)).slice(0, most).sort()
  const times = training.times !== null ? 1 : (divisionsUpTo.find(([rows]) => drawn.length <= rows)?.[1] ?? 1)
  const divisions = Array.from({ length: times }, (_, i) => divide(training, drawn, seed + i * 7919))
  const folds = divisions.flat().map((fold) => ({ train: takeCodes(drawn, fold.train), test: takeCodes(drawn, fold.test) }))
  return { training, rows: drawn, folds, once: divisions[0]?.length ?? 0, settings: { glassbox: drawn.length > manyRows ? { bags, learningRate: largerStep } : { bags } }, seed, foldColumns: [] }
}

function divide({ target, groups, times }: TrainingRows, rows: Int32Array, seed: number): Fold[] {
  const drawn = takeTarget(target, rows)
  if (times !== null) return makeFolds(drawn, { kind: 'time', folds: foldCount, times: takeNumbers(times, rows) })
  const own = takeCodes(groups, rows)
  if (new Set(own).size < rows.length) return makeFolds(drawn, { kind: 'grouped', folds: foldCount, seed, groups: own })
  const assigned = assignFolds(drawn, Math.min(foldCount, rows.length), seed)
  const made = Array.from({ length: foldCount }, (_, fold) => splitRows(assigned, fold))
  return made.filter((fold) => fold.train.length > 0 && fold.test.length > 0)
}

function requestOf(bench: Bench, columns: readonly Column[]): FitRequest {
  const { training, settings, seed } = bench
  return { trainer: 'glassbox-main', table: { rows: training.rows, columns }, target: training.target, settings, seed }
}

/** The bench with the scale of a regression settled once, so that no comparison hangs on it. */
export async function withLink(bench: Bench, columns: readonly Column[], tools: Tools): Promise<Bench> {
  if (bench.training.target.task !== 'regression') return bench
  const request = requestOf(bench, columns)
  const table = takeRows(request.table, bench.rows)
  const target = takeTarget(request.target, bench.rows)
  const [model] = await runTask({ ...tools, progress: undefined }, 'fitModel', [{ ...request, table, target }])
  const link = model === undefined || isRefusal(model) || model.link !== 'log' ? 'identity' : 'log'
  return { ...bench, settings: { glassbox: { ...bench.settings.glassbox, regressionLink: link } } }
}

interface Evaluating {
  /** Its progress goes from 0 to 1 here. */
  readonly tools: Tools
  /** The folds that are looked at, from and up to; without it all. */
  readonly range?: readonly [number, number]
}

/** Cross-validates the glass box on each set of columns, all on the same folds. */
export async function evaluateSets(bench: Bench, sets: readonly (readonly Column[])[], { tools, range }: Evaluating): Promise<FoldResult[][]> {
  const [from, to] = range ?? [0, bench.folds.length]
  const folds = bench.folds.slice(from, to)
  const seen = new DrawnRows(bench)
  const inputs = sets.flatMap((columns) => folds.map((fold, i) => seen.inputOf(columns, { fold, own: bench.foldColumns[from + i] })))
  const results = await runTask(tools, 'evaluateFold', inputs)
  return sets.map((_, i) =>
    results.slice(i * folds.length, (i + 1) * folds.length).map((result, j) => {
      if (isRefusal(result)) throw new Error(`a fold was refused: ${result.message}`)
      return { ...result, rows: folds[j]?.test ?? result.rows }
    }),
  )
}

interface SeenFold {
  readonly fold: Fold
  readonly own: FoldColumns | undefined
}

/** The rows that take part, apart from the others: what a fold sees of its own is known of these only. */
class DrawnRows {
  readonly #bench: Bench
  readonly #columns = new Map<Column, Column>()
  readonly #places: Int32Array

  constructor(bench: Bench) {
    this.#bench = bench
    this.#places = new Int32Array(bench.training.rows)
    bench.rows.forEach((row, place) => {
      this.#places[row] = place
    })
  }

  inputOf(columns: readonly Column[], { fold, own }: SeenFold): EvaluateFoldInput {
    const { rows, training } = this.#bench
    const request = requestOf(this.#bench, columns)
    if (own === undefined || !columns.some(({ name }) => own.has(name))) return { request, fold }
    const table = { rows: rows.length, columns: columns.map((column) => own.get(column.name) ?? this.#drawn(column)) }
    const placed = (side: Int32Array): Int32Array => side.map((row) => this.#places[row] ?? 0)
    return { request: { ...request, table, target: takeTarget(training.target, rows) }, fold: { train: placed(fold.train), test: placed(fold.test) } }
  }

  #drawn(column: Column): Column {
    const [drawn] = this.#columns.has(column) ? [this.#columns.get(column)] : takeRows({ rows: this.#bench.training.rows, columns: [column] }, this.#bench.rows).columns
    if (drawn === undefined) throw new Error('a column was lost')
    this.#columns.set(column, drawn)
    return drawn
  }
}

/** The measure that comparisons go by: of classes the log loss, which sees what a ranking such as AUC does not. */
export function benchMetric({ training }: Bench): MetricName {
  return training.target.task === 'regression' ? 'r2' : 'logLoss'
}
