import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, number, sql } from '#core/sql'
import { defineStep } from './define-step.ts'
import type { FitSource } from './step-type.ts'

const paramsSchema = z.strictObject({
  max_categories: z.int().min(0).default(10),
  other_label: z.string().default('Other'),
  min_frequency: z.number().nullish(),
})
type Params = z.infer<typeof paramsSchema>

const stateSchema = z.object({ keep: z.record(z.string(), z.array(z.string())) })
/** More kept categories than this are no condensed column. */
const mostKept = 10_000

/** Rare categories, and missing ones, become one: those that are kept are the most frequent of the fit. */
export const categoryCondense = defineStep<Params>({
  type: 'CategoryCondenseTransformer',
  rowwise: false,
  params: paramsSchema,
  contract({ scope }) {
    const changes = scope.filter(isText).map(({ id, type }) => ({ id, type }))
    return accept({ reads: changes.map(({ id }) => id), changes, creates: [], drops: [], renames: [] })
  },
  describe({ params }, column, state) {
    if (!isText(column)) return 'stays as it is'
    const keep = keptOf(state, column)
    const kept = keep.length === 0 ? '' : ` except ${keep.slice(0, 12).map((one) => JSON.stringify(one)).join(', ')}${keep.length > 12 ? ` and ${keep.length - 12} more` : ''}`
    return `categories${kept} become ${JSON.stringify(params.other_label)}`
  },
  async fit({ params, scope }, source) {
    const keep: Record<string, string[]> = {}
    for (const column of scope.filter(isText)) {
      const kept = await frequent(column, params, source)
      if (!kept.ok) return kept
      keep[column.id] = kept.value
    }
    return accept({ keep })
  },
  sql: ({ params, scope }, state) => ({
    layers: [],
    assign: scope.filter(isText).map((column) => {
      const cell = name(column.id)
      const keep = keptOf(state, column)
      const isKept = keep.length === 0 ? sql`false` : sql`${cell} in (${join(keep.map((one) => sql`${one}`))})`
      return { id: column.id, expression: sql`case when ${isKept} then ${cell} else cast(${params.other_label} as varchar) end` }
    }),
  }),
  row({ params, scope }, state) {
    const readers = scope.filter(isText).map((column) => ({ id: column.id, keep: new Set(keptOf(state, column)) }))
    return function condense(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { id, keep } of readers) {
        const text = String(row[id] ?? '')
        next[id] = (row[id] ?? null) !== null && keep.has(text) ? text : params.other_label
      }
      return next
    }
  },
  portable: ({ params, scope }, state) =>
    scope.filter(isText).map((column) => ({ op: 'lookup', from: column.id, to: column.id, type: column.type, entries: keptOf(state, column).map((one) => [one, one] as const), other: params.other_label })),
})

function isText({ type }: Column): boolean {
  return type === 'text'
}

function keptOf(state: Json | undefined, column: Column): readonly string[] {
  const read = stateSchema.safeParse(state)
  return read.success ? (read.data.keep[column.id] ?? []) : []
}

/** The most frequent categories; of those that tie, the ones that come first in the table. */
async function frequent(column: Column, { max_categories, min_frequency }: Params, source: FitSource): Promise<Result<string[]>> {
  const cell = name(column.id)
  const counts = sql`select ${cell} as v, count(*) as rows, min(row_id) as first from (${source.rows}) t where ${cell} is not null group by 1`
  const byShare = typeof min_frequency === 'number'
  const [all] = byShare ? await source.data.query(sql`select count(${cell}) as rows from (${source.rows}) t`, source) : []
  const enough = byShare ? sql`cast(rows as double) / ${number(Math.max(1, Number(all?.rows ?? 0)))} >= ${number(min_frequency)}` : sql`true`
  const most = byShare ? mostKept + 1 : Math.min(max_categories, mostKept + 1)
  const answer = await source.data.query(sql`select v from (${counts}) c where ${enough} order by rows desc, first limit ${number(most)}`, source)
  if (answer.length > mostKept) return refuse('CUSTOM_REFUSED', `more than ${mostKept} categories of "${column.name}" would be kept; condense it further.`)
  return accept(answer.map(({ v }) => String(v)))
}
