import type { Notation, ReadOptions } from '#core/dataset'
import { characterClass } from './character-class.ts'
import type { Session } from './session.ts'
import type { TypeTest } from './type-tests.ts'

/** What the reader says of dates such as 1/2/2024 where nothing in the file tells the day from the month. */
export const ambiguousDays = {
  code: 'ambiguous_dates',
  detail: 'days and months of dates cannot be told apart, so the text was kept; reading the file with the option date_order settles it',
}

const { digit, dot, minus, slash, colon, blank } = characterClass
const allowed = digit | dot | minus | slash | colon | blank

const clock = '( ([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?'
const dayAndMonth = ['/', '[.]', '-'].map((mark) => `[0-9]{1,2}${mark}[0-9]{1,2}${mark}[0-9]{4}${clock}`).join('|')
const yearFirst = ['/', '[.]', '-'].map((mark) => `[0-9]{4}${mark}[0-9]{1,2}${mark}[0-9]{1,2}${clock}`).join('|')
const parts = (cell: string, order: string) => `regexp_replace(${cell}, '^([0-9]+)[./-]([0-9]+)[./-]([0-9]+)', '${order}')`

interface Order {
  readonly notation: Extract<Notation, 'day_first' | 'month_first' | 'year_first'>
  readonly form: string
  /** The cell with year, month and day in the order of ISO. */
  readonly iso: (cell: string) => string
  readonly note: { readonly code: string; readonly detail: string }
}

const orders: readonly Order[] = [
  {
    notation: 'day_first',
    form: dayAndMonth,
    iso: (cell) => parts(cell, '\\3-\\2-\\1'),
    note: { code: 'day_first_dates', detail: 'dates were read with the day before the month' },
  },
  {
    notation: 'month_first',
    form: dayAndMonth,
    iso: (cell) => parts(cell, '\\3-\\1-\\2'),
    note: { code: 'month_first_dates', detail: 'dates were read with the month before the day' },
  },
  {
    notation: 'year_first',
    form: yearFirst,
    iso: (cell) => parts(cell, '\\1-\\2-\\3'),
    note: { code: 'year_first_dates', detail: 'dates were read with the year before month and day' },
  },
]

function holds({ form, iso }: Order, cell: string): string {
  return `regexp_full_match(${cell}, '${form}') AND TRY_CAST(${iso(cell)} AS TIMESTAMP) IS NOT NULL`
}

function testOf(order: Order, timed: boolean): TypeTest {
  const type = timed ? 'timestamp' : 'date'
  return {
    type,
    allowed,
    needed: digit,
    holds: (cell) => holds(order, cell),
    cast: (cell) => `CAST(${order.iso(cell)} AS ${timed ? 'TIMESTAMP' : 'DATE'})`,
    notation: order.notation,
    note: order.note,
  }
}

export interface LocalDates {
  readonly types: ReadonlyMap<number, TypeTest>
  /** Columns of dates that read either way. */
  readonly ambiguous: readonly number[]
  readonly order: ReadOptions['date_order']
}

interface Request {
  readonly classes: Uint16Array
  readonly told: ReadOptions['date_order']
  /** Columns that have a type already. */
  readonly plain: ReadonlyMap<number, TypeTest>
}

/**
 * Columns of dates in other orders than ISO's. Which of two numbers is the month must show in one of the column's own
 * cells, or in those of another column of the file, or it is written with points, as those who put the day first do;
 * else it stays text.
 */
export async function localDates(session: Session, source: string, { classes, told, plain }: Request): Promise<LocalDates> {
  const columns = [...classes.keys()].filter((column) => {
    const seen = classes[column] ?? 0
    return !plain.has(column) && (seen & ~allowed) === 0 && (seen & digit) !== 0 && (seen & (slash | dot | minus)) !== 0
  })
  const counts = await countOrders(session, source, columns)
  const readings = columns.map((column, i) => ({ column, fits: fitting(counts[i]) }))
  const shown = new Set(readings.flatMap(({ fits }) => (fits.length === 1 ? fits : [])).filter((one) => one !== 'year_first'))
  const order = told ?? (shown.size === 1 ? [...shown][0] : undefined)
  const types = new Map<number, TypeTest>()
  const ambiguous: number[] = []
  for (const { column, fits } of readings) {
    const taken = fits.length < 2 ? fits[0] : order
    const found = orders.find(({ notation }) => notation === taken)
    if (found !== undefined) types.set(column, testOf(found, ((classes[column] ?? 0) & colon) !== 0))
    else if (fits.length > 1) ambiguous.push(column)
  }
  return { types, ambiguous, order }
}

interface Counts {
  readonly cells: number
  /** Cells that are dates in each of the orders. */
  readonly byOrder: readonly number[]
  readonly pointed: number
  /** Cells with a time of day: none or all, in a column of one type. */
  readonly timed: number
}

type OrderName = Order['notation']

/** The orders in which every cell is a date. */
function fitting(counts: Counts | undefined): OrderName[] {
  if (counts === undefined || counts.cells === 0 || counts.timed % counts.cells !== 0) return []
  const fits = orders.flatMap(({ notation }, i) => (counts.byOrder[i] === counts.cells ? [notation] : []))
  return fits.length > 1 && counts.pointed === counts.cells ? ['day_first'] : fits
}

const columnsAQuery = 40

async function countOrders(session: Session, source: string, columns: readonly number[]): Promise<Counts[]> {
  const found: Counts[] = []
  for (let start = 0; start < columns.length; start += columnsAQuery) {
    const counts = columns.slice(start, start + columnsAQuery).flatMap((column) => {
      const cell = `c${column}`
      return ['true', ...orders.map((order) => holds(order, cell)), `contains(${cell}, '.')`, `contains(${cell}, ':')`].map((test) => `count(${cell}) FILTER (WHERE ${test})`)
    })
    const answer = await session.stream({ parts: [`SELECT ${counts.join(', ')} FROM ${source}`], values: [] })
    for await (const chunk of answer.chunks) {
      const values = chunk.getRowValues(0).map(Number)
      for (let at = 0; at < values.length; at += orders.length + 3) {
        const [cells = 0, ...rest] = values.slice(at, at + orders.length + 3)
        found.push({ cells, byOrder: rest.slice(0, -2), pointed: rest.at(-2) ?? 0, timed: rest.at(-1) ?? 0 })
      }
    }
  }
  return found
}
