import type { Column } from '#core/dataset'
import type { Featured } from '#core/outcomes'
import { readQueryWishes } from '#core/query-wishes'
import { assignFolds, splitRows } from '#ml/folds'
import { isRefusal } from '#ml/refusal'
import { outputsOf, takeRows, takeTarget, type Target } from '#ml/table'
import type { Facts, Tools } from '#phases/phase'
import { type LoadedColumn, loadColumns } from './load-rows.ts'
import { runTask } from './run-task.ts'
import { evenRows, type Strength } from './strengths.ts'

/** A column that the run's request asks not to use, and what else tells it. */
export interface AskedColumn {
  readonly column: Column
  /** Whether the model would still take it, since an earlier decision kept it. */
  readonly kept: boolean
  /** The columns that tell it best, each alone; null where it was not measured. */
  readonly told: ReadonlyArray<{ readonly column: Column; readonly strength: Strength }> | null
  /** How well all columns together tell it. */
  readonly together: Strength | null
}

const mostRows = 4_000
const mostAsked = 3
const mostColumns = 30
const mostTold = 3
/** What tells it less well than this alone is not worth a word. */
const telling = { auc: 0.65, r2: 0.1 }
/** Classes of a column beyond which it is rather text. */
const mostClasses = 20
const folds = 3

/** The columns that the request leaves out, by an earlier decision or still to be left out. */
export function askedColumns(facts: Facts, { features, left_out, table, label }: Featured): { readonly column: Column; readonly kept: boolean }[] {
  const { exclude } = readQueryWishes(facts.texts.user_query, facts.table.columns)
  const out = new Set(left_out.filter(({ reason, column }) => reason === 'asked' && exclude.includes(column)).map(({ column }) => column))
  return table.columns.flatMap((column): { column: Column; kept: boolean }[] => {
    if (out.has(column.id)) return [{ column, kept: false }]
    const kept = exclude.includes(column.id) && column.id !== label.id && features.some(({ id }) => id === column.id)
    return kept ? [{ column, kept }] : []
  })
}

/** Measures on training rows how well the columns of the model tell those that it may not use. */
export async function measureAsked(asked: ReadonlyArray<{ readonly column: Column; readonly kept: boolean }>, { featured, honest }: { readonly featured: Featured; readonly honest: readonly LoadedColumn[] }, tools: Tools): Promise<AskedColumn[]> {
  const loaded = await loadColumns({ table: featured.table, columns: asked.map(({ column }) => column), sealed: featured.sealed }, tools)
  const out = new Set(asked.map(({ column }) => column.id))
  const columns = honest.filter(({ column }) => !out.has(column.id)).slice(0, mostColumns)
  const found: AskedColumn[] = []
  for (const [i, one] of asked.entries()) {
    const target = i < mostAsked && columns.length > 0 ? targetOf(loaded.find(({ column }) => column.id === one.column.id)) : null
    found.push(target === null ? { ...one, told: null, together: null } : { ...one, ...(await tellers(columns, target, tools)) })
  }
  return found
}

interface AskedTarget {
  readonly target: Target
  /** Rows on which it is known. */
  readonly rows: Int32Array
}

function targetOf(loaded: LoadedColumn | undefined): AskedTarget | null {
  if (loaded === undefined) return null
  const { column, values } = loaded
  const cells = values.kind === 'numeric' ? values.values : values.codes
  const rows = Int32Array.from(cells.keys()).filter((row) => (values.kind === 'numeric' ? !Number.isNaN(values.values[row]) : (values.codes[row] ?? -1) >= 0))
  const some = evenRows(rows.length, mostRows).map((place) => rows[place] ?? 0)
  if (values.kind === 'numeric' && column.type !== 'boolean') return { target: { task: 'regression', values: values.values }, rows: some }
  const [codes, classes] = values.kind === 'numeric' ? [Int32Array.from(values.values), ['false', 'true']] : [values.codes, values.levels]
  if (classes.length < 2 || classes.length > mostClasses || some.length < 50) return null
  return { target: { task: classes.length === 2 ? 'binary' : 'multiclass', codes, classes: [...classes] }, rows: some }
}

async function tellers(columns: readonly LoadedColumn[], { target, rows }: AskedTarget, tools: Tools): Promise<Pick<AskedColumn, 'told' | 'together'>> {
  const runner = { ...tools, progress: undefined }
  const table = takeRows({ rows: rows.length, columns: columns.map(({ values }) => values) }, rows)
  const own = takeTarget(target, rows)
  const inputs = table.columns.map((column) => ({ table: { rows: rows.length, columns: [column] }, target: own, feature: column.name, seed: tools.seed }))
  const strengths = await runTask(runner, 'oneFeatureStrength', inputs)
  const ranked = columns.flatMap(({ column }, i) => {
    const strength = strengths[i]
    return strength === undefined || strength.value < telling[strength.metric] ? [] : [{ column, strength: { metric: strength.metric, value: strength.value } }]
  })
  ranked.sort((a, b) => b.strength.value - a.strength.value)
  const told = ranked.slice(0, mostTold)
  if (outputsOf(own) > 1) return { told, together: null }
  const assigned = assignFolds(own, folds, tools.seed)
  const request = { trainer: 'glassbox-main' as const, table, target: own, settings: { glassbox: { bags: 1 } }, seed: tools.seed }
  const results = await runTask(runner, 'evaluateFold', Array.from({ length: folds }, (_, fold) => ({ request, fold: splitRows(assigned, fold) })))
  const metric = own.task === 'regression' ? 'r2' : 'auc'
  const values = results.flatMap((result) => (isRefusal(result) || result.metrics[metric] === undefined ? [] : [result.metrics[metric]]))
  return { told, together: values.length < folds ? null : { metric, value: values.reduce((sum, value) => sum + value, 0) / values.length } }
}
