import { binRows, countBins, type DriftRule, newLevels } from './drift-bins.ts'
import { type DriftColumn, type DriftProfile, ownTerm, pairsOf } from './drift-profile.ts'
import { type AlertSettings, type DriftAlert, testAlert } from './drift-alert.ts'
import { movedShare } from './drift-statistic.ts'
import { type DriftResult, type DriftVerdict, testDrift } from './drift-test.ts'
import type { Model } from './model.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { meanScores, scoreTable, type TermMeans } from './score-table.ts'
import type { Column, Table } from './table.ts'

/** What a monitor tests, and how often it may be wrong. */
export interface DriftSettings {
  /** Names of the watched columns. */
  readonly columns: readonly string[]
  readonly prediction: boolean
  /** Chance of any alarm on a batch that is as the reference. */
  readonly rate: number
  readonly seed: number
  /** Absent where nothing is to be alerted. */
  readonly alert?: AlertSettings
}

/** The rows of an earlier batch by bin. */
export interface EarlierBatch {
  readonly columns: ReadonlyArray<{ readonly feature: string; readonly batch: readonly number[] }>
  readonly prediction: readonly number[] | null
}

export interface CheckRequest {
  readonly model: Model
  readonly profile: DriftProfile
  readonly table: Table
  readonly settings: DriftSettings
  /** Batches that were checked before, the newest first, as this monitor counts them. */
  readonly before?: readonly EarlierBatch[]
}

/** One column of a batch beside the reference. */
export interface ColumnDrift extends DriftResult {
  readonly feature: string
  /** Share of the rows that would have to change their bin to be spread as the reference. */
  readonly movedShare: number
  readonly rule: DriftRule
  readonly reference: readonly number[]
  readonly batch: readonly number[]
  readonly newLevels: readonly { readonly level: string; readonly rows: number }[]
  /** By output: how far the column's own term moves the mean score. */
  readonly effects: readonly number[]
}

/** How far the term of two columns moves the mean score. */
export interface PairDrift {
  /** Name of the term. */
  readonly name: string
  readonly features: readonly string[]
  /** By output. */
  readonly effects: readonly number[]
}

export interface DriftCheck {
  readonly rows: number
  readonly verdict: DriftVerdict
  /** The watched columns, the largest effect on the score first. */
  readonly columns: readonly ColumnDrift[]
  /** The pairs of the model, the largest effect on the score first. */
  readonly pairs: readonly PairDrift[]
  /** Null where the prediction is not watched. Its effects are the shift of the mean score, by output. */
  readonly prediction: ColumnDrift | null
  readonly alert: DriftAlert | null
}

/** Compares a batch with the reference rows of a monitor, all watched columns and the prediction in one family of tests. */
export function checkDrift({ model, profile, table, settings, before = [] }: CheckRequest): DriftCheck | Refusal {
  const scored = scoreTable(model, table)
  if (isRefusal(scored)) return scored
  const { terms } = scored
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const meansOf = (feature: string) => ownTerm(terms, feature)?.means
  const watched = profile.columns
    .filter(({ feature }) => settings.columns.includes(feature))
    .map((known) => compare(known, columns.get(known.feature) ?? absent(known.rule, table.rows), meansOf(known.feature)))
  const prediction = settings.prediction ? [compare(predictionOf(model, profile), scored.prediction, meanScores(model, terms))] : []
  const family = [...watched, ...prediction]
  const samples = family.map(({ tested, batch }) => ({ reference: tested, batch }))
  const results = testDrift({ samples, rate: settings.rate, seed: settings.seed })
  const judged = family.map(({ tested: _tested, ...one }, i): ColumnDrift => ({ ...one, ...(results[i] ?? untested) }))
  const ranked = judged.slice(0, watched.length).sort((a, b) => largest(b.effects) - largest(a.effects) || (a.feature < b.feature ? -1 : 1))
  return {
    rows: table.rows,
    verdict: verdictOf(judged),
    columns: ranked,
    pairs: comparePairs(profile.pairs ?? [], table.rows === 0 ? [] : pairsOf(terms)),
    prediction: judged[watched.length] ?? null,
    alert: settings.alert === undefined ? null : testAlert({ family, results, before, columns: watched.length, settings: { ...settings.alert, rate: settings.rate, seed: settings.seed } }),
  }
}

const untested: DriftResult = { verdict: 'not_enough_data', probability: null, statistic: null, threshold: null, tail: null }

/** What is watched, before it is judged. */
export type Compared = Omit<ColumnDrift, keyof DriftResult> & Pick<DriftColumn, 'tested'>
type Known = Omit<DriftColumn, 'importance'>

/** The classes of a model are all known, so none can be new. */
function predictionOf(model: Model, { prediction }: DriftProfile): Known {
  return { feature: 'prediction', ...prediction, known: model.classes ?? [] }
}

function compare({ feature, rule, counts, tested, means, known }: Known, column: Column, now: readonly number[] | undefined): Compared {
  const batch = countBins(rule, binRows(rule, column))
  const rows = batch.reduce((sum, count) => sum + count, 0)
  const effects = shiftOf(means, rows === 0 ? undefined : now)
  const levels = rule.kind === 'numeric' ? [] : newLevels(column, new Set([...rule.levels, ...rule.rare, ...known]))
  return { feature, rule, reference: counts, tested, batch, movedShare: movedShare({ reference: counts, batch }), newLevels: levels, effects }
}

function shiftOf(means: readonly number[], now: readonly number[] | undefined): number[] {
  return means.map((mean, k) => (now === undefined ? 0 : (now[k] ?? 0) - mean))
}

function comparePairs(known: readonly TermMeans[], now: readonly TermMeans[]): PairDrift[] {
  const meansOf = new Map(now.map(({ name, means }) => [name, means]))
  return known
    .map(({ name, features, means }): PairDrift => ({ name, features, effects: shiftOf(means, meansOf.get(name)) }))
    .sort((a, b) => largest(b.effects) - largest(a.effects) || (a.name < b.name ? -1 : 1))
}

/** A column that the batch does not have is missing in every row. */
export function absent(rule: DriftRule, rows: number): Column {
  const name = ''
  if (rule.kind === 'numeric') return { name, kind: 'numeric', values: new Float64Array(rows).fill(Number.NaN) }
  return { name, kind: 'category', codes: new Int32Array(rows).fill(-1), levels: [] }
}

function verdictOf(judged: readonly ColumnDrift[]): DriftVerdict {
  if (judged.some(({ verdict }) => verdict === 'drift')) return 'drift'
  return judged.some(({ verdict }) => verdict === 'ok') ? 'ok' : 'not_enough_data'
}

/** The largest of some effects by size. */
export function largest(effects: readonly number[]): number {
  return effects.reduce((most, effect) => Math.max(most, Math.abs(effect)), 0)
}
