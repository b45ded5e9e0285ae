import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import { encoderParams, fitGroups, type Group, groupEntries, groupReader, groupSchema, groupSql, refuseEncoding } from './category-groups.ts'
import { defineStep } from './define-step.ts'

const paramsSchema = z.strictObject({
  ...encoderParams,
  handle_unknown: z.enum(['error', 'use_encoded_value']).default('error'),
  unknown_value: z.int().nullish(),
  encoded_missing_value: z.int().nullish(),
})
type Params = z.infer<typeof paramsSchema>

const stateSchema = z.object({ columns: z.record(z.string(), z.array(groupSchema)) })

/**
 * Categories become whole numbers in their order. A category that the fit did not see is missing where the package would end
 * the whole prediction.
 */
export const ordinalEncoder = defineStep<Params>({
  type: 'OrdinalEncoder',
  rowwise: false,
  params: paramsSchema,
  needsColumns: true,
  movedToEnd: () => [],
  contract({ params, scope }) {
    const fault = refuseEncoding(params, scope) ?? refuseUnknownValue(params)
    if (fault !== null) return refuse('CUSTOM_REFUSED', fault)
    const changes = scope.map(({ id }) => ({ id, type: params.dtype.startsWith('float') || params.dtype === 'double' ? ('number' as const) : ('integer' as const) }))
    return accept({ reads: changes.map(({ id }) => id), changes, creates: [], drops: [], renames: [] })
  },
  describe(_, column, state) {
    const shown = groupsOf(state, column).map(({ label }, code) => `${JSON.stringify(label)} = ${code}`)
    return `categories become numbers${shown.length === 0 ? '' : `: ${shown.slice(0, 12).join(', ')}${shown.length > 12 ? ` and ${shown.length - 12} more` : ''}`}`
  },
  async fit({ params, scope }, source) {
    const columns: Record<string, Group[]> = {}
    for (const [place, column] of scope.entries()) {
      const groups = await fitGroups({ params, column, place, source, refusesUnknown: params.handle_unknown === 'error', keepsMissing: true })
      if (!groups.ok) return groups
      const fits = codesFit(params, column, groups.value)
      if (!fits.ok) return fits
      columns[column.id] = groups.value
    }
    return accept({ columns })
  },
  sql: ({ params, scope }, state) => ({
    layers: [scope.map((column) => ({ id: `${column.id}_group`, expression: groupSql(column, groupsOf(state, column)) }))],
    assign: scope.map((column) => ({ id: column.id, expression: codeSql(name(`${column.id}_group`), params, groupsOf(state, column)) })),
  }),
  row({ params, scope }, state) {
    const readers = scope.map((column) => {
      const groups = groupsOf(state, column)
      return { id: column.id, read: groupReader(column, groups), missing: missingPlace(groups) }
    })
    return function encode(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { id, read, missing } of readers) {
        const place = read(row[id] ?? null)
        next[id] = place === null ? unknownCode(params) : place === missing ? (params.encoded_missing_value ?? null) : place
      }
      return next
    }
  },
  portable: ({ params, scope }, state) =>
    scope.map((column) => {
      const groups = groupsOf(state, column)
      const missing = missingPlace(groups)
      const entries = groupEntries(groups).map(([level, place]) => [level, place === missing ? (params.encoded_missing_value ?? null) : place] as const)
      return { op: 'lookup', from: column.id, to: column.id, type: column.type, entries, other: unknownCode(params) }
    }),
})

function refuseUnknownValue({ handle_unknown, unknown_value }: Params): string | null {
  const isGiven = unknown_value !== null && unknown_value !== undefined
  if (handle_unknown === 'use_encoded_value' && !isGiven) return 'handle_unknown "use_encoded_value" needs unknown_value, a whole number.'
  return handle_unknown === 'error' && isGiven ? 'unknown_value is only for handle_unknown "use_encoded_value".' : null
}

/** Refuses codes that a category has already, and whole numbers for gaps that have no code. */
function codesFit(params: Params, column: Column, groups: readonly Group[]): Result<null> {
  const codes = groups.filter(({ levels }) => !levels.includes(null)).length
  const taken = (code: number | null): boolean => code !== null && code >= 0 && code < codes
  if (taken(params.handle_unknown === 'error' ? null : (params.unknown_value ?? null))) return refuse('CUSTOM_REFUSED', `unknown_value ${params.unknown_value} is the code of a category of "${column.name}".`)
  if (missingPlace(groups) < 0) return accept(null)
  if (taken(params.encoded_missing_value ?? null)) return refuse('CUSTOM_REFUSED', `encoded_missing_value ${params.encoded_missing_value} is the code of a category of "${column.name}".`)
  return accept(null)
}

function groupsOf(state: Json | undefined, column: Column): readonly Group[] {
  const read = stateSchema.safeParse(state)
  return read.success ? (read.data.columns[column.id] ?? []) : []
}

function missingPlace(groups: readonly Group[]): number {
  return groups.findIndex(({ levels }) => levels.includes(null))
}

function unknownCode({ handle_unknown, unknown_value }: Params): number | null {
  return handle_unknown === 'use_encoded_value' ? (unknown_value ?? null) : null
}

function codeSql(place: Sql, params: Params, groups: readonly Group[]): Sql {
  const code = (value: number | null): Sql => (value === null ? sql`cast(null as double)` : sql`cast(${number(value)} as double)`)
  return sql`case when ${place} is null then ${code(unknownCode(params))} when ${place} = ${number(missingPlace(groups))} then ${code(params.encoded_missing_value ?? null)} else cast(${place} as double) end`
}
