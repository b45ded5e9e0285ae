import { type ComparedColumn, evidentlyRules, type EvidentlyTest, usualTest } from './evidently-tests.ts'
import { countNumbers, type PairedCounts } from './paired-shares.ts'
import type { CategoryColumn, Column, NumericColumn, Table } from './table.ts'

/** What may be chosen of Evidently's drift preset; null is what it takes by itself. */
export interface EvidentlySettings {
  readonly numMethod: EvidentlyTest | null
  readonly catMethod: EvidentlyTest | null
  readonly numThreshold: number | null
  readonly catThreshold: number | null
  /** The dataset drifts where this share of the columns does. */
  readonly driftShare: number
}

export const usualEvidently: EvidentlySettings = { numMethod: null, catMethod: null, numThreshold: null, catThreshold: null, driftShare: 0.5 }

export interface EvidentlyRequest {
  readonly reference: Table
  /** Columns by the names of the reference's; one that is lacking is empty. */
  readonly batch: Table
  readonly settings: EvidentlySettings
}

/** One column as Evidently judges it. */
export interface EvidentlyColumn {
  readonly column: string
  /** Null where a sample has no value, for which Evidently gives up on the whole report. */
  readonly method: EvidentlyTest | null
  readonly score: number | null
  readonly threshold: number | null
  readonly drifted: boolean | null
}

export interface EvidentlyCheck {
  readonly columns: readonly EvidentlyColumn[]
  readonly driftedColumns: number
  /** Of the columns that could be judged. */
  readonly driftedShare: number
  readonly drifted: boolean
}

/** Judges a batch as the drift preset of Evidently 0.7 does: missing cells left out, the test chosen by the rows of the reference. */
export function checkEvidently({ reference, batch, settings }: EvidentlyRequest): EvidentlyCheck {
  const others = new Map(batch.columns.map((column) => [column.name, column]))
  const columns = reference.columns.map((column) => judge(column.name, compare(column, others.get(column.name)), settings))
  const judged = columns.filter(({ method }) => method !== null)
  const driftedColumns = judged.filter(({ drifted }) => drifted === true).length
  const driftedShare = judged.length === 0 ? 0 : driftedColumns / judged.length
  return { columns, driftedColumns, driftedShare, drifted: judged.length > 0 && driftedShare >= settings.driftShare }
}

function judge(column: string, compared: ComparedColumn | null, settings: EvidentlySettings): EvidentlyColumn {
  if (compared === null) return { column, method: null, score: null, threshold: null, drifted: null }
  const [chosen, limit] = compared.kind === 'num' ? [settings.numMethod, settings.numThreshold] : [settings.catMethod, settings.catThreshold]
  const method = chosen ?? usualTest(compared)
  const rule = evidentlyRules[method]
  const threshold = limit ?? rule.threshold
  const score = rule.compute(compared)
  return { column, method, score: Number.isFinite(score) ? score : null, threshold, drifted: isDrift({ method, score, threshold }) }
}

/** Its tests of probabilities are strict but for one. */
function isDrift({ method, score, threshold }: { method: EvidentlyTest; score: number; threshold: number }): boolean {
  if (evidentlyRules[method].score === 'distance') return score >= threshold
  return method === 'ks' ? score <= threshold : score < threshold
}

function compare(reference: Column, batch: Column | undefined): ComparedColumn | null {
  if (reference.kind === 'numeric') return compareNumbers(reference, batch?.kind === 'numeric' ? batch : undefined)
  return compareLevels(reference, batch?.kind === 'category' ? batch : undefined)
}

function compareNumbers(reference: NumericColumn, batch: NumericColumn | undefined): ComparedColumn | null {
  const numbers = { reference: present(reference.values), batch: present(batch?.values ?? new Float64Array(0)) }
  if (numbers.reference.length === 0 || numbers.batch.length === 0) return null
  return { kind: 'num', numbers, counts: countNumbers(numbers) }
}

function present(values: Float64Array): Float64Array {
  return Float64Array.from(values.filter((value) => Number.isFinite(value))).sort()
}

function compareLevels(reference: CategoryColumn, batch: CategoryColumn | undefined): ComparedColumn | null {
  const places = new Map<string, number>()
  const counts: { reference: number[]; batch: number[] } = { reference: [], batch: [] }
  const count = ({ codes, levels }: CategoryColumn, into: 'reference' | 'batch') => {
    const rows = new Float64Array(levels.length)
    for (const code of codes) if (code >= 0) rows[code] = (rows[code] as number) + 1
    for (const [code, level] of levels.entries()) {
      if (rows[code] === 0) continue
      const place = places.get(level) ?? places.size
      places.set(level, place)
      counts[into][place] = (counts[into][place] ?? 0) + (rows[code] as number)
    }
  }
  count(reference, 'reference')
  if (batch !== undefined) count(batch, 'batch')
  const both: PairedCounts = { reference: padded(counts.reference, places.size), batch: padded(counts.batch, places.size) }
  if (both.reference.every((rows) => rows === 0) || both.batch.every((rows) => rows === 0)) return null
  return { kind: 'cat', numbers: null, counts: both }
}

function padded(counts: readonly number[], length: number): number[] {
  return Array.from({ length }, (_, i) => counts[i] ?? 0)
}
