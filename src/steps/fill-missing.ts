import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column, ColumnType } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, sql, type Sql } from '#core/sql'
import { cellSchema, cellSql, typedCell } from './cell-sql.ts'
import { defineStep, findColumns, type StepUse } from './define-step.ts'
import { momentsOf } from './moments.ts'
import { mostFrequent } from './most-frequent.ts'
import { numberSql } from './number-step.ts'
import { medianOf } from './order-statistics.ts'
import { refuseRowAlone } from './row-alone.ts'
import type { FitSource } from './step-type.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])
const paramsSchema = z.strictObject({ strategies: z.record(z.string(), scalar).nullish(), default: z.union([z.string(), z.number()]).nullish() })
type Params = z.infer<typeof paramsSchema>

const learning = ['mean', 'median', 'mode']
/** What is taken from the rows before or behind, of which a row alone has none. */
const neighbours = { ffill: 'the last value before it', bfill: 'the next value behind it' } as const
type Neighbour = keyof typeof neighbours
const stateSchema = z.object({ values: z.record(z.string(), cellSchema) })

interface Filling {
  readonly column: Column
  /** What is learnt, or the constant that fills. */
  readonly learn: 'mean' | 'median' | 'mode' | Neighbour | null
  readonly constant: Cell
  readonly type: ColumnType
}

/** Missing values become the mean, the median, the most frequent value, that of a neighbouring row or a constant, column by column. */
export const fillMissing = defineStep<Params>({
  type: 'FillMissingTransformer',
  rowwise: false,
  learnsNothing: (params) => !takesNeighbours(params) && !Object.values(params.strategies ?? {}).some((strategy) => typeof strategy === 'string' && learning.includes(strategy)),
  otherRows: (params) => (takesNeighbours(params) ? 'table' : 'none'),
  params: paramsSchema,
  contract(use) {
    const fillings = fillingsOf(use)
    if (!fillings.ok) return fillings
    const changes = fillings.value.map(({ column: { id }, type }) => ({ id, type }))
    return accept({ reads: changes.map(({ id }) => id), changes, creates: [], drops: [], renames: [] })
  },
  describe(use, column, state) {
    const filling = boundFillings(use).find((one) => one.column.id === column.id)
    if (filling === undefined) return 'stays as it is'
    const value = fillOf(filling, state)
    const what = { mean: 'the mean', median: 'the median', mode: 'the most frequent value', ...neighbours }
    return `missing becomes ${filling.learn === null ? '' : what[filling.learn]}${value === null ? '' : `${filling.learn === null ? '' : ' '}${JSON.stringify(value)}`}`
  },
  async fit(use, source) {
    const values: Record<string, Cell> = {}
    for (const filling of boundFillings(use)) if (filling.learn !== null && !isNeighbour(filling.learn)) values[filling.column.id] = await learnt(filling, source)
    return accept({ values })
  },
  sql: (use, state) => ({
    layers: [],
    assign: boundFillings(use).map((filling) => {
      const { column, type } = filling
      if (isNeighbour(filling.learn)) return { id: column.id, expression: neighbourSql(column, filling.learn) }
      const cell = type === column.type ? name(column.id) : sql`cast(${name(column.id)} as double)`
      return { id: column.id, expression: sql`coalesce(${cell}, ${cellSql(fillOf(filling, state), type)})` }
    }),
  }),
  row(use, state) {
    if (takesNeighbours(use.params)) return refuseRowAlone('what fills its gaps is the value of a row before or behind')
    const fillings = boundFillings(use).map((filling) => ({ ...filling, value: fillOf(filling, state) }))
    return function fillCells(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { column, value } of fillings) next[column.id] = typedCell(row[column.id] ?? null, column.type) ?? value
      return next
    }
  },
  portable: (use, state) =>
    boundFillings(use).map((filling) => ({ op: 'fill', id: filling.column.id, type: filling.column.type, marker: null, value: fillOf(filling, state), asNumber: false })),
})

function isNeighbour(strategy: unknown): strategy is Neighbour {
  return strategy === 'ffill' || strategy === 'bfill'
}

function takesNeighbours({ strategies, default: other }: Params): boolean {
  return isNeighbour(other) || Object.values(strategies ?? {}).some(isNeighbour)
}

function neighbourSql({ id }: Column, side: Neighbour): Sql {
  if (side === 'ffill') return sql`last_value(${name(id)} ignore nulls) over (order by row_id rows between unbounded preceding and current row)`
  return sql`first_value(${name(id)} ignore nulls) over (order by row_id rows between current row and unbounded following)`
}

function fillOf({ column, learn, constant }: Filling, state: Json | undefined): Cell {
  if (learn === null) return constant
  const read = stateSchema.safeParse(state)
  return read.success ? (read.data.values[column.id] ?? null) : null
}

async function learnt({ column, learn }: Filling, source: FitSource): Promise<Cell> {
  if (learn === 'mode') return mostFrequent(column, source)
  const moments = await momentsOf(numberSql(column), source)
  if (moments === null) return null
  return learn === 'mean' ? moments.mean : medianOf(numberSql(column), moments.count, source)
}

function fillingsOf({ params, scope }: Pick<StepUse<Params>, 'params' | 'scope'>): Result<Filling[]> {
  const own = Object.entries(params.strategies ?? {})
  const columns = findColumns(scope, own.map(([column]) => column))
  if (!columns.ok) return columns
  const fillings: Filling[] = []
  for (const column of scope) {
    const place = columns.value.indexOf(column)
    const strategy = place < 0 ? params.default : own[place]?.[1]
    if (strategy === null || strategy === undefined) continue
    const filling = fillingOf(column, strategy, place >= 0)
    if (!filling.ok) return filling
    fillings.push(filling.value)
  }
  return accept(fillings)
}

/** As the package: `default` is a constant even where it is the name of a statistic, but not where it names a neighbour. */
function fillingOf(column: Column, strategy: string | number | boolean, isOwn: boolean): Result<Filling> {
  if (isNeighbour(strategy)) return accept({ column, learn: strategy, constant: null, type: column.type })
  const learn = isOwn && (strategy === 'mean' || strategy === 'median' || strategy === 'mode') ? strategy : null
  if (learn === 'mode') return accept({ column, learn, constant: null, type: column.type })
  if (learn !== null) {
    if (column.type !== 'number' && column.type !== 'integer') return refuse('CUSTOM_REFUSED', `"${column.name}" holds no numbers to take the ${learn} of.`)
    return accept({ column, learn, constant: null, type: 'number' })
  }
  const type = typeWith(column, strategy)
  if (type === null) return refuse('CUSTOM_REFUSED', `${JSON.stringify(strategy)} cannot stand in "${column.name}", a column of type ${column.type}.`)
  return accept({ column, learn, constant: strategy, type })
}

/** The type of a column that also holds a constant; null where it cannot hold both. */
export function typeWith({ type }: Column, constant: Cell): ColumnType | null {
  if (typeof constant === 'string') return type === 'text' ? type : null
  if (typeof constant === 'boolean') return type === 'boolean' ? type : null
  if (type === 'number') return type
  return type === 'integer' ? (Number.isInteger(constant) ? type : 'number') : null
}

function boundFillings(use: Pick<StepUse<Params>, 'params' | 'scope'>): Filling[] {
  const fillings = fillingsOf(use)
  if (!fillings.ok) throw new Error(fillings.refusal.message)
  return fillings.value
}
