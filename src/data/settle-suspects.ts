import type { Session } from './session.ts'
import type { Staged } from './stage-csv.ts'
import type { Suspect } from './suspects.ts'

/** Which suspects are none of the table, and where to read the rows that are. */
export interface Settled {
  readonly source: string
  readonly aside: readonly Suspect[]
}

/** Decides about the suspects of a staged table; what is met in those that stay is added to the rest. */
export async function settleSuspects(session: Session, source: string, staged: Staged): Promise<Settled> {
  const { suspects, rows } = staged
  const sums = await provenSums(session, source, suspects)
  const atEnd = endOf(suspects.atEnd, sums)
  const all = [...suspects.totals, ...suspects.atEnd]
  // A file of nothing but suspects has no row that could be told from them.
  const aside = atEnd.length === rows ? [] : [...suspects.totals.filter(({ row }) => sums.has(row)), ...atEnd]
  const out = new Set(aside.map(({ row }) => row))
  suspects.keep(new Set(all.flatMap(({ row }) => (out.has(row) ? [] : [row]))), staged.met)
  if (aside.length === 0) return { source, aside }
  const query = settledQuery(source, aside, { end: rows - atEnd.length })
  await session.run(`CREATE TEMP VIEW settled AS ${query}`)
  return { source: 'settled', aside }
}

/** The last rows of the file as long as each is a remark, empty, or a sum. */
function endOf(atEnd: readonly Suspect[], sums: ReadonlySet<number>): readonly Suspect[] {
  const lastRow = atEnd.findLastIndex(({ row, oddity, text }) => oddity === 'total' && !sums.has(row) && !hasGap(text))
  return atEnd.slice(lastRow + 1)
}

/** A sum has nothing to say in the columns that name and group: a row at the end that is full is one of the table. */
function hasGap(text: string): boolean {
  return /(^|[,;\t|])(""|\s*)([,;\t|]|$)/.test(text)
}

/** Row ids stay without gaps. */
function settledQuery(source: string, aside: readonly Suspect[], { end }: { end: number }): string {
  const within = aside.flatMap(({ row }) => (row < end ? [row] : []))
  if (within.length === 0) return `SELECT * FROM ${source} WHERE row_id < ${end}`
  const kept = `row_id < ${end} AND row_id NOT IN (${within.join(', ')})`
  return `SELECT * REPLACE (row_number() OVER (ORDER BY row_id) - 1 AS row_id) FROM ${source} WHERE ${kept}`
}

/** More columns than this say nothing more about a sum. */
const mostColumns = 60

/** The rows that hold in some column what the rows above add up to: all of them, or those since the sum before. */
async function provenSums(
  session: Session,
  source: string,
  { totals, atEnd }: Staged['suspects'],
): Promise<Set<number>> {
  const rows = [...totals, ...atEnd].filter(({ oddity }) => oddity === 'total').map(({ row }) => row)
  const proven = new Set<number>()
  if (rows.length === 0) return proven
  const { names } = await session.stream({ parts: [`SELECT * FROM ${source} LIMIT 0`], values: [] })
  const cells = names.filter((name) => name !== 'row_id').slice(0, mostColumns)
  await session.run(`CREATE TEMP TABLE summed AS ${numbersQuery(source, cells, rows)}`)
  for (const [i, row] of rows.entries()) {
    if (await isSum(session, cells, { row, after: rows[i - 1] ?? -1, others: rows })) proven.add(row)
  }
  await session.run('DROP TABLE summed')
  return proven
}

/** The cells as numbers, whichever way fractions and thousands are marked, up to the last row of interest. */
function numbersQuery(source: string, cells: readonly string[], rows: readonly number[]): string {
  const numbers = cells.map((cell) => {
    const plain = `TRY_CAST(${cell} AS DOUBLE)`
    const grouped = `TRY_CAST(replace(${cell}, ',', '') AS DOUBLE)`
    const comma = `TRY_CAST(replace(replace(replace(${cell}, '.', ''), ' ', ''), ',', '.') AS DOUBLE)`
    const isComma = `regexp_full_match(${cell}, '[^,]*,([0-9]{1,2}|[0-9]{4,})')`
    return `CASE WHEN ${isComma} THEN ${comma} ELSE coalesce(${plain}, ${grouped}, ${comma}) END AS ${cell}`
  })
  return `SELECT row_id, ${numbers.join(', ')} FROM ${source} WHERE row_id <= ${Math.max(...rows)}`
}

interface Sum {
  readonly row: number
  /** The suspect before it. */
  readonly after: number
  readonly others: readonly number[]
}

/** Sums of fewer rows than two are copies of the row above. */
async function isSum(session: Session, cells: readonly string[], { row, after, others }: Sum): Promise<boolean> {
  const data = `row_id < ${row} AND row_id NOT IN (${others.join(', ')})`
  const columns = cells.map((cell) => {
    const own = `any_value(${cell}) FILTER (WHERE row_id = ${row})`
    const close = (rows: string) =>
      `coalesce(count(${cell}) FILTER (WHERE ${rows}) > 1 AND ${own} <> 0 AND
        abs(sum(${cell}) FILTER (WHERE ${rows}) - ${own}) <= greatest(0.02, abs(${own}) * 1e-6), false)`
    return `${close(data)} OR ${close(`${data} AND row_id > ${after}`)}`
  })
  const answer = await session.stream({ parts: [`SELECT ${columns.join(' OR ')} FROM summed`], values: [] })
  for await (const chunk of answer.chunks) return chunk.getRowValues(0)[0] === true
  return false
}
