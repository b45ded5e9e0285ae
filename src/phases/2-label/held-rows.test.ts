import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Table } from '#core/dataset'
import { sql } from '#core/sql'
import { startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { holdMarks, knownRows } from './held-rows.ts'

let bench: DataTools
let earlier: Table
let marked: Table
beforeAll(async () => {
  bench = await startDataTools()
  earlier = await read([['a', 'x', '1'], ['b', '', '2'], ['c', 'z', '3'], ['c', 'z', '3']], ['key', 'word', 'amount'])
  const columns = [{ id: 'c9', name: 'sealed', type: 'boolean' }] as const
  const query = sql`select row_id, mod(row_id, 2) = 1 as "c9" from t`
  marked = await bench.tools.data.materialise({ query, tables: { t: earlier.hash }, columns }, bench.tools)
})
afterAll(() => bench.close())

function read(rows: readonly (readonly string[])[], names: readonly string[]): Promise<Table> {
  return bench.read(names.map((name, i) => ({ name, cells: rows.map((row) => (row[i] === '' ? null : (row[i] ?? null))) })))
}

const held = () => ({ marked: null, earlier: [{ raw: earlier, marked: marked.hash, sealed: 'c9' }] })
const random = { kind: 'random', column: null, test: { share: 0.2, seed: 1 } } as const

async function known(table: Table): Promise<number[]> {
  const found = knownRows(table, held())
  if (found === null) return []
  const rows = await bench.tools.data.query(sql`select row_id from (${found.query}) k order by row_id`, { tables: found.tables, signal: bench.tools.signal })
  return rows.map(({ row_id }) => Number(row_id))
}

test('rows that equal a sealed row are found by all shared columns, whatever their order and type, missing values being equal', async () => {
  // Sealed are the second and the fourth row: b, missing, 2 and c, z, 3.
  expect(await known(await read([['2', 'b', ''], ['2.5', 'b', ''], ['3', 'c', 'z'], ['1', 'a', 'x'], ['2', 'b', 'x']], ['amount', 'key', 'word']))).toEqual([0, 2])
  expect(await known(await read([['b', '2', 'new'], ['b', '7', 'new']], ['key', 'amount', 'extra']))).toEqual([0])
  expect(await known(await read([['1'], ['2']], ['other']))).toEqual([])
})

test('of a group of which one row is sealed already, all rows are sealed', async () => {
  const table = await read([['b', '', '2', '1'], ['b', 'new', '5', '1'], ['d', 'new', '6', '2']], ['key', 'word', 'amount', 'group'])
  const marks = sql`select row_id, "c3" as group_id, false as is_sealed from raw`
  const sealed = async (split: Parameters<typeof holdMarks>[2]['split']) => {
    const { query, tables } = holdMarks(marks, held(), { raw: table, split })
    const rows = await bench.tools.data.query(sql`select row_id from (${query}) m where is_sealed order by row_id`, { tables, signal: bench.tools.signal })
    return rows.map(({ row_id }) => Number(row_id))
  }
  expect(await sealed(random)).toEqual([0])
  expect(await sealed({ ...random, kind: 'group', column: 'c3' })).toEqual([0, 1])
})

test("on the parent's own table its marks are taken over as they are, whatever the rule would seal", async () => {
  const marks = sql`select row_id, row_id as group_id, row_id = 0 as is_sealed from t`
  const { query, tables } = holdMarks(marks, { marked: { table: marked.hash, sealed: 'c9' }, earlier: [] }, { raw: earlier, split: random })
  const rows = await bench.tools.data.query(sql`select row_id from (${query}) m where is_sealed order by row_id`, { tables: { ...tables, t: earlier.hash }, signal: bench.tools.signal })
  expect(rows.map(({ row_id }) => Number(row_id))).toEqual([1, 3])
})
