import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, orThrow, refuse } from '#core/errors'
import { name, number, sql, type Sql } from '#core/sql'
import { columnNumberSql } from './column-number-sql.ts'
import { defineStep } from './define-step.ts'
import { wholeParam } from './list-params.ts'
import { orderText, orderedParams, orderedRows, orderedWindow, whereGrouped } from './ordered-rows.ts'
import { refuseRowAlone } from './row-alone.ts'
import type { NamedSql } from './step-type.ts'

const paramsSchema = z.strictObject({
  ...orderedParams,
  window: wholeParam.default(7).refine((window) => window >= 1, 'at least 1 was expected'),
  operation: z.enum(['mean', 'sum', 'min', 'max', 'std', 'count', 'median']).default('mean'),
  min_periods: wholeParam.default(1).refine((least) => least >= 0, 'at least 0 was expected'),
  closed: z.enum(['right', 'left', 'both', 'neither']).default('right'),
  shift: wholeParam.default(0).refine((shift) => shift >= 0, 'at least 0 was expected, since less would read later rows'),
})
type Params = z.infer<typeof paramsSchema>

/** Aggregates of a window of rows up to each row, or just before it, within its group. */
export const rollingAgg = defineStep<Params>({
  type: 'RollingAggTransformer',
  rowwise: false,
  otherRows: () => 'table',
  params: paramsSchema,
  namedColumns: ({ columns }) => (columns.length === 0 ? null : columns),
  needsColumns: true,
  contract({ params, scope, table }) {
    if (params.min_periods > params.window) return refuse('CUSTOM_REFUSED', `min_periods (${params.min_periods}) must not be more than window (${params.window}).`)
    const other = scope.find((column) => !['number', 'integer', 'boolean'].includes(column.type))
    if (other !== undefined) return refuse('CUSTOM_REFUSED', `the column "${other.name}" holds ${other.type}, and windows need numbers.`)
    const rows = orderedRows(params, table)
    if (!rows.ok) return rows
    const keys = [...rows.value.groups, ...rows.value.order].map((column) => column.id)
    return accept({
      reads: [...new Set([...scope.map((column) => column.id), ...keys])],
      changes: [],
      creates: scope.map((column) => ({ name: outputName(column, params), type: 'number' as const, from: [...new Set([column.id, ...keys])], after: null })),
      drops: [],
      renames: [],
    })
  },
  describe(use, column) {
    const { operation, window, shift } = use.params
    const source = use.scope[use.created.findIndex(({ id }) => id === column.id)]
    const later = shift === 0 ? '' : `, as of ${shift} rows earlier`
    return `${operation} of ${source?.name} over ${window} rows${spans[use.params.closed]}${later}, ${orderText(orThrow(orderedRows(use.params, use.table)))}`
  },
  sql(use) {
    const { params } = use
    const rows = orThrow(orderedRows(params, use.table))
    const rolled: NamedSql[] = []
    const assign = use.scope.flatMap((column, i): NamedSql[] => {
      const made = use.created[i]
      if (made === undefined) return []
      const value = aggregateSql(columnNumberSql(column), params, (frame) => orderedWindow(rows, frame))
      if (params.shift === 0) return [{ id: made.id, expression: whereGrouped(rows, value) }]
      const id = `${made.id}_rolled`
      rolled.push({ id, expression: value })
      return [{ id: made.id, expression: whereGrouped(rows, sql`lag(${name(id)}, ${number(params.shift)}) over ${orderedWindow(rows)}`) }]
    })
    return { layers: [rolled], assign }
  },
  row: ({ params }) => refuseRowAlone(`a window of ${params.window} rows takes in other rows`),
})

const spans = { right: ' up to the row itself', left: ' before the row', both: ' before the row and the row itself', neither: ' before the row, without the first' } as const

function outputName(column: Column, { operation, window, closed, shift }: Params): string {
  return `${column.name}_rolling_${operation}_${window}${closed === 'right' ? '' : `_${closed}`}${shift === 0 ? '' : `_shift${shift}`}`
}

/** Rows before the row at which the window begins and ends; null where there is none between. */
function frameOf({ window, closed }: Params): Sql | null {
  const first = closed === 'right' || closed === 'neither' ? window - 1 : window
  const last = closed === 'right' || closed === 'both' ? 0 : 1
  return first < last ? null : sql` rows between ${number(first)} preceding and ${number(last)} preceding`
}

function aggregateSql(value: Sql, params: Params, over: (frame: Sql) => Sql): Sql {
  const { operation, min_periods } = params
  const frame = frameOf(params)
  const nothing = operation === 'sum' || operation === 'count' ? sql`0e0` : sql`cast(null as double)`
  if (frame === null) return min_periods === 0 ? nothing : sql`cast(null as double)`
  const window = over(frame)
  // A count looks at how many rows are in the window, the others at how many values.
  if (operation === 'count') return sql`case when count(*) over ${window} >= ${number(min_periods)} then cast(count(${value}) over ${window} as double) end`
  const aggregate = sql`${functions[operation]}(${value}) over ${window}`
  return sql`case when count(${value}) over ${window} >= ${number(min_periods)} then ${operation === 'sum' ? sql`coalesce(${aggregate}, 0e0)` : aggregate} end`
}

const functions = { mean: sql`avg`, sum: sql`sum`, min: sql`min`, max: sql`max`, std: sql`stddev_samp`, median: sql`median` } as const
