import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { join, name, number, sql, type Sql } from '#core/sql'
import { columnNumberSql } from './column-number-sql.ts'
import { keptRowsSql } from './kept-rows.ts'
import type { RowsSql } from './step-type.ts'
import { type Dedupe, type TimeLagOutput, type TimeLagPlan, windowReach, type WindowOperation } from './time-lag-plan.ts'

/** Rows of the past as they are kept: the keys of the series, microseconds since 1970, then the value of each column. */
export type History = ReadonlyArray<readonly Cell[]>

/** A moment as microseconds since 1970. */
export function momentSql(column: Column): Sql {
  return sql`epoch_us(cast(${name(column.id)} as timestamp))`
}

/** The last part of each series: as far back as a row after the last one looks. */
export function historySql(plan: TimeLagPlan, rows: Sql, dedupe: Dedupe): Sql {
  const keys = plan.groups.map((group) => name(group.id))
  const values = plan.columns.map((column, i) => sql`${mergeSql(columnNumberSql(column), dedupe)} as ${name(`v${i}`)}`)
  const usable = join([plan.time, ...plan.groups].map((column) => sql`${name(column.id)} is not null`), sql` and `)
  const merged = sql`select ${join([...keys.map((key, i) => sql`${key} as ${name(`k${i}`)}`), sql`${momentSql(plan.time)} as moment`, ...values])} from (${rows}) t where ${usable} group by ${join([...keys, momentSql(plan.time)])}`
  const order = [...plan.groups.map((_, i) => name(`k${i}`)), sql`moment`]
  const listed = join([...order, ...plan.columns.map((_, i) => name(`v${i}`))])
  return sql`select ${listed} from (select *, max(moment) over () as last_moment from (${merged}) m) m where moment >= last_moment - ${number(plan.span)} order by ${join(order)}`
}

/** One value of the rows that share a series and a moment; sums run in the order of the rows. */
function mergeSql(value: Sql, dedupe: Dedupe): Sql {
  if (dedupe === 'first' || dedupe === 'last') return sql`${dedupe === 'first' ? sql`min_by` : sql`max_by`}(${value}, case when ${value} is not null then row_id end)`
  if (dedupe === 'mean') return sql`avg(${value} order by row_id)`
  return dedupe === 'sum' ? sql`sum(${value} order by row_id)` : sql`${aggregates[dedupe]}(${value})`
}

interface Request {
  readonly dedupe: Dedupe
  readonly history: History
  /** Ids of the columns that are made, in the order of the plan's outputs. */
  readonly made: readonly string[]
}

/** Sets the lags and windows beside the rows, which are looked up among the rows themselves and, behind them, the history. */
export function besideTimeLag(plan: TimeLagPlan, { dedupe, history, made }: Request, { rows, columns }: RowsSql): RowsSql {
  const own = (what: string): Sql => name(`${made[0]}_${what}`)
  const keys = plan.groups.map((_, i) => own(`key_${i}`))
  const series = [...keys, own('moment')]
  const values = plan.columns.map((_, i) => own(`value_${i}`))
  const listed = columns.map((id) => name(id))
  const now = [
    ...plan.groups.map((group, i) => sql`${name(group.id)} as ${keys[i] ?? sql``}`),
    sql`${momentSql(plan.time)} as ${own('moment')}`,
    ...plan.columns.map((column, i) => sql`${columnNumberSql(column)} as ${values[i] ?? sql``}`),
  ]
  const past = [...plan.groups.map((_, i) => name(`k${i}`)), sql`moment`, ...plan.columns.map((_, i) => name(`v${i}`))]
  const kept = history.length === 0 ? sql`` : sql` union all select null, ${join([...listed.map(() => sql`null`), ...past, sql`true`])} from (${keptRowsSql(history, historyColumns(plan))}) h`
  const all = sql`select row_id, ${join([...listed, ...now, sql`false as ${own('kept')}`])} from (${rows}) t${kept}`
  const same = sql`partition by ${join(series)} order by ${own('kept')}, row_id`
  const merged = values.map((value, i) => sql`coalesce(${mergedSql({ value, kept: own('kept'), dedupe, same })}, max(case when ${own('kept')} then ${value} end) over (partition by ${join(series)})) as ${own(`merged_${i}`)}`)
  const numbered = sql`select *, ${join([...merged, sql`row_number() over (${same}) as ${own('place')}`])} from (${all}) u`
  const once = values.map((_, i) => sql`case when ${own('place')} = 1 then ${own(`merged_${i}`)} end as ${own(`once_${i}`)}`)
  const single = sql`select *, ${join(once)} from (${numbered}) u`
  const partition = keys.length === 0 ? sql`` : sql`partition by ${join(keys)} `
  const usable = join(series.map((one) => sql`${one} is not null`), sql` and `)
  const outputs = plan.outputs.map((output, i) => {
    const value = own(`once_${plan.columns.indexOf(output.column)}`)
    return sql`${outputSql(output, { value, usable, gap: plan.gap, series: sql`${partition}order by ${own('moment')} nulls last` })} as ${name(made[i] ?? '')}`
  })
  const worked = sql`select ${join([sql`row_id`, ...listed, own('kept'), ...outputs])} from (${single}) u`
  return { rows: sql`select ${join([sql`row_id`, ...listed, ...made.map((id) => name(id))])} from (${worked}) u where not ${own('kept')}`, columns: [...columns, ...made] }
}

function historyColumns(plan: TimeLagPlan) {
  return [
    ...plan.groups.map((group, i) => ({ id: `k${i}`, type: group.type })),
    { id: 'moment', type: 'integer' as const },
    ...plan.columns.map((_, i) => ({ id: `v${i}`, type: 'number' as const })),
  ]
}

interface Merging {
  readonly value: Sql
  readonly kept: Sql
  readonly dedupe: Dedupe
  /** Rows that share series and moment, in their order. */
  readonly same: Sql
}

/** `mergeSql` as a window over the rows of the table. */
function mergedSql({ value, kept, dedupe, same }: Merging): Sql {
  const whole = sql`over (${same} rows between unbounded preceding and unbounded following)`
  const fresh = sql`case when not ${kept} then ${value} end`
  if (dedupe === 'first' || dedupe === 'last') return sql`${dedupe === 'first' ? sql`min_by` : sql`max_by`}(${fresh}, case when ${fresh} is not null then row_id end) ${whole}`
  return sql`${aggregates[dedupe]}(${fresh}) ${whole}`
}

interface Output {
  readonly value: Sql
  readonly usable: Sql
  readonly gap: number | null
  readonly series: Sql
}

function outputSql(output: TimeLagOutput, { value, usable, gap, series }: Output): Sql {
  const over = (from: number, to: number): Sql => sql`over (${series} range between ${number(from)} preceding and ${number(to)} preceding)`
  if (output.kind !== 'window') {
    const found = sql`max(${value}) ${over(output.offset.micros, output.offset.micros)}`
    return output.kind === 'lag' ? sql`case when ${usable} then ${found} end` : sql`case when ${usable} and ${found} is not null then 1 else 0 end`
  }
  const reach = windowReach(output.offset, gap)
  const aggregate = sql`${aggregates[output.operation]}(${value}) ${over(reach.from, reach.to)}`
  return sql`case when ${usable} then ${output.operation === 'count' ? sql`cast(${aggregate} as double)` : aggregate} end`
}

const aggregates: Readonly<Record<WindowOperation, Sql>> = { mean: sql`avg`, sum: sql`sum`, min: sql`min`, max: sql`max`, std: sql`stddev_samp`, count: sql`count` }
