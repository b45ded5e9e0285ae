import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import { cellNumber } from './cell-number.ts'
import { compactText } from './compact-text.ts'
import { defineStep, type StepUse } from './define-step.ts'
import { foldingFor, foldText } from './fold-text.ts'
import { missingTokens } from './missing-tokens.ts'
import { plainNumberPattern } from './numeric-token-options.ts'
import { levelKey, numberOfKey, type OrdinalScale, scaleColumns, scaleOf } from './ordinal-scale.ts'
import { foldPairs } from './portable-step.ts'
import type { FitSource } from './step-type.ts'
import { compactSql, foldSql, isOneOfSql, matchesSql } from './text-sql.ts'

const level = z.union([z.string(), z.number(), z.boolean()])
const codes = z.record(z.string(), z.number().nullable())
const paramsSchema = z.strictObject({
  columns: z.union([z.string(), z.array(z.string())]).nullish(),
  order: z.union([z.array(level), z.record(z.string(), z.array(level))]).nullish(),
  mapping: z.union([codes, z.record(z.string(), codes)]).nullish(),
  start: z.number().default(1),
  missing_value: z.number().nullish(),
  unknown: z.enum(['nan', 'error']).default('nan'),
  case_sensitive: z.boolean().default(false),
})
type Params = z.infer<typeof paramsSchema>

/**
 * An ordered scale becomes numbers in place, lowest first; blanks and levels that are not listed become missing. With
 * unknown "error" the rows that are fitted must all be in the scale, and only a row that is predicted later may miss it.
 */
export const ordinalMap = defineStep<Params>({
  type: 'OrdinalMapTransformer',
  rowwise: true,
  params: paramsSchema,
  namedColumns: ({ columns }) => (columns === null || columns === undefined ? null : typeof columns === 'string' ? [columns] : columns),
  impliedColumns: (params) => scaleColumns(params),
  needsColumns: true,
  contract({ params, scope }) {
    for (const column of scope) {
      if (column.type === 'date' || column.type === 'timestamp') return refuse('CUSTOM_REFUSED', `the column "${column.name}" holds dates, not levels of a scale.`)
      const scale = scaleOf(params, column)
      if (!scale.ok) return scale
    }
    const ids = scope.map((column) => column.id)
    return accept({ reads: ids, changes: ids.map((id) => ({ id, type: 'number' as const })), creates: [], drops: [], renames: [] })
  },
  describe(use, column) {
    const shown = [...boundScale(use, column).codes].slice(0, 12).map(([key, code]) => `${key} = ${code ?? 'missing'}`)
    return `levels become numbers: ${shown.join(', ')}`
  },
  fit: refuseStrangers,
  sql: (use) => ({ layers: [], assign: use.scope.map((column) => ({ id: column.id, expression: scaleSql(use, column) })) }),
  row(use) {
    const readers = use.scope.map((column) => ({ id: column.id, read: cellReader(use, column) }))
    return function mapLevels(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { id, read } of readers) next[id] = read(row[id] ?? null)
      return next
    }
  },
  portable: ({ params, scope }) =>
    scope.map((column) => {
      const { codes, numbers } = boundScale({ params }, column)
      const fold = foldPairs(foldingFor([...codes.keys(), ...missingTokens]))
      return { op: 'scale', id: column.id, type: column.type, codes: [...codes], numbers: [...numbers], gaps: missingTokens, missing: params.missing_value ?? null, fold, caseSensitive: params.case_sensitive }
    }),
})

function boundScale({ params }: Pick<StepUse<Params>, 'params'>, column: Column): OrdinalScale {
  const scale = scaleOf(params, column)
  if (!scale.ok) throw new Error(scale.refusal.message)
  return scale.value
}

const missingKeys = new Set(missingTokens)

function cellReader({ params }: Pick<StepUse<Params>, 'params'>, column: Column): (cell: Cell) => number | null {
  const scale = boundScale({ params }, column)
  const missing = params.missing_value ?? null
  const folding = foldingFor([...scale.codes.keys(), ...missingTokens])
  const { type } = column
  if (type === 'number' || type === 'integer') {
    return (cell) => {
      const value = cellNumber(cell, type)
      return value === null ? missing : (scale.numbers.get(value) ?? null)
    }
  }
  return function readLevel(cell) {
    if (cell === null) return missing
    const text = compactText(type === 'boolean' ? (cellNumber(cell, type) === 1 ? 'True' : 'False') : String(cell))
    if (text === '') return missing
    const folded = folding.fold(text)
    const code = scale.codes.get(params.case_sensitive ? text : folded)
    if (code !== undefined) return code
    const value = numberOfKey(text)
    const byNumber = value === null ? undefined : scale.numbers.get(value)
    if (byNumber !== undefined) return byNumber
    return missingKeys.has(folded) ? missing : null
  }
}

