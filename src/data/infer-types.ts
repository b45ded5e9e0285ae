import type { Session } from './session.ts'
import { typeTests } from './type-tests.ts'
import type { TypeTest } from './type-tests.ts'

/** More aggregates than this in one query take long to plan. */
const testsAQuery = 120

/** Rows that a type must pass before all rows are tried; most types fall here, so that text costs nothing. */
const sampleRows = 2_048

interface Candidate {
  readonly column: number
  readonly test: TypeTest
}

interface Request {
  readonly columns: readonly number[]
  readonly rows: number
}

/** The type that every cell of each column has; undefined is text. The session sees the cells as the view `staged`. */
export async function inferTypes(session: Session, request: Request): Promise<Map<number, TypeTest>> {
  const all = request.columns.flatMap((column) => typeTests.map((test) => ({ column, test })))
  let passed = await passing(session, all, `WHERE row_id < ${sampleRows}`)
  const present = passed.present
  if (request.rows > sampleRows) {
    passed = await passing(session, passed.candidates, '')
    for (const column of passed.present) present.add(column)
  }
  const types = new Map<number, TypeTest>()
  for (const { column, test } of passed.candidates) {
    if (present.has(column) && !types.has(column)) types.set(column, test)
  }
  return types
}

interface Passing {
  readonly candidates: readonly Candidate[]
  /** Columns with any cell that is not missing. */
  readonly present: Set<number>
}

async function passing(session: Session, candidates: readonly Candidate[], where: string): Promise<Passing> {
  const kept: Candidate[] = []
  const present = new Set<number>()
  for (let start = 0; start < candidates.length; start += testsAQuery) {
    const batch = candidates.slice(start, start + testsAQuery)
    const counts = await countFailures(session, batch, where)
    batch.forEach((candidate, i) => {
      const { cells, failed } = counts[i] ?? { cells: 0, failed: 1 }
      if (cells > 0) present.add(candidate.column)
      if (failed === 0) kept.push(candidate)
    })
  }
  return { candidates: kept, present }
}

async function countFailures(session: Session, batch: readonly Candidate[], where: string): Promise<{ cells: number; failed: number }[]> {
  const counts = batch.map(({ column, test }) => {
    const cell = `c${column}`
    return `count(${cell}), count(${cell}) FILTER (WHERE (${test.holds(cell)}) IS NOT TRUE)`
  })
  const answer = await session.stream({ parts: [`SELECT ${counts.join(', ')} FROM staged ${where}`], values: [] })
  const found: number[] = []
  for await (const chunk of answer.chunks) found.push(...(chunk.getRowValues(0).map(Number)))
  return batch.map((_, i) => ({ cells: found[i * 2] ?? 0, failed: found[i * 2 + 1] ?? 0 }))
}
