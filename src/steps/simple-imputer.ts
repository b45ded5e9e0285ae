import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column, ColumnType } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import { cellSchema, cellSql, equalsSql, typedCell } from './cell-sql.ts'
import { defineStep, type StepUse } from './define-step.ts'
import { typeWith } from './fill-missing.ts'
import { momentsOf } from './moments.ts'
import { mostFrequent } from './most-frequent.ts'
import { notNumeric, numberSql } from './number-step.ts'
import { medianOf } from './order-statistics.ts'
import type { PortableStep } from './portable-step.ts'
import type { FitSource } from './step-type.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])
const paramsSchema = z.strictObject({
  missing_values: z.union([z.string(), z.number()]).nullish(),
  strategy: z.enum(['mean', 'median', 'most_frequent', 'constant']).default('mean'),
  fill_value: scalar.nullish(),
  copy: z.boolean().default(true),
  add_indicator: z.boolean().default(false),
  keep_empty_features: z.boolean().default(false),
})
type Params = z.infer<typeof paramsSchema>
type Use = Pick<StepUse<Params>, 'params' | 'scope'>

/** What fills a column, whether all of it was missing, and whether some of it was. */
const learntSchema = z.object({ value: cellSchema, empty: z.boolean(), missing: z.boolean() })
type Learnt = z.infer<typeof learntSchema>
const stateSchema = z.object({ columns: z.record(z.string(), learntSchema) })

/** Missing values become a statistic of their column; columns without a value leave, and indicators may tell where. */
export const simpleImputer = defineStep<Params>({
  type: 'SimpleImputer',
  rowwise: false,
  params: paramsSchema,
  needsColumns: true,
  learnsColumns: ({ add_indicator, keep_empty_features }) => add_indicator || !keep_empty_features,
  movedToEnd: (use, state) => (dropped(use, state).length > 0 || flagged(use, state).length > 0 ? use.scope.map(({ id }) => id) : []),
  contract(use, state) {
    const types = filledTypes(use)
    if (!types.ok) return types
    const drops = dropped(use, state).map(({ id }) => id)
    const changes = use.scope.flatMap(({ id }, i) => (drops.includes(id) ? [] : [{ id, type: types.value[i] ?? 'number' }]))
    const type: ColumnType = use.scope.some((column) => isNumeric(column) || byNumber(use.params)) ? 'number' : 'boolean'
    const creates = flagged(use, state).map(({ id, name: column }) => ({ name: `missingindicator_${column}`, type: isMixed(use) ? ('boolean' as const) : type, from: [id], after: null }))
    return accept({ reads: use.scope.map(({ id }) => id), changes, creates, drops, renames: [] })
  },
  describe(use, column, state) {
    if (use.created.some(({ id }) => id === column.id)) return 'tells where the column was missing'
    const learnt = learntOf(state)[column.id]
    const what = { mean: 'the mean', median: 'the median', most_frequent: 'the most frequent value', constant: 'a constant' }[use.params.strategy]
    const missing = typeof use.params.missing_values === 'string' || typeof use.params.missing_values === 'number' ? JSON.stringify(use.params.missing_values) : 'missing'
    return `${missing} becomes ${what}${learnt === undefined || learnt.empty ? '' : ` ${JSON.stringify(learnt.value)}`}`
  },
  async fit(use, source) {
    const columns: Record<string, Learnt> = {}
    for (const column of use.scope) {
      const learnt = await fitColumn(use.params, column, source)
      if (!learnt.ok) return learnt
      columns[column.id] = learnt.value
    }
    return accept({ columns })
  },
  sql(use, state) {
    const types = boundTypes(use)
    const learnt = learntOf(state)
    const gone = dropped(use, state)
    const filled = use.scope.flatMap((column, i) => {
      if (gone.includes(column)) return []
      const type = types[i] ?? column.type
      const cell = type === column.type ? name(column.id) : numberSql(column)
      return [{ id: column.id, expression: sql`case when ${missingSql(column, use.params)} then ${cellSql(learnt[column.id]?.value ?? null, type)} else ${cell} end` }]
    })
    const flags = flagged(use, state).flatMap((column, i) => {
      const made = use.created[i]
      return made === undefined ? [] : [{ id: made.id, expression: flagSql(missingSql(column, use.params), made.type) }]
    })
    return { layers: [], assign: [...filled, ...flags] }
  },
  row(use, state) {
    const types = boundTypes(use)
    const learnt = learntOf(state)
    const [gone, flags] = [dropped(use, state), flagged(use, state)]
    const isMissing = missingCell(use.params)
    return function impute(row) {
      const next: Record<string, Cell> = { ...row }
      const cells = new Map(use.scope.map((column) => [column.id, typedCell(row[column.id] ?? null, column.type)]))
      use.scope.forEach((column, i) => {
        const cell = cells.get(column.id) ?? null
        if (gone.includes(column)) delete next[column.id]
        else next[column.id] = isMissing(cell) ? (learnt[column.id]?.value ?? null) : typeof cell === 'boolean' && types[i] === 'number' ? Number(cell) : cell
      })
      flags.forEach((column, i) => {
        const made = use.created[i]
        const hit = isMissing(cells.get(column.id) ?? null)
        if (made !== undefined) next[made.id] = made.type === 'boolean' ? hit : Number(hit)
      })
      return next
    }
  },
  portable(use, state) {
    const types = boundTypes(use)
    const learnt = learntOf(state)
    const gone = dropped(use, state)
    const marker = use.params.missing_values ?? null
    const flags = flagged(use, state).flatMap((column, i): PortableStep[] => {
      const made = use.created[i]
      return made === undefined ? [] : [{ op: 'flag', from: column.id, to: made.id, type: column.type, marker, asNumber: made.type !== 'boolean' }]
    })
    const fills = use.scope.flatMap(({ id, type }, i): PortableStep[] => (gone.some((column) => column.id === id) ? [] : [{ op: 'fill', id, type, marker, value: learnt[id]?.value ?? null, asNumber: types[i] === 'number' }]))
    // The flags look at the cells before they are filled.
    return [...flags, ...fills]
  },
})

