import { tableSchema, type Column, type Table } from '#core/dataset'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import { findColumn } from '#core/find-column'
import { labelledSchema, type Trained } from '#core/outcomes'
import type { CompletedRun } from '#core/run'
import { phaseRecord } from '#core/run'
import { join, name, sql } from '#core/sql'
import { readScorer } from '#scoring/scorer'
import { carryOver, type CarriedColumn } from './carry-columns.ts'
import { ownDataset } from './datasets.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** The table that a retrain runs on, its columns under the ids that the parent's decisions name. */
export interface RetrainTable {
  readonly dataset_id: string
  readonly table: Table
  /** What is to be known of it, in sentences. */
  readonly notes: readonly string[]
  /** Columns that hold something else than in the parent's table, in sentences. */
  readonly changed: readonly string[]
}

interface Asked {
  readonly run: CompletedRun
  readonly trained: Trained
  readonly dataset_id: string | null
}

/** The parent's own table, or a new one brought into its form; refused where the model's columns are not in it. */
export async function retrainTable(input: ServiceInput, caller: Caller, { run, trained, dataset_id }: Asked): Promise<Result<RetrainTable>> {
  const before = tableSchema.parse(await input.blobs.get(run.dataset))
  if (dataset_id === null || dataset_id === run.dataset_id) return accept({ dataset_id: run.dataset_id, table: before, notes: [], changed: [] })
  const dataset = await ownDataset(input, caller, dataset_id)
  if (!dataset.ok) return dataset
  const { table } = dataset.value
  const missing = before.columns.filter((column) => findColumn(table.columns, column.name) === undefined)
  const needed = await neededColumns(input, run, { trained, before })
  const lacking = missing.filter((column) => needed.has(column.name))
  if (lacking.length > 0) return lacksColumns(lacking, table)
  const carried = await carryOver(input.data, before, table)
  const unused = table.columns.filter((column) => !carried.some(({ from }) => from.id === column.id))
  const notes = notesOf(missing, unused)
  return accept({ dataset_id, table: await inOldForm(input, table, carried), notes, changed: carried.flatMap(({ changed }) => changed ?? []) })
}

/** Raw columns that reach the model, the label, and the column that splits the rows. */
async function neededColumns({ blobs }: ServiceInput, run: CompletedRun, { trained, before }: { trained: Trained; before: Table }): Promise<ReadonlySet<string>> {
  const scorer = orThrow(readScorer(await blobs.get(trained.model)))
  const outcome = phaseRecord(run, 'label_selection').outcome
  const labelled = labelledSchema.parse(outcome === null ? null : await blobs.get(outcome))
  const ids = [labelled.label.id, labelled.split.column, labelled.weight?.id]
  const named = before.columns.filter(({ id }) => ids.includes(id)).map((column) => column.name)
  return new Set([...scorer.document.pipeline.reads, ...named])
}

function lacksColumns(lacking: readonly Column[], table: Table): Result<never> {
  const some = listed(lacking)
  const message = `The dataset lacks ${lacking.length === 1 ? 'a column' : `${lacking.length} columns`} that the model of the run needs: ${some}. It has ${listed(table.columns)}.`
  return refuse('DATASET_LACKS_COLUMNS', message, { detail: { columns: lacking.map((column) => column.name) } })
}

function notesOf(missing: readonly Column[], unused: readonly Column[]): string[] {
  return [
    ...(missing.length === 0 ? [] : [`The new table lacks ${listed(missing)}, which the model of the parent run does not use.`]),
    ...(unused.length === 0 ? [] : [`The new table also has ${listed(unused)}, which the parent run did not know; no decision was made about it, so it is not used.`]),
  ]
}

function listed(columns: readonly Column[]): string {
  const shown = columns.slice(0, 10).map((column) => `"${column.name}"`).join(', ')
  return columns.length > 10 ? `${shown} and ${columns.length - 10} more` : shown
}

/** The new rows with the old columns, in their order and under their ids. */
async function inOldForm({ data }: ServiceInput, table: Table, carried: readonly CarriedColumn[]): Promise<Table> {
  const same = carried.length === table.columns.length && carried.every(({ from, to }, i) => from.id === to.id && from.type === to.type && table.columns[i]?.id === from.id)
  const columns = carried.map(({ to }) => to)
  if (same) return { ...table, columns }
  const query = sql`select row_id, ${join(carried.map(({ to, expression }) => sql`${expression} as ${name(to.id)}`))} from t`
  return data.materialise({ query, tables: { t: table.hash }, columns }, { signal: new AbortController().signal })
}
