import { binRows, countBins, type DriftRule, freezeBins, newLevels } from './drift-bins.ts'
import type { Model } from './model.ts'
import { seededRandom, shuffledRows } from './random.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { meanScores, scoreTable, type TermMeans } from './score-table.ts'
import { type Column, type Table, takeCodes, takeNumbers } from './table.ts'
import { termImportances } from './term-importances.ts'

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
  /** Mean contribution by output of the column's own term; zeros where it has none. */
  readonly means: readonly number[]
  /** Mean absolute contribution of that term, and half of that of every pair with the column; 0 where the model does not read it. */
  readonly importance: number
}

/** What a check compares a batch with: counts and means of the reference, no rows. */
export interface DriftProfile {
  readonly rows: number
  readonly columns: readonly DriftColumn[]
  /** What the terms of two columns add to the score; absent in profiles of models without any. */
  readonly pairs?: readonly TermMeans[]
  /** The prediction: log-odds, predicted value, or predicted class, of rows that the model was not fitted to where there are any. */
  readonly prediction: BinnedReference & { /** Mean score by output. */ readonly means: readonly number[] }
}

export interface ProfileRequest {
  readonly model: Model
  /** The rows that the model was fitted to. */
  readonly table: Table
  /** Rows that it was not fitted to: only of these are predictions as those of new rows. Without them the fitted ones serve. */
  readonly held?: Table
  readonly seed: number
}

/** One row of so many chooses the bins. */
const CHOOSING = 4

/** Describes the reference rows of a monitor. */
export function profileDrift({ model, table, held, seed }: ProfileRequest): DriftProfile | Refusal {
  const scored = scoreTable(model, table)
  if (isRefusal(scored)) return scored
  const { terms, prediction } = scored
  const pairs = pairsOf(terms)
  const importances = importanceByColumn(model)
  const choosing = choosingRows(table.rows, seed)
  const columns = table.columns.map((column): DriftColumn => {
    const reference = binReference(column, choosing)
    const means = ownTerm(terms, column.name)?.means ?? model.intercepts.map(() => 0)
    return { feature: column.name, ...reference, known: otherLevels(column, reference.rule), means, importance: importances.get(column.name) ?? 0 }
  })
  const unseen = held === undefined ? null : scoreTable(model, held)
  if (isRefusal(unseen)) return unseen
  const predicted = { ...(unseen === null ? binReference(prediction, choosing) : binUnseen(prediction, unseen.prediction)), means: meanScores(model, terms) }
  return { rows: table.rows, columns, ...(pairs.length > 0 ? { pairs } : {}), prediction: predicted }
}

/** A pair counts by halves for its two columns, so that the sum over the columns is that over the terms. */
function importanceByColumn(model: Model): Map<string, number> {
  const found = new Map<string, number>()
  for (const { features, importance } of termImportances(model)) {
    for (const feature of features) found.set(feature, (found.get(feature) ?? 0) + importance / features.length)
  }
  return found
}

/** The term that reads this column alone. */
export function ownTerm(terms: readonly TermMeans[], column: string): TermMeans | undefined {
  return terms.find(({ features }) => features.length === 1 && features[0] === column)
}

/** The terms that read two columns. */
export function pairsOf(terms: readonly TermMeans[]): TermMeans[] {
  return terms.filter(({ features }) => features.length > 1)
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

/** The fitted rows choose the bins, and the others, which had no part in anything, are all counted. */
function binUnseen(fitted: Column, unseen: Column): BinnedReference {
  const rule = freezeBins(fitted)
  const counts = countBins(rule, binRows(rule, unseen))
  return { rule, counts, tested: counts }
}

function otherLevels(column: Column, rule: DriftRule): string[] {
  return rule.kind === 'numeric' ? [] : newLevels(column, new Set([...rule.levels, ...rule.rare])).map(({ level }) => level)
}
