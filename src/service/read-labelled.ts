import type { Column, Table as StoredTable } from '#core/dataset'
import { accept, orThrow, refuse, type Result, SignalboxError } from '#core/errors'
import type { ColumnRequest, DataEngine, TableReader, Values } from '#core/ports'
import type { TaskName } from '#core/run-settings'
import { name } from '#core/sql'
import { type Column as TypedColumn, type Table, type Target, takeRows, takeTarget } from '#ml/table'
import { labelColumn } from './label-column.ts'
import { labelOf } from './label-of.ts'
import { typeText, withoutPlaceholders } from './type-text.ts'

/** A file with a column to predict. */
export interface LabelledFile {
  readonly path: string
  /** The name that messages give it. */
  readonly fileName: string
  readonly target: string
  readonly task: TaskName
  /** Columns that are not learnt from. */
  readonly drop: readonly string[]
}

/** The rows of a file that have a target, as typed columns. */
export interface LabelledRows {
  readonly table: Table
  readonly target: Target
}

export interface LabelledParts {
  readonly reader: TableReader
  readonly data: DataEngine
  readonly signal: AbortSignal
}

/** Reads a file into typed columns: text of which at least 99 % are numbers becomes numbers, rows without a target are left out. */
export async function readLabelled(file: LabelledFile, { reader, data, signal }: LabelledParts): Promise<LabelledRows> {
  const { table } = await reader.read(file, { signal })
  const { label, features } = orThrow(chooseColumns(table, file))
  const requests = [labelRequest(label, file.task), ...features.map(featureRequest)]
  const [labels, ...values] = await data.columns({ table: table.hash, columns: requests }, { signal })
  if (labels === undefined) throw new SignalboxError({ code: 'INTERNAL', message: 'the engine left out the label' })
  const target = orThrow(labelOf(typeLabel(labels, label, file.task), { name: label.name, task: file.task }))
  const columns = features.map((column, i): TypedColumn => ({ name: column.name, ...typeFeature(values[i]) }))
  const all = { table: { rows: table.rows, columns }, target }
  const kept = labelledRows(target)
  return kept.length === table.rows ? all : { table: takeRows(all.table, kept), target: takeTarget(target, kept) }
}

interface Chosen {
  readonly label: Column
  readonly features: readonly Column[]
}

function chooseColumns(table: StoredTable, { target, drop, fileName }: LabelledFile): Result<Chosen> {
  const found = labelColumn(table, target, fileName)
  if (!found.ok) return found
  const label = found.value
  const dropped: Column[] = []
  for (const wanted of drop) {
    const named = labelColumn(table, wanted, fileName)
    if (!named.ok) return named
    const column = named.value
    if (column.id === label.id) return refuse('LABEL_UNUSABLE', `"${label.name}" is the target and cannot be left out`, { suggestion: 'Leave another column out.' })
    dropped.push(column)
  }
  const features = table.columns.filter((column) => column.id !== label.id && !dropped.includes(column))
  if (features.length === 0) return refuse('NO_FEATURES', `${fileName} has no column to learn from besides "${label.name}"`)
  return accept({ label, features })
}

/** Classes are the values as text, whatever type they are stored as. */
function labelRequest(label: Column, task: TaskName): ColumnRequest {
  const isNumber = label.type === 'number' || label.type === 'integer'
  return { kind: task === 'regression' && isNumber ? 'numeric' : 'category', expression: name(label.id) }
}

function featureRequest(column: Column): ColumnRequest {
  return { kind: column.type === 'text' ? 'category' : 'numeric', expression: name(column.id) }
}

function typeFeature(values: Values | undefined): Values {
  if (values === undefined) throw new SignalboxError({ code: 'INTERNAL', message: 'the engine left out a column' })
  return values.kind === 'category' ? typeText(values) : values
}

function typeLabel(values: Values, label: Column, task: TaskName): Values {
  if (values.kind === 'numeric' || label.type !== 'text') return values
  return task === 'regression' ? typeText(values) : withoutPlaceholders(values)
}

/** Rows that have a target, in file order. */
function labelledRows(target: Target): Int32Array {
  const has = target.task === 'regression' ? (row: number) => Number.isFinite(target.values[row]) : (row: number) => (target.codes[row] ?? -1) >= 0
  const rows = target.task === 'regression' ? target.values.length : target.codes.length
  const kept: number[] = []
  for (let row = 0; row < rows; row++) if (has(row)) kept.push(row)
  return Int32Array.from(kept)
}