function codeSql(code: number | null): Sql {
  return code === null ? sql`cast(null as double)` : sql`cast(${number(code)} as double)`
}

function scaleSql({ params }: Pick<StepUse<Params>, 'params'>, column: Column): Sql {
  const scale = boundScale({ params }, column)
  const cell = name(column.id)
  const missing = codeSql(params.missing_value ?? null)
  if (column.type === 'number' || column.type === 'integer') return sql`case when ${cell} is null then ${missing} ${byNumberSql(sql`cast(${cell} as double)`, scale)} end`
  const written = column.type === 'boolean' ? sql`case when ${cell} then 'True' when not ${cell} then 'False' end` : cell
  const text = compactSql(written)
  const folded = foldSql(text, foldingFor([...scale.codes.keys(), ...missingTokens]))
  const key = params.case_sensitive ? text : folded
  const known = [...scale.codes].map(([one, code]) => sql` when ${key} = ${one} then ${codeSql(code)}`)
  const numeric = scale.numbers.size === 0 ? sql`` : sql` when ${matchesSql(text, plainNumberPattern)} then case${byNumberSql(sql`try_cast(${text} as double)`, scale)} end`
  const levels = known.reduce((all, next) => sql`${all}${next}`, sql``)
  // A number that is no level is unknown, whatever a list of missing tokens says: none of them is a number.
  return sql`case when ${cell} is null or ${text} = '' then ${missing}${levels}${numeric} when ${isOneOfSql(folded, missingTokens)} then ${missing} end`
}

function byNumberSql(value: Sql, { numbers }: OrdinalScale): Sql {
  return [...numbers].reduce((all, [one, code]) => sql`${all} when ${value} = ${number(one)} then ${codeSql(code)}`, sql``)
}

/** As the package does: a column that shares no value with the scale is not one of it, and with unknown "error" all values are in it. */
async function refuseStrangers(use: StepUse<Params>, source: FitSource): Promise<Result<Record<string, never>>> {
  for (const column of use.scope) {
    const mapped = scaleSql({ params: { ...use.params, missing_value: null } }, column)
    const cell = name(column.id)
    const query = sql`select count(${cell}) as valued, count(${mapped}) as matched from (${source.rows}) t`
    const [counted] = await source.data.query(query, source)
    if (counted?.valued === counted?.matched) continue
    const { known, strange } = await strangers(use, column, source)
    if (strange.length === 0) continue
    const shown = strange.slice(0, 3).map((value) => JSON.stringify(value)).join(', ')
    if (!known) return refuse('CUSTOM_REFUSED', `the column "${column.name}" shares no value with the scale; it holds ${shown}.`)
    if (use.params.unknown === 'error') return refuse('CUSTOM_REFUSED', `the column "${column.name}" holds values that are not in the scale: ${shown}; with unknown "nan" they become missing.`)
  }
  return accept({})
}

/** The most frequent values that are neither missing nor in the scale, and whether there are others that are in it. */
async function strangers(use: StepUse<Params>, column: Column, source: FitSource): Promise<{ known: boolean; strange: Cell[] }> {
  const cell = name(column.id)
  const query = sql`select ${cell} as value, count(*) as n from (${source.rows}) t where ${cell} is not null group by 1 order by n desc, value limit 1000`
  const values = (await source.data.query(query, source)).map((row) => row.value ?? null)
  const scale = boundScale(use, column)
  const keyed = values.flatMap((value) => {
    const key = value === null ? null : levelKey(value, use.params.case_sensitive)
    return key === null || missingKeys.has(foldText(key)) ? [] : [{ value, key }]
  })
  const isKnown = (key: string): boolean => scale.codes.has(key) || scale.numbers.has(numberOfKey(key) ?? Number.NaN)
  const strange = keyed.filter(({ key }) => !isKnown(key)).map(({ value }) => value)
  return { known: strange.length < keyed.length, strange }
}
