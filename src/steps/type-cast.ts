import { z } from 'zod'
import type { Column, ColumnType } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, sql, type Sql } from '#core/sql'
import { defineStep, findColumns, type StepUse } from './define-step.ts'
import { momentOfText, momentOfTextSql, refuseOtherDates } from './moment-text.ts'
import { plainNumberPattern } from './numeric-token-options.ts'
import { floatText } from './python-text.ts'
import type { FitSource } from './step-type.ts'
import { matchesSql } from './text-sql.ts'

const paramsSchema = z.strictObject({ dtypes: z.record(z.string(), z.string()), errors: z.enum(['coerce', 'raise']).default('coerce') })
type Params = z.infer<typeof paramsSchema>

type Kind = 'whole' | 'cut' | 'double' | 'single' | 'string' | 'moment' | 'truth' | 'same'
interface Cast {
  readonly column: Column
  readonly kind: Kind
}

const kinds: Readonly<Record<string, Kind>> = {
  int: 'whole', int64: 'whole', int32: 'whole', Int64: 'whole', float: 'double', float64: 'double', Float64: 'double', float32: 'single', string: 'string',
  datetime: 'moment', 'datetime64[ns]': 'moment', bool: 'truth', object: 'same', category: 'same', boolean: 'same',
}

/** With errors "raise" these cut fractions off, as in the package. */
const cutting = ['int', 'int64', 'int32']

/**
 * Columns change their type. What does not fit becomes missing; with errors "raise" the rows that are fitted must all fit,
 * and only a row that is predicted later has a missing cell.
 */
export const typeCast = defineStep<Params>({
  type: 'TypeCastTransformer',
  rowwise: true,
  params: paramsSchema,
  contract({ params, scope }) {
    const casts = castsOf(params, scope)
    if (!casts.ok) return casts
    const changes = casts.value.map(({ column, kind }) => ({ id: column.id, type: typeAfter(column.type, kind) }))
    return accept({ reads: changes.map((change) => change.id), changes, creates: [], drops: [], renames: [] })
  },
  describe: (use, column) => {
    const kind = boundCasts(use).find((cast) => cast.column.id === column.id)?.kind
    return kind === undefined || kind === 'same' ? 'stays as it is' : `cast to ${typeAfter(column.type, kind)}`
  },
  fit: refuseUnfit,
  sql: (use) => ({ layers: [], assign: boundCasts(use).map(({ column, kind }) => ({ id: column.id, expression: castSql(column, kind) })) }),
  row: (use) => {
    const casts = boundCasts(use)
    return function castCells(row) {
      const next: Record<string, Cell> = { ...row }
      for (const { column, kind } of casts) next[column.id] = castCell(row[column.id] ?? null, kind, column)
      return next
    }
  },
  portable: (use) => boundCasts(use).map(({ column: { id, type }, kind }) => ({ op: 'cast', id, type, kind })),
})

function castsOf(params: Params, scope: readonly Column[]): Result<Cast[]> {
  const pairs = Object.entries(params.dtypes)
  const columns = findColumns(scope, pairs.map(([column]) => column))
  if (!columns.ok) return columns
  const casts: Cast[] = []
  for (const [i, column] of columns.value.entries()) {
    const dtype = pairs[i]?.[1] ?? ''
    const kind = kinds[dtype]
    const why = kind === undefined ? `the type "${dtype}" is not offered; offered are ${Object.keys(kinds).join(', ')}` : unfit(column, kind, dtype)
    if (kind === undefined || why !== null) return refuse('CUSTOM_REFUSED', `${why}.`)
    casts.push({ column, kind: params.errors === 'raise' && cutting.includes(dtype) ? 'cut' : kind })
  }
  return accept(casts)
}

function unfit(column: Column, kind: Kind, dtype: string): string | null {
  if (kind === 'same') return dtype === 'boolean' && column.type !== 'boolean' ? `the column "${column.name}" holds no booleans` : null
  if (kind === 'moment') return column.type === 'text' || isTime(column) ? null : `"${column.name}" holds ${column.type}, and numbers are never read as times`
  if (column.type === 'date' && kind === 'string') return null
  if (isTime(column)) return `the dates of "${column.name}" become no ${dtype}; DateTimeExtractTransformer makes numbers and texts of them`
  if (kind === 'truth' && column.type === 'text') return `whether a text of "${column.name}" is empty is no truth value; compare it in an ExpressionTransformer`
  return column.type === 'text' && (dtype === 'Int64' || dtype === 'Float64') ? `texts become "${dtype === 'Int64' ? 'int64' : 'float64'}"` : null
}

function isTime(column: Column): boolean {
  return column.type === 'date' || column.type === 'timestamp'
}

function boundCasts(use: Pick<StepUse<Params>, 'params' | 'scope'>): Cast[] {
  const casts = castsOf(use.params, use.scope)
  if (!casts.ok) throw new Error(casts.refusal.message)
  return casts.value
}

function typeAfter(type: ColumnType, kind: Kind): ColumnType {
  if (kind === 'same') return type
  if (kind === 'string') return 'text'
  if (kind === 'moment') return 'timestamp'
  if (kind === 'truth') return 'boolean'
  return kind === 'whole' || kind === 'cut' ? 'integer' : 'number'
}

/** Blanks that C's isspace knows, which is what pandas strips before it reads a number. */
const blanks = ' \t\n\v\f\r'
const plain = new RegExp(plainNumberPattern, 'u')

