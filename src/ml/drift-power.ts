import { binOfNumber, binRows, countBins, type DriftRule } from './drift-bins.ts'
import { isAbove, nullStatistics, nullThreshold } from './drift-null.ts'
import { driftStatistic } from './drift-statistic.ts'
import { type Random, seededRandom } from './random.ts'
import type { Column, NumericColumn } from './table.ts'

export interface PowerRequest {
  /** The reference rows of one column. */
  readonly column: Column
  readonly rule: DriftRule
  /** Rows of a batch. */
  readonly rows: number
  /** The rate of false alarms that the column has to itself. */
  readonly single: number
  readonly seed: number
}

/** The smallest change of those tried that alarms in at least four batches of five. */
export interface Power {
  /** A shift in standard deviations, or the share of rows that turn missing or into a level that was never seen. */
  readonly kind: 'shift' | 'missing' | 'new_level'
  /** Null where even the largest that was tried is not seen. */
  readonly change: number | null
  readonly tried: readonly number[]
}

const SHIFTS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3]
const SHARES = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]
const BATCHES = 60
const WANTED = 0.8
const DRAWS = 1_999

/** Measures by drawn batches, changed more and more, how small a change of a column alarms. */
export function measurePower(request: PowerRequest): Power {
  const { column, rule, rows, single, seed } = request
  const counts = countBins(rule, binRows(rule, column))
  const nulls = nullStatistics({ pool: counts, batchRows: rows, draws: Math.max(DRAWS, Math.ceil(2 / single)), random: seededRandom(seed, rows) })
  const threshold = nullThreshold(nulls, single)
  const kind = column.kind === 'category' ? 'new_level' : isContinuous(column) ? 'shift' : 'missing'
  const tried = kind === 'shift' ? SHIFTS : SHARES
  const change = tried.find((size) => {
    const random = seededRandom(seed, rows, 1)
    let alarms = 0
    for (let batch = 0; batch < BATCHES; batch++) {
      const changed = changedBatch(request, { kind, size }, random)
      const reference = counts.map((count, bin) => Math.max(0, count - (changed.before[bin] ?? 0)))
      if (isAbove(driftStatistic({ reference, batch: changed.after }), threshold)) alarms++
    }
    return alarms >= WANTED * BATCHES
  })
  return { kind, change: change ?? null, tried }
}

interface Change {
  readonly kind: Power['kind']
  readonly size: number
}

/** The bins of a drawn batch before and after the change. */
function changedBatch({ column, rule, rows }: PowerRequest, { kind, size }: Change, random: Random): { before: number[]; after: number[] } {
  const length = column.kind === 'numeric' ? column.values.length : column.codes.length
  const picked = Int32Array.from({ length: rows }, () => random.below(length))
  const bins = binRows(rule, column)
  const before = Uint8Array.from(picked, (row) => bins[row] as number)
  const shifts = kind === 'shift' && column.kind === 'numeric' && rule.kind === 'numeric'
  const after = shifts ? shifted(rule, { column, picked, by: size * spreadOf(column) }) : turned(before, size, kind === 'new_level' && rule.kind === 'category' ? rule.levels.length + 2 : 0)
  return { before: countBins(rule, before), after: countBins(rule, after) }
}

interface Shift {
  readonly column: NumericColumn
  readonly picked: Int32Array
  readonly by: number
}

function shifted(rule: Extract<DriftRule, { kind: 'numeric' }>, { column, picked, by }: Shift): Uint8Array {
  return Uint8Array.from(picked, (row) => binOfNumber(rule, (column.values[row] as number) + by))
}

function turned(before: Uint8Array, share: number, into: number): Uint8Array {
  return before.map((bin, i) => (i < share * before.length ? into : bin))
}

/** Fewer different numbers than this are marks on a scale, which a shift would all make new. */
const FEW_VALUES = 20

function isContinuous({ values }: NumericColumn): boolean {
  const seen = new Set<number>()
  for (const value of values) {
    if (Number.isFinite(value)) seen.add(value)
    if (seen.size > FEW_VALUES) return true
  }
  return false
}

/** Standard deviation of the values that are present. */
function spreadOf({ values }: NumericColumn): number {
  let [count, mean, squares] = [0, 0, 0]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    count++
    const step = value - mean
    mean += step / count
    squares += step * (value - mean)
  }
  return count < 2 ? 0 : Math.sqrt(squares / (count - 1))
}
