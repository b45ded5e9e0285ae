import type { Column, Table } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { TaskName } from '#core/run-settings'
import { join, name, sql } from '#core/sql'
import type { Tools } from '#phases/phase'

/** Rows on both sides; `copiesAcross` are sealed rows that equal a training row. */
export interface Sides {
  readonly train: number
  readonly test: number
  readonly copies: number
  readonly copiesAcross: number
}

interface CountRequest {
  readonly table: Table
  readonly columns: readonly Column[]
  readonly label: Column
  readonly task: TaskName
  readonly sealed: string
  /** Whether the table has copies at all. */
  readonly copies: boolean
}

/** Counts both sides of the split and refuses one that leaves a side without what it needs. */
export async function countSides(request: CountRequest, tools: Tools): Promise<Result<Sides>> {
  const { label, task, table } = request
  const [cell, sealed] = [task === 'regression' ? sql`0` : name(label.id), name(request.sealed)]
  const query = sql`select ${cell} as label, sum(case when ${sealed} then 1 else 0 end) as test, count(*) as row_count from t group by 1 order by 3 desc, 1`
  const found = await tools.data.query(query, { tables: { t: table.hash }, signal: tools.signal })
  const classes = found.map((row) => ({ label: String(row.label), test: Number(row.test), train: Number(row.row_count) - Number(row.test) }))
  const test = classes.reduce((sum, one) => sum + one.test, 0)
  const train = classes.reduce((sum, one) => sum + one.train, 0)
  if (test === 0) return refuse('TEST_ROWS_EMPTY', `None of the ${train} labelled rows would be sealed for the test.`)
  if (train === 0) return refuse('TEST_ROWS_EMPTY', `All ${test} labelled rows would be sealed, so none is left to learn from.`)
  if (task !== 'regression') {
    const unseen = classes.find((one) => one.train === 0)
    if (unseen !== undefined) return refuse('TEST_ROWS_EMPTY', `All ${unseen.test} rows of the class ${JSON.stringify(unseen.label)} would be sealed, so it could not be learnt.`)
    if (classes.filter((one) => one.test > 0).length < 2) return refuse('TEST_ROWS_EMPTY', `All ${test} sealed rows would be of one class, so the model could not be tested.`)
  }
  return accept({ train, test, ...(request.copies ? await countCopies(request, tools) : { copies: 0, copiesAcross: 0 }) })
}

async function countCopies({ table, columns, sealed }: CountRequest, tools: Tools): Promise<{ copies: number; copiesAcross: number }> {
  const mark = name(sealed)
  const groups = sql`select count(*) as row_count, sum(case when ${mark} then 1 else 0 end) as test from t group by ${join(columns.map((column) => name(column.id)))}`
  const query = sql`select sum(row_count - 1) as copies, sum(case when test < row_count then test else 0 end) as across from (${groups}) g where row_count > 1`
  const [row] = await tools.data.query(query, { tables: { t: table.hash }, signal: tools.signal })
  return { copies: Number(row?.copies ?? 0), copiesAcross: Number(row?.across ?? 0) }
}
