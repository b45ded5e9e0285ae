import { afterAll, beforeAll, expect, test } from 'vitest'
import { name, sql } from '#core/sql'
import { startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { tableMaker } from '../../../tests/generate-table.ts'
import { mixSql } from './mix-rows.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const rows = 20_000

async function orderOf(seed: number): Promise<number[]> {
  const table = await bench.read([{ name: 'x', cells: tableMaker(1, rows).cells((row) => row) }])
  const query = sql`select row_id from (select row_id, ${mixSql(name('row_id'), seed)} as place from t) m order by place, row_id`
  return (await bench.tools.data.query(query, { tables: { t: table.hash }, signal: bench.tools.signal })).map((row) => Number(row.row_id))
}

test('a seeded order holds every row once, spreads them evenly, and changes with the seed', async () => {
  for (const seed of [0, 1, 2]) {
    const order = await orderOf(seed)
    expect(new Set(order).size).toBe(rows)
    // Rows by place in 20 x 20 cells: chi-square of 361 degrees of freedom, 99.99 % below 470.
    const cells = new Array<number>(400).fill(0)
    order.forEach((row, place) => {
      const cell = Math.floor((row * 20) / rows) * 20 + Math.floor((place * 20) / rows)
      cells[cell] = (cells[cell] ?? 0) + 1
    })
    expect(cells.reduce((sum, count) => sum + (count - 50) ** 2 / 50, 0)).toBeLessThan(470)
    // Neighbouring rows land apart: the correlation of their places is that of independent draws.
    const places = new Float64Array(rows)
    order.forEach((row, place) => {
      places[row] = place / rows - 0.5
    })
    let product = 0
    for (let row = 1; row < rows; row++) product += (places[row] ?? 0) * (places[row - 1] ?? 0)
    expect(Math.abs((product / rows) * 12)).toBeLessThan(4 / Math.sqrt(rows))
  }
  expect(await orderOf(1)).not.toEqual(await orderOf(2))
})
