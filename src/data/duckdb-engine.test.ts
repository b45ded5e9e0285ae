import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Column, Table } from '#core/dataset'
import { name, sql } from '#core/sql'
import { dataBench, never, tableOf } from './data.testkit.ts'
import type { DataBench } from './data.testkit.ts'

let bench: DataBench
let table: Table

const columns: Column[] = [
  { id: 'c0', name: 'whole', type: 'integer' },
  { id: 'c1', name: 'half', type: 'number' },
  { id: 'c2', name: 'word', type: 'text' },
  { id: 'c3', name: 'day', type: 'date' },
  { id: 'c4', name: 'moment', type: 'timestamp' },
  { id: 'c5', name: 'flag', type: 'boolean' },
]

beforeAll(async () => {
  bench = await dataBench()
  table = await tableOf(
    bench,
    sql`SELECT * FROM (VALUES
      (1, 2, 0.5, 'b', DATE '2024-02-29', TIMESTAMP '2024-02-29 12:30:00.25', true),
      (0, 10, 1.0, 'a', DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59', false),
      (2, NULL, NULL, NULL, NULL, NULL, NULL)) AS rows(row_id, c0, c1, c2, c3, c4, c5)`,
    columns,
  )
})

afterAll(() => bench.close())

function options() {
  return { signal: never, tables: { t: table.hash } }
}

