import type { Labelled } from '#core/outcomes'
import type { Cell, CategoryValues, ColumnRequest, Values } from '#core/ports'
import { name, sql } from '#core/sql'
import { calibratedProbability } from '#ml/calibration-map'
import type { Prediction } from '#ml/prediction'
import { isRefusal } from '#ml/refusal'
import type { Column as MlColumn, Target } from '#ml/table'
import type { TaskOutput } from '#ml/tasks'
import type { Tools } from '#phases/phase'
import type { DeployFacts } from './deploy-facts.ts'

/** The truth of some rows and what the batch path says of them, in the order of the row ids. */
export interface SealedRows {
  readonly rows: number
  readonly target: Target
  /** Calibrated. */
  readonly prediction: Prediction
}

/** Scores the sealed rows as training did: whole columns at once. */
export async function scoreSealedRows({ labelled, trained, scorer }: DeployFacts, tools: Tools): Promise<SealedRows> {
  const features = labelled.features.filter((column) => trained.features.includes(column.name))
  const requests = features.map((column): ColumnRequest => ({ kind: column.type === 'text' ? 'category' : 'numeric', expression: name(column.id) }))
  const request = { table: labelled.table.hash, columns: [labelRequest(labelled), ...requests], where: name(labelled.sealed) }
  const [label, ...values] = await tools.data.columns(request, { signal: tools.signal })
  if (label === undefined) throw new Error('the engine left out the label')
  const target = targetOf(labelled, label)
  const rows = target.task === 'regression' ? target.values.length : target.codes.length
  const columns = features.flatMap((column, i): MlColumn[] => {
    const found = values[i]
    return found === undefined ? [] : [{ name: column.name, ...found }]
  })
  const { model, calibration } = scorer.document
  const input = { model, table: { rows, columns } }
  // The name of the task decides the type of its result.
  const said = (await tools.compute.run('predictTable', input, { signal: tools.signal })) as TaskOutput<'predictTable'>
  if (isRefusal(said)) throw new Error(`the model cannot read the sealed rows: ${said.message}`)
  if (said.task !== 'binary' || calibration.kind === 'identity') return { rows, target, prediction: said }
  const probability = said.score.map((score) => calibratedProbability(calibration, score))
  return { rows, target, prediction: { ...said, probability } }
}

/** The labels of the rows that the model learnt from. */
export async function trainingTarget(labelled: Labelled, { data, signal }: Tools): Promise<Target> {
  const where = sql`NOT ${name(labelled.sealed)}`
  const [label] = await data.columns({ table: labelled.table.hash, columns: [labelRequest(labelled)], where }, { signal })
  if (label === undefined) throw new Error('the engine left out the label')
  return targetOf(labelled, label)
}

function labelRequest({ label, task }: Labelled): ColumnRequest {
  return { kind: task === 'regression' ? 'numeric' : 'category', expression: name(label.id) }
}

function targetOf({ task, classes }: Labelled, label: Values): Target {
  if (label.kind === 'numeric') return { task: 'regression', values: label.values }
  if (task === 'regression' || classes === null) throw new Error('a label of categories needs its classes')
  return { task, classes, codes: classCodes(label, classes) }
}

function classCodes({ codes, levels }: CategoryValues, classes: readonly string[]): Int32Array {
  const classOfLevel = levels.map((level) => classes.indexOf(level))
  return codes.map((code) => classOfLevel[code] ?? -1)
}

/** A row by the ids of the raw table's columns, with its row id. */
export type RawCells = Readonly<Record<string, Cell>>

const pageSize = 2_000

interface RawRequest {
  readonly labelled: Labelled
  readonly raw: string
  /** Ids of the columns of the raw table. */
  readonly columns: readonly string[]
}

/** The sealed rows as they stand in the raw table, a page at a time, in the order of the row ids. */
export async function* rawSealedRows({ labelled, raw, columns }: RawRequest, { data, signal }: Tools): AsyncGenerator<readonly RawCells[]> {
  const list = columns.reduce((all, id) => sql`${all}, ${name(id)}`, sql`row_id`)
  const tables = { raw, labelled: labelled.table.hash }
  for (let after = -1; ; ) {
    const wanted = sql`row_id > ${after} and row_id in (select row_id from labelled where ${name(labelled.sealed)})`
    const query = sql`select ${list} from raw where ${wanted} order by row_id limit ${pageSize}`
    const rows = await data.query(query, { tables, signal })
    if (rows.length > 0) yield rows
    if (rows.length < pageSize) return
    after = Number(rows.at(-1)?.row_id)
  }
}
