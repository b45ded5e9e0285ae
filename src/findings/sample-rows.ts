import type { Column } from '#core/dataset'
import type { CategoryValues, Values } from '#core/ports'
import { name, number, sql } from '#core/sql'
import { missingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { profiledColumns, type Look, type Profiled } from './finding.ts'

/** Cells and rows that are looked at one by one, at most; text of more values is not. */
const mostCells = 120_000
const mostRows = 4_000
const fewestRows = 500
const mostLevels = 1_000

/** A column over the rows of the sample. */
export interface SampledColumn extends Profiled {
  /** Numbers as they are, NaN for missing; null for other types. */
  readonly values: Float64Array | null
  /** Small codes, -1 for missing. */
  readonly codes: Int32Array
  /** The value of each code. */
  readonly levels: readonly (string | number | boolean)[]
}

/** Rows taken evenly through the table, in its order. */
export interface Sample {
  readonly rows: number
  /** Whether these are all rows of the table. */
  readonly complete: boolean
  readonly rowIds: Float64Array
  readonly columns: readonly SampledColumn[]
}

const tokens = new Set(missingTokens)

/** The sample of a look. */
export function readSample(look: Look): Promise<Sample> {
  return sampleTable(look, look)
}

/** Reads a few thousand rows with all columns of which values may recur. */
export async function sampleTable(look: Pick<Look, 'table' | 'profile'>, { data, signal }: Pick<Look, 'data' | 'signal'>): Promise<Sample> {
  const columns = profiledColumns(look).filter(({ column, facts }) => facts.distinct > 0 && (column.type !== 'text' || facts.distinct <= mostLevels))
  const most = Math.min(mostRows, Math.max(fewestRows, Math.floor(mostCells / Math.max(1, columns.length))))
  const step = Math.max(1, Math.ceil(look.table.rows / most))
  const requests = columns.map(({ column }) => ({ kind: column.type === 'text' || column.type === 'boolean' ? ('category' as const) : ('numeric' as const), expression: name(column.id) }))
  const where = step === 1 ? {} : { where: sql`mod(row_id, ${number(step)}) = 0` }
  const [ids, ...values] = await data.columns({ table: look.table.hash, columns: [{ kind: 'numeric', expression: sql`row_id` }, ...requests], ...where }, { signal })
  const rowIds = ids?.kind === 'numeric' ? ids.values : new Float64Array(0)
  return { rows: rowIds.length, complete: step === 1, rowIds, columns: columns.flatMap((one, i) => (values[i] === undefined ? [] : [{ ...one, ...codedColumn(one.column, values[i]) }])) }
}

function codedColumn(column: Column, read: Values): Pick<SampledColumn, 'values' | 'codes' | 'levels'> {
  if (read.kind === 'category') return { values: null, ...codedTexts(column, read) }
  const known = new Map<number, number>()
  const levels: number[] = []
  const codes = Int32Array.from(read.values, (value) => {
    if (Number.isNaN(value)) return -1
    const code = known.get(value) ?? levels.push(value) - 1
    known.set(value, code)
    return code
  })
  const isNumber = column.type === 'number' || column.type === 'integer'
  return { values: isNumber ? read.values : null, codes, levels: isNumber ? levels : levels.map((value) => timeText(column, value)) }
}

function codedTexts(column: Column, read: CategoryValues): Pick<SampledColumn, 'codes' | 'levels'> {
  const missing = read.levels.map((level) => tokens.has(tokenKey(level)))
  const codes = missing.includes(true) ? read.codes.map((code) => (code >= 0 && missing[code] === true ? -1 : code)) : read.codes
  return { codes, levels: column.type === 'boolean' ? read.levels.map((level) => level === 'true') : read.levels }
}

/** Days or seconds since 1970 as ISO text, which sorts as the times do. */
function timeText(column: Column, value: number): string {
  const text = new Date(value * (column.type === 'date' ? 86_400_000 : 1_000)).toISOString()
  return column.type === 'date' ? text.slice(0, 10) : text.slice(0, 19)
}
