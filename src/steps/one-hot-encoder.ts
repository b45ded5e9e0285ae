import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { number, sql } from '#core/sql'
import { encoderParams, fitGroups, type Group, groupEntries, groupReader, groupSchema, groupSql, refuseEncoding } from './category-groups.ts'
import { cellSchema } from './cell-sql.ts'
import { defineStep, type StepUse } from './define-step.ts'
import { describeIndicator, indicatorContract, indicatorPortable, indicatorRow, indicatorSql, type PlacedColumn } from './indicator-columns.ts'

const paramsSchema = z.strictObject({
  ...encoderParams,
  drop: z.union([z.enum(['first', 'if_binary']), z.array(cellSchema)]).nullish(),
  sparse_output: z.boolean().default(true),
  handle_unknown: z.enum(['error', 'ignore', 'infrequent_if_exist', 'warn']).default('error'),
  feature_name_combiner: z.literal('concat').default('concat'),
})
type Params = z.infer<typeof paramsSchema>

/** Columns that a step may make. */
const mostColumns = 1000

const encodedSchema = z.object({ groups: z.array(groupSchema), dropped: z.int().nullable() })
type Encoded = z.infer<typeof encodedSchema>
const stateSchema = z.object({ columns: z.record(z.string(), encodedSchema) })

/**
 * A 0/1 column for each category of a column, which leaves. Where the package would end the whole prediction at a category that
 * the fit did not see, the row's 0/1 columns are missing.
 */
export const oneHotEncoder = defineStep<Params>({
  type: 'OneHotEncoder',
  rowwise: false,
  params: paramsSchema,
  needsColumns: true,
  learnsColumns: () => true,
  movedToEnd: () => [],
  contract(use, state) {
    const fault = refuseEncoding(use.params, use.scope) ?? refuseDrop(use.params, use.scope)
    return fault === null ? accept(indicatorContract(placed(use, state))) : refuse('CUSTOM_REFUSED', fault)
  },
  describe: (use, column, state) => describeIndicator(placed(use, state), use.created, column),
  async fit({ params, scope }, source) {
    const columns: Record<string, Encoded> = {}
    let count = 0
    for (const [place, column] of scope.entries()) {
      const groups = await fitGroups({ params, column, place, source, refusesUnknown: params.handle_unknown === 'error', keepsMissing: false })
      if (!groups.ok) return groups
      const dropped = droppedPlace(params, { column, place, groups: groups.value })
      if (!dropped.ok) return dropped
      columns[column.id] = { groups: groups.value, dropped: dropped.value }
      count += groups.value.length
    }
    if (count > mostColumns) return refuse('CUSTOM_REFUSED', `it would make ${count} columns, more than ${mostColumns}; max_categories or min_frequency put rare categories together.`)
    return accept({ columns })
  },
  sql: (use, state) => indicatorSql(placed(use, state), use.created),
  row: (use, state) => indicatorRow(placed(use, state), use.created),
  portable: (use, state) => indicatorPortable(placed(use, state), use.created),
})

function refuseDrop({ drop }: Params, scope: readonly Column[]): string | null {
  return Array.isArray(drop) && drop.length !== scope.length ? `drop lists ${drop.length} categories, but the step has ${scope.length} columns.` : null
}

/** The group whose indicator is left out, by its place. */
function droppedPlace({ drop }: Params, { column, place, groups }: { column: Column; place: number; groups: readonly Group[] }): Result<number | null> {
  if (drop === null || drop === undefined) return accept(null)
  if (drop === 'first') return accept(0)
  if (drop === 'if_binary') return accept(groups.length === 2 ? 0 : null)
  const level = drop[place] ?? null
  const found = groups.findIndex(({ levels }) => levels.includes(level))
  if (found < 0) return refuse('CUSTOM_REFUSED', `drop: ${JSON.stringify(level)} is no category of "${column.name}".`)
  if (groups[found]?.isRare === true) return refuse('CUSTOM_REFUSED', `drop: ${JSON.stringify(level)} of "${column.name}" is one of the rare categories that are put together.`)
  return accept(found)
}

function encodedOf(state: Json | undefined): Readonly<Record<string, Encoded>> {
  const read = stateSchema.safeParse(state)
  return read.success ? read.data.columns : {}
}

function placed({ params, scope }: Pick<StepUse<Params>, 'params' | 'scope'>, state: Json | undefined): PlacedColumn[] {
  const encoded = encodedOf(state)
  return scope.map((column) => {
    const { groups, dropped } = encoded[column.id] ?? { groups: [], dropped: null }
    const unknown = unknownPlace(params, groups)
    const read = groupReader(column, groups)
    return {
      column,
      made: groups.flatMap(({ label }, place) => (place === dropped ? [] : [{ place, name: `${column.name}_${label}` }])),
      place: unknown === null ? groupSql(column, groups) : sql`coalesce(${groupSql(column, groups)}, ${number(unknown)})`,
      placeOf: (cell: Cell) => read(cell) ?? unknown,
      portablePlace: (to) => ({ op: 'lookup', from: column.id, to, type: column.type, entries: groupEntries(groups), other: unknown }),
    }
  })
}

/** Where a category goes that the fit did not see: nowhere, into no group, or to the rare ones. */
function unknownPlace({ handle_unknown }: Params, groups: readonly Group[]): number | null {
  if (handle_unknown === 'error') return null
  return handle_unknown === 'ignore' ? -1 : groups.findIndex(({ isRare }) => isRare)
}