function learntOf(state: Json | undefined): Readonly<Record<string, Learnt>> {
  const read = stateSchema.safeParse(state)
  return read.success ? read.data.columns : {}
}

/** Columns that leave as the fit saw no value of them. */
function dropped({ params, scope }: Use, state: Json | undefined): Column[] {
  const learnt = learntOf(state)
  return params.keep_empty_features ? [] : scope.filter(({ id }) => learnt[id]?.empty === true)
}

/** Columns that get an indicator, as the fit saw them missing. */
function flagged({ params, scope }: Use, state: Json | undefined): Column[] {
  const learnt = learntOf(state)
  return params.add_indicator ? scope.filter(({ id }) => learnt[id]?.missing === true) : []
}

function isNumeric({ type }: Column): boolean {
  return type === 'number' || type === 'integer'
}

function byNumber({ strategy }: Params): boolean {
  return strategy === 'mean' || strategy === 'median'
}

/** Where the columns are no numbers alone, indicators are truth values. */
function isMixed({ params, scope }: Use): boolean {
  return !byNumber(params) && !scope.every(isNumeric)
}

/** The constant that fills where the parameters give none. */
function constantOf({ params, scope }: Use): string | number | boolean {
  return params.fill_value ?? (scope.every(isNumeric) ? 0 : 'missing_value')
}

