import type { ReadOptions } from '#core/dataset'
import { localDates } from './local-dates.ts'
import { markedNumbers } from './marked-numbers.ts'
import type { Session } from './session.ts'
import { typeTests } from './type-tests.ts'
import type { TypeTest } from './type-tests.ts'

/** More aggregates than this in one query take long to plan. */
const testsAQuery = 200

interface Candidate {
  readonly column: number
  readonly test: TypeTest
}

export interface Inferred {
  readonly types: ReadonlyMap<number, TypeTest>
  /** Columns of numbers whose commas may mean two things. */
  readonly ambiguous: readonly number[]
  readonly decimal: ReadOptions['decimal']
  /** Columns of dates whose days and months may be either. */
  readonly ambiguousDates: readonly number[]
  readonly dateOrder: ReadOptions['date_order']
}

/** What is known of the cells beforehand. */
export interface Known {
  /** The classes of characters that each column holds, which leaves few types to try. */
  readonly classes: Uint16Array
  readonly told: Pick<ReadOptions, 'decimal' | 'date_order'>
  /** Numbers were written plainly by the reader itself, so that their points are those of fractions. */
  readonly typed: boolean
  /** Fields are cut as where numbers have decimal commas, so that their points may be those of thousands. */
  readonly asCommas: boolean
}

/** The type that every cell of each column has, over all rows; a column without one is text. `source` has the cells as text. */
export async function inferTypes(session: Session, source: string, known: Known): Promise<Inferred> {
  const plain = await plainTypes(session, source, known.classes)
  const { classes, told } = known
  const marked = await markedNumbers(session, source, { ...known, told: told.decimal, plain })
  const numbers = new Map([...plain, ...marked.types])
  const dates = await localDates(session, source, { classes, told: told.date_order, plain: numbers })
  const types = new Map([...numbers, ...dates.types])
  return { types, ambiguous: marked.ambiguous, decimal: marked.decimal, ambiguousDates: dates.ambiguous, dateOrder: dates.order }
}

async function plainTypes(session: Session, source: string, classes: Uint16Array): Promise<Map<number, TypeTest>> {
  const candidates: Candidate[] = []
  classes.forEach((seen, column) => {
    for (const test of typeTests) {
      if ((seen & ~test.allowed) === 0 && (seen & test.needed) !== 0) candidates.push({ column, test })
    }
  })
  const types = new Map<number, TypeTest>()
  for (let start = 0; start < candidates.length; start += testsAQuery) {
    const batch = candidates.slice(start, start + testsAQuery)
    const failures = await countFailures(session, source, batch)
    batch.forEach(({ column, test }, i) => {
      if (failures[i] === 0 && !types.has(column)) types.set(column, test)
    })
  }
  return types
}

async function countFailures(session: Session, source: string, batch: readonly Candidate[]): Promise<number[]> {
  const counts = batch.map(({ column, test }) => {
    const cell = `c${column}`
    return `count(${cell}) FILTER (WHERE (${test.holds(cell)}) IS NOT TRUE)`
  })
  const answer = await session.stream({ parts: [`SELECT ${counts.join(', ')} FROM ${source}`], values: [] })
  const found: number[] = []
  for await (const chunk of answer.chunks) found.push(...chunk.getRowValues(0).map(Number))
  return found
}
