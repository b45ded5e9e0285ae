import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { name } from '#core/sql'
import { dataBench, never } from './data.testkit.ts'
import type { DataBench } from './data.testkit.ts'

let bench: DataBench
let files = 0

beforeAll(async () => {
  bench = await dataBench()
})

afterAll(() => bench.close())

async function read(query: string) {
  files += 1
  const path = join(bench.folder, `made-${files}.parquet`)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`)
  connection.closeSync()
  instance.closeSync()
  const { table, report } = await bench.readFile(path)
  expect(await bench.temporaryFiles()).toEqual([])
  return {
    columns: table.columns.map((column) => `${column.name}:${column.type}`),
    rows: table.rows < 1_000 ? await bench.rowsOf(table) : [],
    repairs: report.repairs.map((repair) => `${repair.code}:${repair.count}`),
    table,
  }
}

describe('a Parquet file', () => {
  it('keeps its plain types', async () => {
    const found =
      await read(`SELECT 1::TINYINT AS a, 2::UINTEGER AS b, 3::BIGINT AS c, 1.5::FLOAT AS d, 2.25::DECIMAL(10,2) AS e, 7::DECIMAL(10,0) AS f,
      true AS g, DATE '2024-02-29' AS h, TIMESTAMP '2024-02-29 10:00:00.5' AS i, TIMESTAMP_S '2024-02-29 10:00:00' AS j, '' AS k`)
    expect(found.columns).toEqual([
      'a:integer',
      'b:integer',
      'c:integer',
      'd:number',
      'e:number',
      'f:integer',
      'g:boolean',
      'h:date',
      'i:timestamp',
      'j:timestamp',
      'k:text',
    ])
    expect(found.rows).toEqual([
      [1, 2, 3, 1.5, 2.25, 7, true, '2024-02-29', '2024-02-29T10:00:00.5', '2024-02-29T10:00:00', ''],
    ])
    expect(found.repairs).toEqual([])
  })

  it('has its other types written as text', async () => {
    const found = await read(
      `SELECT '6b2f3e1c-0d4a-4f6e-9d3b-1a2b3c4d5e6f'::UUID AS a, 'x'::ENUM('x', 'y') AS b, TIME '10:00:00' AS c, [1, 2] AS d, {'k': 'v'} AS e, 'text'::BLOB AS f, '\\xFF'::BLOB AS g`,
    )
    expect(found.columns.every((column) => column.endsWith(':text'))).toBe(true)
    expect(found.rows).toEqual([
      ['6b2f3e1c-0d4a-4f6e-9d3b-1a2b3c4d5e6f', 'x', '10:00:00', '[1,2]', '{"k":"v"}', 'text', 'FF'],
    ])
  })

  it('loses nothing in silence', async () => {
    const found = await read(
      `SELECT * FROM (VALUES (9007199254740993, 'nan'::DOUBLE, TIMESTAMPTZ '2024-01-01 10:00:00+02'), (1, 1.5, NULL)) AS r(a, b, c)`,
    )
    expect(found.columns).toEqual(['a:text', 'b:number', 'c:timestamp'])
    expect(found.rows).toEqual([
      ['9007199254740993', null, '2024-01-01T08:00:00'],
      ['1', 1.5, null],
    ])
    expect(found.repairs).toEqual(['large_integers:1', 'not_finite:1', 'time_zone:1'])
  })

  it('keeps the order of its rows, and takes any names', async () => {
    const found = await read(
      `SELECT (i * 7919) % 300007 AS row_id, i AS "c0", i AS " file_row_number" FROM range(300000) AS r(i)`,
    )
    expect(found.columns).toEqual(['row_id:integer', 'c0:integer', 'file_row_number:integer'])
    const [order] = await bench.engine.columns(
      { table: found.table.hash, columns: [{ kind: 'numeric', expression: name('c1') }] },
      { signal: never },
    )
    expect(order?.kind === 'numeric' && order.values.every((value, i) => value === i)).toBe(true)
  })

  it('without rows is refused', async () => {
    await expect(read('SELECT 1 AS a WHERE false')).rejects.toMatchObject({ code: 'FILE_HEADER_ONLY' })
  })
})
