import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { join, name, sql, type Sql } from '#core/sql'
import { cellText, cellTextSql, wholeDigitsSql } from './cell-text.ts'
import { defineStep, type StepUse } from './define-step.ts'
import type { FitSource } from './step-type.ts'

const paramsSchema = z.strictObject({
  columns: z.array(z.string()).optional(),
  output_column: z.string().nullish(),
  separator: z.string().default('_'),
  zero_pad: z.boolean().default(true),
  drop_original: z.boolean().default(false),
  max_levels: z.int().min(1).default(200),
})
type Params = z.infer<typeof paramsSchema>

/** Digits that whole numbers of each column are padded to, by the column's place; 0 is none. */
const stateSchema = z.object({ widths: z.array(z.int()).default([]) })

/** Two or three columns become one category, so that a model can give each combination a value of its own. */
export const crossCategories = defineStep<Params>({
  type: 'CrossCategoriesTransformer',
  rowwise: false,
  params: paramsSchema,
  namedColumns: ({ columns }) => columns ?? null,
  needsColumns: true,
  contract({ params, scope }) {
    if (scope.length < 2 || scope.length > 3) return refuse('CUSTOM_REFUSED', `2 or 3 columns are crossed, not ${scope.length}.`)
    const ids = scope.map((column) => column.id)
    return accept({
      reads: ids,
      changes: [],
      creates: [{ name: params.output_column || scope.map((column) => column.name).join('_x_'), type: 'text', from: ids, after: null }],
      drops: params.drop_original ? ids : [],
      renames: [],
    })
  },
  describe: ({ params, scope, created }, column) =>
    created[0]?.id === column.id ? `${scope.map(({ name }) => name).join(' and ')} as one category, with ${JSON.stringify(params.separator)} between` : 'leaves the table once it is crossed',
  fit: fitWidths,
  sql: ({ params, scope, created }, state) => ({
    layers: [],
    assign: created.slice(0, 1).map(({ id }) => ({ id, expression: crossedSql(params, scope, widthsOf(state)) })),
  }),
  row({ params, scope, created }, state) {
    const widths = widthsOf(state)
    const dropped = new Set(params.drop_original ? scope.map((column) => column.id) : [])
    return function cross(row) {
      const parts = scope.map((column, i) => cellText(row[column.id] ?? null, column, widths[i] ?? 0))
      const next: Record<string, Cell> = {}
      for (const [id, cell] of Object.entries(row)) if (!dropped.has(id)) next[id] = cell
      const [made] = created
      if (made !== undefined) next[made.id] = parts.includes(null) ? null : parts.join(params.separator)
      return next
    }
  },
  portable({ params, scope, created }, state) {
    const widths = widthsOf(state)
    return created.slice(0, 1).map(({ id }) => ({ op: 'cross', from: scope.map((column, i) => ({ id: column.id, type: column.type, width: widths[i] ?? 0 })), to: id, separator: params.separator }))
  },
})

function widthsOf(state: Json): readonly number[] {
  return stateSchema.parse(state).widths
}

/** Missing where one of the parts is. */
function crossedSql({ separator }: Params, columns: readonly Column[], widths: readonly number[]): Sql {
  return join(columns.map((column, i) => sql`(${cellTextSql(column, widths[i] ?? 0)})`), sql` || cast(${separator} as varchar) || `)
}

async function fitWidths({ params, scope }: StepUse<Params>, source: FitSource): Promise<Result<Json>> {
  const numbers = scope.map((column) => params.zero_pad && (column.type === 'number' || column.type === 'integer'))
  const longest = scope.map((column, i) => sql`${numbers[i] ? sql`max(length(${wholeDigitsSql(column)}))` : sql`0`} as ${name(`w${i}`)}`)
  const [found] = await source.data.query(sql`select ${join(longest)} from (${source.rows}) t`, source)
  const widths = scope.map((_, i) => Number(found?.[`w${i}`] ?? 0))
  const [counted] = await source.data.query(sql`select count(distinct ${crossedSql(params, scope, widths)}) as levels from (${source.rows}) t`, source)
  const levels = Number(counted?.levels ?? 0)
  if (levels <= params.max_levels) return accept({ widths })
  return refuse('CUSTOM_REFUSED', `crossing ${scope.map((column) => JSON.stringify(column.name)).join(' and ')} gives ${levels.toLocaleString('en-US')} levels, more than max_levels ${params.max_levels}; condense the columns first, or raise max_levels.`)
}
