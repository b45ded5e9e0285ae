import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, number, sql, type Sql } from '#core/sql'
import { cellNumber } from './cell-number.ts'
import { defineStep, type StepUse } from './define-step.ts'
import { describeIndicator, indicatorContract, indicatorPortable, indicatorRow, indicatorSql, type PlacedColumn } from './indicator-columns.ts'
import { kMeansEdges } from './k-means-edges.ts'
import { linspace } from './linspace.ts'
import { momentsOf, type Moments } from './moments.ts'
import { notNumeric, numberSql } from './number-step.ts'
import { quantileMethods, quantilesOf } from './order-statistics.ts'
import { floatText } from './python-text.ts'
import type { PortableStep } from './portable-step.ts'
import type { FitSource } from './step-type.ts'

const bins = z.int().min(2)
const paramsSchema = z.strictObject({
  n_bins: z.union([bins, z.array(bins)]).default(5),
  encode: z.enum(['onehot', 'onehot-dense', 'ordinal']).default('onehot'),
  strategy: z.enum(['uniform', 'quantile', 'kmeans']).default('quantile'),
  quantile_method: z.enum(quantileMethods).default('averaged_inverted_cdf'),
  dtype: z.enum(['float64', 'float32']).nullish(),
  subsample: z.int().min(1).nullish(),
  random_state: z.int().nullish(),
})
type Params = z.infer<typeof paramsSchema>

/** The edges between bins; a value that is one belongs to the bin above. */
const stateSchema = z.object({ edges: z.record(z.string(), z.array(z.number())) })
/** Bins that are narrower are none. */
const leastWidth = 1e-8

/** Numbers become the number of their bin, or a 0/1 column for each bin. Edges are exact, with no subsample. */
export const kBinsDiscretizer = defineStep<Params>({
  type: 'KBinsDiscretizer',
  rowwise: false,
  params: paramsSchema,
  needsColumns: true,
  learnsColumns: ({ encode }) => encode !== 'ordinal',
  movedToEnd: () => [],
  contract(use, state) {
    const { params, scope } = use
    const fault = notNumeric(scope)
    if (fault !== null) return refuse('CUSTOM_REFUSED', fault)
    if (Array.isArray(params.n_bins) && params.n_bins.length !== scope.length) return refuse('CUSTOM_REFUSED', `n_bins lists ${params.n_bins.length} columns, but the step has ${scope.length}.`)
    if (params.encode !== 'ordinal') return accept(indicatorContract(placed(use, state)))
    const changes = scope.map(({ id }) => ({ id, type: 'number' as const }))
    return accept({ reads: changes.map(({ id }) => id), changes, creates: [], drops: [], renames: [] })
  },
  describe(use, column, state) {
    if (use.params.encode !== 'ordinal') return describeIndicator(placed(use, state), use.created, column)
    const edges = edgesOf(state)[column.id]
    return edges === undefined ? 'the number of its bin' : `the number of its bin, cut at ${edges.join(', ')}`
  },
  async fit({ params, scope }, source) {
    const edges: Record<string, number[]> = {}
    for (const [place, column] of scope.entries()) {
      const found = await fitEdges(params, { column, place }, source)
      if (!found.ok) return found
      edges[column.id] = found.value
    }
    return accept({ edges })
  },
  sql(use, state) {
    const all = placed(use, state)
    if (use.params.encode !== 'ordinal') return indicatorSql(all, use.created)
    return { layers: [], assign: all.map(({ column, place }) => ({ id: column.id, expression: sql`cast(${place} as double)` })) }
  },
  row(use, state) {
    const all = placed(use, state)
    if (use.params.encode !== 'ordinal') return indicatorRow(all, use.created)
    return function bin(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { column, placeOf } of all) next[column.id] = placeOf(row[column.id] ?? null)
      return next
    }
  },
  portable(use, state) {
    const all = placed(use, state)
    return use.params.encode === 'ordinal' ? all.map(({ column, portablePlace }) => portablePlace(column.id)) : indicatorPortable(all, use.created)
  },
})

function edgesOf(state: Json | undefined): Readonly<Record<string, readonly number[]>> {
  const read = stateSchema.safeParse(state)
  return read.success ? read.data.edges : {}
}

function placed({ scope }: Pick<StepUse<Params>, 'params' | 'scope'>, state: Json | undefined): PlacedColumn[] {
  const all = edgesOf(state)
  return scope.map((column) => {
    const edges = all[column.id]
    const made = edges === undefined ? [] : Array.from({ length: edges.length + 1 }, (_, place) => ({ place, name: `${column.name}_${floatText(place)}` }))
    return { column, made, place: binSql(numberSql(column), edges ?? []), placeOf: (cell: Cell) => binOf(cell, column, edges ?? []), portablePlace: (to: string): PortableStep => ({ op: 'numbers', from: column.id, to, type: column.type, changes: [['bin', edges ?? []]] }) }
  })
}

function binOf(cell: Cell, { type }: Column, edges: readonly number[]): number | null {
  const value = type === 'text' ? null : cellNumber(cell, type)
  if (value === null) return null
  const above = edges.findIndex((edge) => value < edge)
  return above < 0 ? edges.length : above
}

function binSql(value: Sql, edges: readonly number[]): Sql {
  const below = edges.map((edge, place) => sql` when ${value} < cast(${number(edge)} as double) then ${number(place)}`)
  return sql`case when ${value} is null then null${join(below, sql``)} else ${number(edges.length)} end`
}

async function fitEdges(params: Params, { column, place }: { column: Column; place: number }, source: FitSource): Promise<Result<number[]>> {
  const value = numberSql(column)
  const moments = await momentsOf(value, source)
  if (moments === null) return refuse('CUSTOM_REFUSED', `"${column.name}" holds no number.`)
  if (moments.missing > 0) return refuse('CUSTOM_REFUSED', `"${column.name}" is missing on ${moments.missing} rows; fill it first.`)
  if (moments.min === moments.max) return accept([])
  if (!Number.isFinite(moments.max - moments.min)) return refuse('CUSTOM_REFUSED', `the numbers of "${column.name}" span more than a number holds.`)
  const count = Array.isArray(params.n_bins) ? (params.n_bins[place] ?? 5) : params.n_bins
  const all = await allEdges(params, { value, moments, count }, source)
  const kept = params.strategy === 'uniform' ? all : all.filter((edge, i) => i === 0 || edge - (all[i - 1] ?? 0) > leastWidth)
  if (kept.length < 2) return refuse('CUSTOM_REFUSED', `the numbers of "${column.name}" lie closer together than ${leastWidth}.`)
  return accept(kept.slice(1, -1))
}

async function allEdges({ strategy, quantile_method }: Params, { value, moments, count }: { value: Sql; moments: Moments; count: number }, source: FitSource): Promise<number[]> {
  if (strategy === 'uniform') return linspace(moments.min, moments.max, count + 1)
  if (strategy === 'kmeans') return kMeansEdges(value, { moments, clusters: count }, source)
  const shares = linspace(0, 100, count + 1).map((percent) => percent / 100)
  return (await quantilesOf(value, { shares, method: quantile_method, count: moments.count }, source)) ?? []
}