/** The type of each column afterwards. */
function filledTypes(use: Use): Result<ColumnType[]> {
  const { params, scope } = use
  const dated = scope.find(({ type }) => type === 'date' || type === 'timestamp')
  if (dated !== undefined) return refuse('CUSTOM_REFUSED', `the column "${dated.name}" holds dates; take their parts first.`)
  const strange = scope.find((column) => typeof params.missing_values === 'string' && column.type !== 'text')
  if (strange !== undefined) return refuse('CUSTOM_REFUSED', `missing_values: ${JSON.stringify(params.missing_values)} is no value of "${strange.name}", a column of type ${strange.type}.`)
  if (byNumber(params)) {
    const fault = notNumeric(scope)
    return fault === null ? accept(scope.map(() => 'number')) : refuse('CUSTOM_REFUSED', fault)
  }
  if (params.strategy === 'most_frequent') return accept(scope.map(({ type }) => type))
  const constant = constantOf(use)
  const types: ColumnType[] = []
  for (const column of scope) {
    const type = typeWith(column, constant)
    if (type === null) return refuse('CUSTOM_REFUSED', `${JSON.stringify(constant)} cannot stand in "${column.name}", a column of type ${column.type}; give a step of its own to the columns of each type.`)
    types.push(type)
  }
  return accept(types)
}

function boundTypes(use: Use): ColumnType[] {
  const types = filledTypes(use)
  if (!types.ok) throw new Error(types.refusal.message)
  return types.value
}

async function fitColumn(params: Params, column: Column, source: FitSource): Promise<Result<Learnt>> {
  const missing = missingSql(column, params)
  const [found] = await source.data.query(
    sql`select count(*) as rows, count(case when ${missing} then 1 end) as missing, count(case when ${name(column.id)} is null then 1 end) as gaps from (${source.rows}) t`,
    source,
  )
  const [rows, without] = [Number(found?.rows ?? 0), Number(found?.missing ?? 0)]
  if (marksMissing(params) && Number(found?.gaps ?? 0) > 0) {
    return refuse('CUSTOM_REFUSED', `"${column.name}" is missing on ${found?.gaps} rows beside those that hold ${JSON.stringify(params.missing_values)}; fill those first.`)
  }
  const empty = without === rows
  if (empty && params.keep_empty_features && params.strategy === 'most_frequent' && !isNumeric(column)) {
    return refuse('CUSTOM_REFUSED', `"${column.name}" holds no value, and 0 cannot stand in a column of type ${column.type}.`)
  }
  const value = empty && params.strategy !== 'constant' ? 0 : await statistic(params, { column, where: sql`not ${missing}` }, source)
  return accept({ value, empty, missing: without > 0 })
}

async function statistic(params: Params, { column, where }: { column: Column; where: Sql }, source: FitSource): Promise<Cell> {
  if (params.strategy === 'constant') return params.fill_value ?? (isNumeric(column) ? 0 : 'missing_value')
  if (params.strategy === 'most_frequent') return mostFrequent(column, source, where)
  const value = sql`case when ${where} then ${numberSql(column)} end`
  const moments = await momentsOf(value, source)
  if (moments === null) return null
  return params.strategy === 'mean' ? moments.mean : medianOf(value, moments.count, source)
}

/** Whether a value of the parameters stands for missing, rather than a gap. */
function marksMissing({ missing_values }: Params): boolean {
  return missing_values !== null && missing_values !== undefined
}

function missingSql(column: Column, { missing_values }: Params): Sql {
  const cell = name(column.id)
  if (missing_values === null || missing_values === undefined) return sql`(${cell} is null)`
  if (typeof missing_values === 'number' && column.type === 'text') return sql`false`
  if (column.type === 'boolean') return sql`coalesce(${numberSql(column)} = ${number(Number(missing_values))}, false)`
  return sql`coalesce(${equalsSql(column, missing_values)}, false)`
}

function missingCell({ missing_values }: Params): (cell: Cell) => boolean {
  if (missing_values === null || missing_values === undefined) return (cell) => cell === null
  if (typeof missing_values === 'string') return (cell) => cell === missing_values
  return (cell) => cell !== null && typeof cell !== 'string' && Number(cell) === missing_values
}

function flagSql(missing: Sql, type: ColumnType): Sql {
  return type === 'boolean' ? missing : sql`cast(case when ${missing} then 1 else 0 end as double)`
}
