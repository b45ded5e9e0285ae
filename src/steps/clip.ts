import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, number, sql } from '#core/sql'
import { cellNumber } from './cell-number.ts'
import { defineStep, findColumns, type StepUse } from './define-step.ts'
import { numberSql } from './number-step.ts'

const bound = z.number().nullable()
const paramsSchema = z.strictObject({
  min_val: z.number().nullish(),
  max_val: z.number().nullish(),
  bounds: z.record(z.string(), z.tuple([bound, bound])).nullish(),
})
type Params = z.infer<typeof paramsSchema>

interface Limits {
  readonly column: Column
  readonly low: number | null
  readonly high: number | null
}

/** Numbers outside a range become missing. */
export const clip = defineStep<Params>({
  type: 'ClipTransformer',
  rowwise: true,
  params: paramsSchema,
  contract(use) {
    const limits = limitsOf(use)
    if (!limits.ok) return limits
    const changes = limits.value.map(({ column: { id, type } }) => ({ id, type }))
    return accept({ reads: changes.map(({ id }) => id), changes, creates: [], drops: [], renames: [] })
  },
  describe(use, column) {
    const found = boundLimits(use).find((one) => one.column.id === column.id)
    if (found === undefined) return 'stays as it is'
    const sides = [found.low === null ? '' : `below ${found.low}`, found.high === null ? '' : `above ${found.high}`]
    return `values ${sides.filter(Boolean).join(' or ')} become missing`
  },
  sql: (use) => ({
    layers: [],
    assign: boundLimits(use).map(({ column, low, high }) => {
      const value = numberSql(column)
      const outside = [...(low === null ? [] : [sql`${value} < ${number(low)}`]), ...(high === null ? [] : [sql`${value} > ${number(high)}`])]
      return { id: column.id, expression: sql`case when ${join(outside, sql` or `)} then null else ${name(column.id)} end` }
    }),
  }),
  row(use) {
    const limits = boundLimits(use)
    return function clipCells(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { column, low, high } of limits) {
        const value = column.type === 'text' ? null : cellNumber(row[column.id] ?? null, column.type)
        if (value !== null && ((low !== null && value < low) || (high !== null && value > high))) next[column.id] = null
      }
      return next
    }
  },
  portable: (use) => boundLimits(use).map(({ column: { id, type }, low, high }) => ({ op: 'within', id, type, low, high })),
})

function limitsOf({ params, scope }: Pick<StepUse<Params>, 'params' | 'scope'>): Result<Limits[]> {
  const own = Object.entries(params.bounds ?? {})
  const columns = findColumns(scope, own.map(([column]) => column))
  if (!columns.ok) return columns
  const words = columns.value.find((column) => !isNumeric(column))
  if (words !== undefined) return refuse('CUSTOM_REFUSED', `bounds: the column "${words.name}" holds no numbers.`)
  const limits = scope.filter(isNumeric).map((column): Limits => {
    const pair = own[columns.value.indexOf(column)]?.[1]
    return { column, low: pair === undefined ? (params.min_val ?? null) : pair[0], high: pair === undefined ? (params.max_val ?? null) : pair[1] }
  })
  const crossed = limits.find(({ low, high }) => low !== null && high !== null && low > high)
  if (crossed !== undefined) return refuse('CUSTOM_REFUSED', `the least value, ${crossed.low}, is above the greatest, ${crossed.high}, for "${crossed.column.name}".`)
  return accept(limits.filter(({ low, high }) => low !== null || high !== null))
}

function boundLimits(use: Pick<StepUse<Params>, 'params' | 'scope'>): Limits[] {
  const limits = limitsOf(use)
  if (!limits.ok) throw new Error(limits.refusal.message)
  return limits.value
}

function isNumeric({ type }: Column): boolean {
  return type === 'number' || type === 'integer' || type === 'boolean'
}
