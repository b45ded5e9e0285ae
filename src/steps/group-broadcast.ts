import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column, ColumnType } from '#core/dataset'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { type Broadcast, groupOperations, type GroupOperation, type Groups } from './broadcast-groups.ts'
import { cellNumber } from './cell-number.ts'
import { defineStep, findColumns, type StepUse } from './define-step.ts'
import { besideGroups, groupsSql, ownSql } from './group-broadcast-sql.ts'
import { keptRows, keyOf } from './kept-rows.ts'
import { namesParam } from './list-params.ts'
import { namesOf } from './ordered-rows.ts'
import type { FitSource } from './step-type.ts'
import { readTimeUnit, timeBucketOf, timeUnits } from './time-bucket.ts'

const paramsSchema = z.strictObject({
  columns: namesParam,
  group_by: namesParam,
  op: z.enum(groupOperations).default('max'),
  suffix: z.string().min(1).nullish(),
  time_column: z.string().nullish(),
  time_unit: z.string().default('D'),
})
type Params = z.infer<typeof paramsSchema>

/** Keys of a group, then the aggregate of each column; null where the group had no value at the fit. */
const stateSchema = z.object({ groups: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))).default([]) })

/** A group's aggregate, fitted on the training rows, beside each row of the group or in place of its value. */
export const groupBroadcast = defineStep<Params>({
  type: 'GroupBroadcastTransformer',
  rowwise: false,
  params: paramsSchema,
  namedColumns: ({ columns }) => (columns.length === 0 ? null : columns),
  needsColumns: true,
  contract({ params, scope, table }) {
    const groups = groupsOf(params, table)
    if (!groups.ok) return groups
    const keys = keyColumns(groups.value).map((column) => column.id)
    const text = scope.find((column) => !['number', 'integer', 'boolean'].includes(column.type))
    if ((params.op === 'mean' || params.op === 'sum') && text !== undefined) return refuse('CUSTOM_REFUSED', `op ${JSON.stringify(params.op)} needs numbers, and "${text.name}" holds ${text.type}.`)
    const reads = [...new Set([...scope.map((column) => column.id), ...keys])]
    const made = scope.map((column) => ({ column, type: typeAfter(column, params.op) }))
    const suffix = params.suffix ?? null
    if (suffix === null) return accept({ reads, changes: made.map(({ column, type }) => ({ id: column.id, type })), creates: [], drops: [], renames: [] })
    const creates = made.map(({ column, type }) => ({ name: `${column.name}${suffix}`, type, from: [...new Set([column.id, ...keys])], after: null }))
    return accept({ reads, changes: [], creates, drops: [], renames: [] })
  },
  describe(use, column) {
    const source = use.scope[use.created.findIndex(({ id }) => id === column.id)] ?? column
    const { by, time } = orThrow(groupsOf(use.params, use.table))
    const groups = [...by.map(({ name }) => name), ...(time === null ? [] : [`${time.column.name} by ${time.unit}`])].join(' and ')
    return `${use.params.op} of ${source.name} among the training rows of the same ${groups}; the row's own value where they had none`
  },
  fit: fitGroups,
  sql(use, state) {
    const groups = orThrow(groupsOf(use.params, use.table))
    const outputs = outputsOf(use)
    const found = outputs.map(({ id }) => `${id}_found`)
    return {
      beside: (rows) => besideGroups({ groups, kept: groupsIn(state), outputs, found }, rows),
      layers: [],
      assign: outputs.map((output, i) => ({ id: output.id, expression: ownSql(output, found[i] ?? '', use.params.op) })),
    }
  },
  row: broadcastRow,
  portable(use, state) {
    const { by, time } = orThrow(groupsOf(use.params, use.table))
    const keys = [...by.map(({ id, type }) => ({ id, type, bucket: null })), ...(time === null ? [] : [{ id: time.column.id, type: time.column.type, bucket: time.unit }])]
    const outputs = outputsOf(use).map(({ column, id }) => ({ from: column.id, to: id, type: column.type }))
    return [{ op: 'group', keys, groups: groupsIn(state), outputs, aggregate: use.params.op }]
  },
})