function numberOf(column: Column): Sql {
  const cell = name(column.id)
  if (column.type === 'boolean') return sql`case when ${cell} then 1e0 when not ${cell} then 0e0 end`
  if (column.type !== 'text') return sql`cast(${cell} as double)`
  const text = sql`trim(both ${blanks} from ${cell})`
  return sql`case when ${matchesSql(text, plainNumberPattern)} then try_cast(${text} as double) end`
}

function castSql(column: Column, kind: Kind): Sql {
  const cell = name(column.id)
  if (kind === 'same' || (kind === 'string' && column.type === 'text')) return cell
  if (kind === 'string') return column.type === 'boolean' ? sql`case when ${cell} then 'True' when not ${cell} then 'False' end` : sql`cast(${cell} as varchar)`
  if (kind === 'moment') return column.type === 'text' ? momentOfTextSql(cell) : sql`cast(${cell} as timestamp)`
  if (kind === 'truth') return column.type === 'boolean' ? sql`coalesce(${cell}, true)` : sql`coalesce(${cell} <> 0, true)`
  const value = numberOf(column)
  if (kind === 'whole') return sql`case when ${value} = floor(${value}) and abs(${value}) < 9007199254740992e0 then cast(${value} as bigint) end`
  if (kind === 'cut') return sql`case when abs(${value}) < 9007199254740992e0 then cast(trunc(${value}) as bigint) end`
  const finite = sql`case when abs(${value}) <= 1.7976931348623157e308 then ${value} end`
  return kind === 'double' ? finite : sql`cast(try_cast(${finite} as real) as double)`
}

function castCell(cell: Cell, kind: Kind, column: Column): Cell {
  // As NumPy: what is missing is not 0.
  if (kind === 'truth') return cell === null || Number(cell) !== 0
  if (cell === null || kind === 'same') return cell
  if (kind === 'string') return writtenCell(cell, column)
  if (kind === 'moment') return column.type === 'text' ? momentOfText(String(cell)) : timeCell(cell, column)
  const value = typeof cell === 'string' ? numberOfText(cell) : Number(cell)
  if (value === null || !Number.isFinite(value)) return null
  if (kind === 'cut') return Math.abs(value) < 2 ** 53 ? Math.trunc(value) + 0 : null
  if (kind === 'whole') return Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? value + 0 : null
  const single = kind === 'single' ? Math.fround(value) : value
  return Number.isFinite(single) ? single : null
}

function writtenCell(cell: Exclude<Cell, null>, column: Column): string {
  if (typeof cell === 'boolean') return cell ? 'True' : 'False'
  return typeof cell === 'number' && column.type === 'number' ? floatText(cell) : String(cell)
}

/** A date is the first moment of its day. */
function timeCell(cell: Exclude<Cell, null>, column: Column): Cell {
  return column.type === 'date' && typeof cell === 'string' && cell.length === 10 ? `${cell}T00:00:00` : cell
}

function numberOfText(cell: string): number | null {
  let start = 0
  let end = cell.length
  while (start < end && blanks.includes(cell[start] ?? '')) start++
  while (end > start && blanks.includes(cell[end - 1] ?? '')) end--
  const text = cell.slice(start, end)
  return plain.test(text) ? Number(text) : null
}

/** As the package: fractions do not become whole numbers, and all dates of a column are written one way. */
async function refuseUnfit(use: StepUse<Params>, source: FitSource): Promise<Result<Record<string, never>>> {
  for (const { column, kind } of boundCasts(use)) {
    const dates = kind === 'moment' && column.type === 'text' ? await refuseOtherDates(column, source) : accept(null)
    if (!dates.ok) return dates
    const fits = use.params.errors === 'raise' ? await refuseLost({ column, kind }, source) : accept(null)
    if (!fits.ok) return fits
    if (kind !== 'whole' || column.type === 'integer' || column.type === 'boolean') continue
    const value = numberOf(column)
    const [counted] = await source.data.query(sql`select count(*) as rows from (${source.rows}) t where ${value} <> floor(${value})`, source)
    if (Number(counted?.rows ?? 0) > 0) {
      return refuse('CUSTOM_REFUSED', `"${column.name}" holds fractions on ${counted?.rows} rows, which whole numbers cannot keep; cast it to float64.`)
    }
  }
  return accept({})
}

/** Refuses cells that the cast would lose, and gaps in what becomes whole numbers without a sign for them. */
async function refuseLost({ column, kind }: Cast, source: FitSource): Promise<Result<null>> {
  if (kind === 'same' || kind === 'string' || kind === 'truth') return accept(null)
  const [cell, made] = [name(column.id), castSql(column, kind)]
  const [found] = await source.data.query(sql`select count(*) filter (where ${cell} is not null and ${made} is null) as lost, min(cast(${cell} as varchar)) filter (where ${cell} is not null and ${made} is null) as example, count(*) filter (where ${cell} is null) as gaps from (${source.rows}) t`, source)
  if (Number(found?.lost ?? 0) > 0) return refuse('CUSTOM_REFUSED', `${found?.lost} cells of "${column.name}" cannot be cast, such as ${JSON.stringify(found?.example)}; with errors "coerce" they become missing.`)
  if (kind === 'cut' && Number(found?.gaps ?? 0) > 0) return refuse('CUSTOM_REFUSED', `"${column.name}" is missing on ${found?.gaps} rows, and whole numbers with errors "raise" must be there; fill it first, or cast it with errors "coerce".`)
  return accept(null)
}
