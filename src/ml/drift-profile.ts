import { binRows, countBins, type DriftRule, freezeBins, newLevels } from './drift-bins.ts'
import type { Model } from './model.ts'
import { seededRandom, shuffledRows } from './random.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { meanScores, scoreTable } from './score-table.ts'
import { type Column, type Table, takeCodes, takeNumbers } from './table.ts'

/** Reference rows in frozen bins. The bins were chosen by some of the rows; a batch is tested against the others. */
export interface BinnedReference {
  readonly rule: DriftRule
  /** All rows by bin. */
  readonly counts: readonly number[]
  /** The rows by bin that did not choose the bins. */
  readonly tested: readonly number[]
}

/** The reference rows of one column, and what the column adds to the score. */
export interface DriftColumn extends BinnedReference {
  readonly feature: string
  /** Levels of all rows that the rule does not name, so that a new one is known as such. */
  readonly known: readonly string[]
  /** Mean contribution by output; zeros where the model does not read the column. */
  readonly means: readonly number[]
  /** Mean absolute contribution; 0 where the model does not read the column. */
  readonly importance: number
}

/** What a check compares a batch with: counts and means of the reference, no rows. */
export interface DriftProfile {
  readonly rows: number
  readonly columns: readonly DriftColumn[]
  /** The prediction: log-odds, predicted value, or predicted class. */
  readonly prediction: BinnedReference & { /** Mean score by output. */ readonly means: readonly number[] }
}

export interface ProfileRequest {
  readonly model: Model
  readonly table: Table
  readonly seed: number
}

/** One row of so many chooses the bins. */
const CHOOSING = 4

/** Describes the reference rows of a monitor. */
export function profileDrift({ model, table, seed }: ProfileRequest): DriftProfile | Refusal {
  const scored = scoreTable(model, table)
  if (isRefusal(scored)) return scored
  const { contributions, prediction } = scored
  const choosing = choosingRows(table.rows, seed)
  const columns = table.columns.map((column): DriftColumn => {
    const term = model.terms.findIndex(({ feature }) => feature === column.name)
    const reference = binReference(column, choosing)
    const means = contributions[term] ?? model.intercepts.map(() => 0)
    return { feature: column.name, ...reference, known: otherLevels(column, reference.rule), means, importance: model.terms[term]?.importance ?? 0 }
  })
  return { rows: table.rows, columns, prediction: { ...binReference(prediction, choosing), means: meanScores(model, contributions) } }
}

/** The rows that choose the bins, the same ones in every column. */
export function choosingRows(rows: number, seed: number): Int32Array {
  return shuffledRows(rows, seededRandom(seed, rows)).subarray(0, Math.ceil(rows / CHOOSING))
}

function binReference(column: Column, choosing: Int32Array): BinnedReference {
  const chosen = column.kind === 'numeric' ? { ...column, values: takeNumbers(column.values, choosing) } : { ...column, codes: takeCodes(column.codes, choosing) }
  const rule = freezeBins(chosen)
  const counts = countBins(rule, binRows(rule, column))
  const chose = countBins(rule, binRows(rule, chosen))
  return { rule, counts, tested: counts.map((count, bin) => count - (chose[bin] ?? 0)) }
}

function otherLevels(column: Column, rule: DriftRule): string[] {
  return rule.kind === 'numeric' ? [] : newLevels(column, new Set([...rule.levels, ...rule.rare])).map(({ level }) => level)
}