function outputsOf({ params, scope, created }: StepUse<Params>): Broadcast[] {
  return scope.map((column, i) => ({ column, id: created[i]?.id ?? column.id, type: typeAfter(column, params.op) }))
}

function typeAfter(column: Column, op: GroupOperation): ColumnType {
  if (op === 'any' || op === 'count') return 'integer'
  return op === 'mean' || op === 'sum' ? 'number' : column.type
}

function groupsOf(params: Params, table: readonly Column[]): Result<Groups> {
  const by = findColumns(table, params.group_by)
  if (!by.ok) return by
  const timed = params.time_column ?? ''
  if (timed === '') return by.value.length > 0 ? accept({ by: by.value, time: null }) : refuse('CUSTOM_REFUSED', 'it needs group_by, time_column or both.')
  const unit = readTimeUnit(params.time_unit)
  if (unit === null) return refuse('CUSTOM_REFUSED', `the time_unit ${JSON.stringify(params.time_unit)} is unknown; there are ${timeUnits.join(', ')}.`)
  const found = findColumns(table, [timed])
  if (!found.ok) return found
  const [column] = found.value
  if (column === undefined || (column.type !== 'date' && column.type !== 'timestamp')) return refuse('CUSTOM_REFUSED', `time_column ${JSON.stringify(timed)} holds ${column?.type ?? 'nothing'}, not dates.`)
  return accept({ by: by.value, time: { column, unit } })
}

function keyColumns({ by, time }: Groups): Column[] {
  return time === null ? [...by] : [...by, time.column]
}

async function fitGroups(use: StepUse<Params>, source: FitSource): Promise<Result<Json>> {
  const groups = orThrow(groupsOf(use.params, use.table))
  const keys = groups.by.length + (groups.time === null ? 0 : 1)
  const kept = await keptRows(groupsSql({ groups, columns: use.scope, op: use.params.op }, source.rows), source, `groups of ${namesOf(keyColumns(groups))}`)
  if (!kept.ok) return kept
  const names = [...Array.from({ length: keys }, (_, i) => `k${i}`), ...use.scope.map((_, i) => `v${i}`)]
  return accept({ groups: kept.value.map((cells) => names.map((name) => cells[name] ?? null)) })
}

function groupsIn(state: Json): Cell[][] {
  return stateSchema.parse(state).groups
}

function broadcastRow(use: StepUse<Params>, state: Json) {
  const { by, time } = orThrow(groupsOf(use.params, use.table))
  const keyTypes = time === null ? by : [...by, { type: 'integer' as const }]
  const known = new Map(groupsIn(state).map((cells) => [keyOf(cells.slice(0, keyTypes.length), keyTypes), cells.slice(keyTypes.length)]))
  const outputs = outputsOf(use)
  const own = ownCell(use.params.op)
  return function broadcast(row: Readonly<Record<string, Cell>>): Record<string, Cell> {
    const cells = [...by.map((column) => row[column.id] ?? null), ...(time === null ? [] : [timeBucketOf(row[time.column.id] ?? null, time.column, time.unit)])]
    const key = keyOf(cells, keyTypes)
    const found = key === null ? undefined : known.get(key)
    const next: Record<string, Cell> = { ...row }
    outputs.forEach(({ column, id }, i) => {
      next[id] = found?.[i] ?? own(row[column.id] ?? null, column)
    })
    return next
  }
}

/** The operation over the row's own value alone. */
function ownCell(op: GroupOperation): (cell: Cell, column: Column) => Cell {
  if (op === 'count') return (cell) => (cell === null ? 0 : 1)
  if (op === 'any') return (cell, { type }) => (cell === null || (type === 'text' ? cell === '' : (type === 'date' || type === 'timestamp' ? false : cellNumber(cell, type) === 0)) ? 0 : 1)
  if (op === 'mean' || op === 'sum') return (cell, { type }) => (type === 'text' ? null : cellNumber(cell, type))
  return (cell) => cell
}
