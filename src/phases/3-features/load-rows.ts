import type { Column, Table } from '#core/dataset'
import type { Labelled } from '#core/outcomes'
import type { ColumnRequest, Values } from '#core/ports'
import { name, sql } from '#core/sql'
import type { Column as MlColumn, Target } from '#ml/table'
import type { Tools } from '#phases/phase'

/** A column of the training rows as a trainer reads it; its name there is the column's id. */
export interface LoadedColumn {
  readonly column: Column
  readonly values: MlColumn
}

/** The training rows: the label, and what divides them. */
export interface TrainingRows {
  readonly rows: number
  readonly target: Target
  readonly groups: Int32Array
  /** Set where the split is by time. */
  readonly times: Float64Array | null
}

/** Columns of a table that was made of the labelled one, in the training rows. */
export async function loadColumns(
  request: { readonly table: Table; readonly columns: readonly Column[]; readonly sealed: string },
  tools: Tools,
): Promise<LoadedColumn[]> {
  const { table, columns, sealed } = request
  if (columns.length === 0) return []
  const asked = columns.map((column): ColumnRequest => ({ kind: column.type === 'text' ? 'category' : 'numeric', expression: name(column.id) }))
  const values = await tools.data.columns({ table: table.hash, columns: asked, where: sql`NOT ${name(sealed)}` }, { signal: tools.signal })
  return columns.flatMap((column, i) => {
    const one = values[i]
    return one === undefined ? [] : [{ column, values: { name: column.id, ...one } }]
  })
}

/** The label, groups and times of the training rows. */
export async function loadTraining(labelled: Labelled, tools: Tools): Promise<TrainingRows> {
  const { label, task, group, time, sealed, table } = labelled
  const columns: ColumnRequest[] = [
    { kind: task === 'regression' ? 'numeric' : 'category', expression: name(label.id) },
    { kind: 'numeric', expression: name(group) },
    ...(time === null ? [] : [{ kind: 'numeric' as const, expression: name(time) }]),
  ]
  const request = { table: table.hash, columns, where: sql`NOT ${name(sealed)}` }
  const [values, groups, times] = await tools.data.columns(request, { signal: tools.signal })
  if (values === undefined || groups?.kind !== 'numeric') throw new Error('the engine left out the label or the group')
  return {
    rows: groups.values.length,
    target: targetOf(labelled, values),
    groups: Int32Array.from(groups.values),
    // A row without a time counts as the earliest, so that it is only ever learnt from.
    times: times?.kind === 'numeric' ? times.values.map((at) => (Number.isNaN(at) ? -Infinity : at)) : null,
  }
}

function targetOf({ task, classes }: Labelled, values: Values): Target {
  if (values.kind === 'numeric') return { task: 'regression', values: values.values }
  if (task === 'regression' || classes === null) throw new Error('a label of categories needs its classes')
  const places = values.levels.map((level) => classes.indexOf(level))
  const codes = new Int32Array(new SharedArrayBuffer(4 * values.codes.length))
  for (let row = 0; row < codes.length; row++) codes[row] = places[values.codes[row] ?? -1] ?? -1
  return { task, classes, codes }
}