describe('query', () => {
  it('answers plain cells: numbers, ISO dates, missing', async () => {
    expect(await bench.engine.query(sql`SELECT * FROM t ORDER BY row_id`, options())).toEqual([
      { row_id: 0, c0: 10, c1: 1, c2: 'a', c3: '1969-12-31', c4: '1969-12-31T23:59:59', c5: false },
      { row_id: 1, c0: 2, c1: 0.5, c2: 'b', c3: '2024-02-29', c4: '2024-02-29T12:30:00.25', c5: true },
      { row_id: 2, c0: null, c1: null, c2: null, c3: null, c4: null, c5: null },
    ])
    expect(
      await bench.engine.query(
        sql`SELECT sum(c0) AS huge, 1.5::DECIMAL(4,1) AS d, 'nan'::DOUBLE AS n FROM t`,
        options(),
      ),
    ).toEqual([{ huge: 12, d: 1.5, n: null }])
  })

  it('takes values as parameters, whatever is in them', async () => {
    const text = `'; DROP TABLE t; -- "`
    const [row] = await bench.engine.query(
      sql`SELECT ${text} AS a, ${7} AS b, ${0.5} AS c, ${true} AS d, ${null} AS e, ${2n ** 70n} AS f FROM t LIMIT ${1}`,
      options(),
    )
    expect(row).toEqual({ a: text, b: 7, c: 0.5, d: true, e: null, f: 2 ** 70 })
  })

  it('sees tables under any name, and only its own', async () => {
    const odd = 'a "b"; c'
    expect(
      await bench.engine.query(sql`SELECT count(*) AS n FROM ${name(odd)}`, {
        signal: never,
        tables: { [odd]: table.hash },
      }),
    ).toEqual([{ n: 3 }])
    await expect(bench.engine.query(sql`SELECT count(*) FROM t`, { signal: never, tables: {} })).rejects.toThrow(
      /does not exist/,
    )
  })

  it('refuses an answer of more than 100,000 rows', async () => {
    await expect(
      bench.engine.query(sql`SELECT * FROM range(100001)`, { signal: never, tables: {} }),
    ).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it('refuses what is no SELECT, other files and changes of settings', async () => {
    await expect(bench.engine.query(sql`CREATE TABLE x AS SELECT 1`, options())).rejects.toThrow(/expected a SELECT/)
    await expect(bench.engine.query(sql`COPY (SELECT 1) TO 'x.csv'`, options())).rejects.toThrow(/disabled/)
    await expect(bench.engine.query(sql`SET threads = 8`, options())).rejects.toThrow()
    await expect(bench.engine.query(sql`SELECT 1; SELECT 2`, options())).rejects.toThrow()
    await expect(bench.engine.query(sql`SELECT * FROM read_text('/etc/passwd')`, options())).rejects.toThrow(/disabled/)
    const climbing = join(bench.folder, 'temporary', '..', '..', 'x.csv')
    await expect(bench.engine.query(sql`SELECT * FROM read_csv(${climbing})`, options())).rejects.toThrow(/disabled/)
  })
})

describe('an abort', () => {
  const endless = sql`SELECT count(*) AS n FROM range(100000000000) AS a(i) WHERE sin(i) > 2`

  it('ends a running query with its reason, and the queue goes on', async () => {
    const abort = new AbortController()
    const running = Array.from({ length: 3 }, () => bench.engine.query(endless, { signal: abort.signal, tables: {} }))
    const waiting = bench.engine.query(endless, { signal: abort.signal, tables: {} })
    const after = bench.engine.query(sql`SELECT 1 AS n`, { signal: never, tables: {} })
    setTimeout(() => abort.abort(new Error('cancelled')), 50)
    const start = performance.now()
    for (const each of [...running, waiting]) await expect(each).rejects.toThrow('cancelled')
    expect(await after).toEqual([{ n: 1 }])
    expect(performance.now() - start).toBeLessThan(3_000)
  })

  it('is not lost when it comes at any moment of the start', async () => {
    for (let turns = 0; turns < 30; turns += 1) {
      const abort = new AbortController()
      const running = bench.engine.query(endless, { signal: abort.signal, tables: { t: table.hash } })
      const ended = expect(running).rejects.toThrow('cancelled')
      for (let turn = 0; turn < turns; turn += 1) await setImmediate()
      abort.abort(new Error('cancelled'))
      await ended
    }
  })

  it('given before the start runs nothing', async () => {
    await expect(
      bench.engine.query(sql`SELECT 1`, { signal: AbortSignal.abort(new Error('early')), tables: {} }),
    ).rejects.toThrow('early')
  })
})

describe('closing', () => {
  it('ends what is running, and takes nothing more', async () => {
    const other = await dataBench()
    const running = other.engine.query(sql`SELECT count(*) FROM range(100000000000) AS a(i) WHERE sin(i) > 2`, {
      signal: never,
      tables: {},
    })
    const ended = expect(running).rejects.toThrow('closed')
    await other.engine.close()
    await ended
    await expect(other.engine.query(sql`SELECT 1`, { signal: never, tables: {} })).rejects.toThrow('closed')
    await other.close()
  })
})

describe('materialise', () => {
  it('orders by row id and keeps the types', async () => {
    const copy = await bench.engine.materialise(
      { query: sql`SELECT * FROM t ORDER BY c2`, tables: { t: table.hash }, columns },
      { signal: never },
    )
    expect(copy).toEqual(table)
  })

  it('takes parameters, and keeps row ids as they are', async () => {
    const part = await bench.engine.materialise(
      {
        query: sql`SELECT row_id, c0 * ${2} AS c7 FROM t WHERE c0 = ${2}`,
        tables: { t: table.hash },
        columns: [{ id: 'c7', name: 'x', type: 'number' }],
      },
      { signal: never },
    )
    expect(await bench.engine.query(sql`SELECT * FROM p`, { signal: never, tables: { p: part.hash } })).toEqual([
      { row_id: 1, c7: 4 },
    ])
    expect(part.rows).toBe(1)
  })

  it('gives equal rows equal bytes, whatever the number of threads', async () => {
    const query = sql`SELECT i AS row_id, (i * 7919) % 100003 AS c0, sin(i) AS c1, 'x' || (i * 31) % 500 AS c2 FROM range(300000) AS r(i) ORDER BY c0`
    const wanted: Column[] = [...columns.slice(0, 3)]
    const hashes = new Set<string>()
    for (const threads of [1, 2, 4]) {
      const other = await dataBench({ threads })
      hashes.add((await tableOf(other, query, wanted)).hash)
      hashes.add((await tableOf(other, query, wanted)).hash)
      expect(await other.temporaryFiles()).toEqual([])
      await other.close()
    }
    expect(hashes.size).toBe(1)
  })

  it('leaves nothing behind when it fails', async () => {
    await expect(
      tableOf(bench, sql`SELECT 1 AS row_id, 'x' AS c0`, [{ id: 'c0', name: 'x', type: 'number' }]),
    ).rejects.toThrow()
    expect(await bench.temporaryFiles()).toEqual([])
  })
})
