import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, orThrow, refuse } from '#core/errors'
import { name, number, sql, type Sql } from '#core/sql'
import { defineStep, type StepUse } from './define-step.ts'
import { wholeParam } from './list-params.ts'
import { type OrderedRows, orderText, orderedParams, orderedRows, orderedWindow, whereGrouped } from './ordered-rows.ts'
import { refuseRowAlone } from './row-alone.ts'

const paramsSchema = z.strictObject({
  ...orderedParams,
  periods: z.union([wholeParam, z.array(wholeParam)]).nullish().transform((given) => (typeof given === 'number' ? [given].filter((period) => period !== 0) : [...new Set(given ?? [])])),
})
type Params = z.infer<typeof paramsSchema>

interface Lag {
  readonly column: Column
  readonly period: number
}

/** The value some rows earlier in the same group, beside each row. */
export const groupedLag = defineStep<Params>({
  type: 'GroupedLagTransformer',
  rowwise: false,
  otherRows: () => 'table',
  params: paramsSchema,
  namedColumns: ({ columns }) => (columns.length === 0 ? null : columns),
  needsColumns: true,
  contract({ params, scope, table }) {
    const later = params.periods.find((period) => period < 0)
    if (later !== undefined) return refuse('CUSTOM_REFUSED', `periods must not be below 0, and ${later} would read later rows.`)
    const rows = orderedRows(params, table)
    if (!rows.ok) return rows
    const keys = [...rows.value.groups, ...rows.value.order].map((column) => column.id)
    return accept({
      reads: [...new Set([...scope.map((column) => column.id), ...keys])],
      changes: [],
      creates: lagsOf({ params, scope }).map(({ column, period }) => ({ name: `${column.name}_lag_${period}`, type: column.type, from: [...new Set([column.id, ...keys])], after: null })),
      drops: [],
      renames: [],
    })
  },
  describe(use, column) {
    const lag = lagsOf(use)[use.created.findIndex(({ id }) => id === column.id)]
    return lag === undefined ? '' : `${lag.column.name} ${lag.period} rows earlier, ${orderText(rowsOf(use))}`
  },
  sql(use) {
    const rows = rowsOf(use)
    const assign = lagsOf(use).flatMap(({ column, period }, i) => {
      const made = use.created[i]
      return made === undefined ? [] : [{ id: made.id, expression: lagSql(rows, column, period) }]
    })
    return { layers: [], assign }
  },
  row: ({ params }) => refuseRowAlone(`the values ${periodsOf(params).join(', ')} rows earlier are those of other rows`),
})

function periodsOf({ periods }: Params): readonly number[] {
  return periods.length === 0 ? [1] : periods
}

function lagsOf({ params, scope }: Pick<StepUse<Params>, 'params' | 'scope'>): Lag[] {
  return scope.flatMap((column) => periodsOf(params).map((period) => ({ column, period })))
}

function rowsOf({ params, table }: StepUse<Params>) {
  return orThrow(orderedRows(params, table))
}

/** No lag at all is the row's own value, whether it belongs to a group or not. */
function lagSql(rows: OrderedRows, column: Column, period: number): Sql {
  const cell = name(column.id)
  return period === 0 ? cell : whereGrouped(rows, sql`lag(${cell}, ${number(period)}) over ${orderedWindow(rows)}`)
}
