import { join, name, number, sql } from '#core/sql'
import { profiledColumns, type Look, type Profiled } from './finding.ts'

/** What stands at both ends of a column of numbers. */
export interface Edges extends Profiled {
  readonly values: number
  readonly min: number
  readonly max: number
  readonly minCount: number
  readonly maxCount: number
  /** The values next to the ends. */
  readonly aboveMin: number
  readonly belowMax: number
  readonly smallestPositive: number | null
  readonly negatives: number
  /** The first rows at either end, of a zero, and of a negative number. */
  readonly firstMin: number
  readonly firstMax: number
  readonly firstZero: number
  readonly firstNegative: number
}

const columnsAtOnce = 40

/** The ends of the columns of numbers that their profile does not clear, in one pass over the table. */
export async function readEdges(look: Look): Promise<Edges[]> {
  const columns = profiledColumns(look).filter((one) => (one.column.type === 'number' || one.column.type === 'integer') && one.facts.distinct >= 3 && (one.column.id === look.target || mayBeWrong(look, one)))
  if (columns.length === 0) return []
  const found: Edges[] = []
  for (let from = 0; from < columns.length; from += columnsAtOnce) found.push(...(await readSome(look, columns.slice(from, from + columnsAtOnce))))
  return found
}

const rareZeros = 0.05
const farFromZero = 0.1

/**
 * Whether a value may stand apart at an end, or a zero or negative number be impossible: a value apart by a quarter of
 * the range of the others leaves three of the twenty bins beside it empty.
 */
function mayBeWrong(look: Look, { facts }: Profiled): boolean {
  const { numeric } = facts
  if (numeric === null) return false
  const valued = look.table.rows - facts.missing
  const bins = numeric.histogram
  const isApart = (end: readonly number[]): boolean => (end[0] ?? 0) >= 5 && end.slice(1, 4).every((rows) => rows === 0)
  // The smallest measure lies at or below the twentieth part of the values, so that has to keep away from zero as well.
  const zeros = numeric.min === 0 && numeric.zeros > 0 && numeric.zeros <= valued * rareZeros && (numeric.quantiles[1] === 0 || (numeric.quantiles[1] ?? 0) > (numeric.quantiles[3] ?? 0) * farFromZero)
  return isApart(bins) || isApart(bins.toReversed()) || zeros || numeric.min < 0
}

async function readSome(look: Look, columns: readonly Profiled[]): Promise<Edges[]> {
  const parts = columns.map(({ column, facts }, i) => {
    const cell = name(column.id)
    const [min, max] = [number(facts.numeric?.min ?? 0), number(facts.numeric?.max ?? 0)]
    const as = (what: string) => name(`${what}_${i}`)
    return sql`sum(case when ${cell} = ${min} then 1 else 0 end) as ${as('mins')}, sum(case when ${cell} = ${max} then 1 else 0 end) as ${as('maxs')},
      min(case when ${cell} > ${min} then ${cell} end) as ${as('above')}, max(case when ${cell} < ${max} then ${cell} end) as ${as('below')},
      min(case when ${cell} > 0 then ${cell} end) as ${as('positive')}, sum(case when ${cell} < 0 then 1 else 0 end) as ${as('negatives')},
      min(case when ${cell} = ${min} then row_id end) as ${as('first_min')}, min(case when ${cell} = ${max} then row_id end) as ${as('first_max')},
      min(case when ${cell} = 0 then row_id end) as ${as('first_zero')}, min(case when ${cell} < 0 then row_id end) as ${as('first_negative')}`
  })
  const [row] = await look.data.query(sql`select ${join(parts)} from t`, { tables: { t: look.table.hash }, signal: look.signal })
  return columns.map(({ column, facts }, i): Edges => {
    const read = (what: string): number => Number(row?.[`${what}_${i}`] ?? 0)
    const positive = row?.[`positive_${i}`] ?? null
    return {
      column, facts, values: look.table.rows - facts.missing, min: facts.numeric?.min ?? 0, max: facts.numeric?.max ?? 0,
      minCount: read('mins'), maxCount: read('maxs'), aboveMin: read('above'), belowMax: read('below'),
      smallestPositive: positive === null ? null : Number(positive), negatives: read('negatives'),
      firstMin: read('first_min'), firstMax: read('first_max'), firstZero: read('first_zero'), firstNegative: read('first_negative'),
    }
  })
}

/** The middle value of a column. */
export function medianOf({ facts }: Profiled): number {
  return facts.numeric?.quantiles[3] ?? 0
}
