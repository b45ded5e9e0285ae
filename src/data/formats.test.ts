import { gzipSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import type { ReadOptions } from '#core/dataset'
import { readingBench } from './reading-bench.testkit.ts'

const bench = await readingBench()

async function read(text: string | Uint8Array, told?: ReadOptions) {
  const { table, report } = await bench.readText(text, told)
  return {
    names: table.columns.map((column) => column.name),
    types: table.columns.map((column) => column.type),
    rows: await bench.rowsOf(table),
    repairs: Object.fromEntries(report.repairs.map((repair) => [repair.code, repair.count])),
    report,
    hash: table.hash,
  }
}

const refusal = (text: string | Uint8Array, told?: ReadOptions) =>
  bench.readText(text, told).then(
    () => 'read',
    (error: unknown) => (error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : String(error)),
  )

describe('a packed file', () => {
  it('is read like what is in it, whatever that is', async () => {
    const plain = await read('a;b\n1,5;x\n2,5;y\n')
    const packed = await read(gzipSync('a;b\n1,5;x\n2,5;y\n'))
    expect(packed.hash).toBe(plain.hash)
    expect(packed.repairs).toMatchObject({ unpacked: 1 })
    expect((await read(gzipSync('[{"a":1},{"a":2}]'))).rows).toEqual([[1], [2]])
  })

  it('is refused where it is damaged or packed twice', async () => {
    const bytes = gzipSync(`a,b\n${'1,2\n'.repeat(1_000)}`)
    expect(await refusal(bytes.subarray(0, bytes.length - 20))).toMatch(/^FILE_UNREADABLE.*gzip/)
    expect(await refusal(gzipSync(bytes))).toMatch(/^FILE_BINARY.*inside/)
  })
})

describe('JSON', () => {
  it('as an array of objects, names in the order in which they first come', async () => {
    const found = await read('[{"a": 1, "b": "x,\\"y\\"\\n"},\n {"c": null, "a": 2.5}, {"b": "", "c": true}]')
    expect(found).toMatchObject({
      names: ['a', 'b', 'c'],
      types: ['number', 'text', 'boolean'],
      rows: [[1, 'x,"y"\n', null], [2.5, null, null], [null, null, true]],
      report: { format: 'json', delimiter: null, header_row: null, rejected_rows: 0 },
    })
  })

  it('as one object a line, where a broken line costs only itself', async () => {
    const found = await read('{"id": "007", "n": 1}\n\n{"id": "008", "n": 2}\n{"id": "009", "n": \n{"id": "010", "n": 12345678901234567890}\n')
    expect(found).toMatchObject({
      rows: [['007', '1'], ['008', '2'], ['010', '12345678901234567890']],
      report: { format: 'ndjson', rejected_rows: 1, set_aside: { reasons: { junk_row: 1 } } },
    })
  })

  it('as rows by place, as columns by name, and inside an object', async () => {
    const rows = [[1, 'x'], [2, 'y']]
    expect(await read('[["a","b"],[1,"x"],[2,"y"]]')).toMatchObject({ names: ['a', 'b'], rows })
    expect(await read('["a","b"]\n[1,"x"]\n[2,"y"]\n')).toMatchObject({ names: ['a', 'b'], rows })
    expect(await read('{"a": [1, 2], "b": ["x", "y"]}')).toMatchObject({ names: ['a', 'b'], rows })
    expect(await read('{"a": {"0": 1, "1": 2}, "b": {"0": "x", "1": "y"}}')).toMatchObject({ names: ['a', 'b'], rows })
    expect(await read('{"columns": ["a", "b"], "index": [0, 1], "data": [[1, "x"], [2, "y"]]}')).toMatchObject({ names: ['a', 'b'], rows })
    expect(await read('{"page": 1, "items": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}')).toMatchObject({ names: ['a', 'b'], rows })
  })

  it('keeps rows that would be remarks, sums or headers in a text', async () => {
    const found = await read('[{"k": "k", "v": "v", "w": ""}, {"k": "Source: us"}, {"k": "Total", "v": 3}]')
    expect(found.rows).toEqual([['k', 'v', null], ['Source: us', null, null], ['Total', '3', null]])
  })

  it('writes nested values as text, and takes any name', async () => {
    const found = await read('[{"a": {"x": [1]}, "": 2, " b ": 3, "q\\"; --": 4, "__proto__": 5}]')
    expect(found.names).toEqual(['a', 'column_2', 'b', 'q"; --', '__proto__'])
    expect(found.rows).toEqual([['{"x":[1]}', 2, 3, 4, 5]])
    expect(found.repairs).toMatchObject({ nested: 1, header_empty: 1 })
  })

  it('is refused where it is broken or holds no row', async () => {
    expect(await refusal('[{"a": 1}, {"a": ]')).toMatch(/^FILE_UNREADABLE.*JSON/)
    expect(await refusal('[{"a": 1}')).toMatch(/^FILE_UNREADABLE.*end/)
    expect(await refusal('[{"a": 1}] [2]')).toMatch(/^FILE_UNREADABLE.*follows/)
    expect(await refusal('[{}]')).toMatch(/^FILE_/)
    expect(await refusal('{"a": 1}\nx\ny\nz\n')).toMatch(/^FILE_UNREADABLE.*3 lines of 4/)
  })
})

describe('a workbook', () => {
  const day = (text: string) => new Date(`${text}Z`)

  it('is read by its first table: types, titles and sums as in any file', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: 'Cover', rows: [['Sales of the year']] },
        {
          name: 'Data é',
          rows: [
            ['Report'],
            [],
            ['name', 'day', 'at', 'ok', 'zip', 'n'],
            ['a', day('2024-01-05T00:00:00'), day('2024-01-05T13:30:15'), true, '00123', 1.5],
            ['b', null, day('2024-01-06T00:00:00'), false, '#N/A', 12345678901],
            ['c', day('2024-02-29T00:00:00'), null, null, '456', 2],
            ['Total', null, null, null, null, 12345678904.5],
          ],
        },
      ],
    })
    const found = await read(bytes)
    expect(found.names).toEqual(['name', 'day', 'at', 'ok', 'zip', 'n'])
    expect(found.types).toEqual(['text', 'date', 'timestamp', 'boolean', 'text', 'number'])
    expect(found.rows).toEqual([
      ['a', '2024-01-05', '2024-01-05T13:30:15', true, '00123', 1.5],
      ['b', null, '2024-01-06T00:00:00', false, null, 12345678901],
      ['c', '2024-02-29', null, null, '456', 2],
    ])
    expect(found.report).toMatchObject({ format: 'xlsx', header_row: 1, skipped_rows: 1, rejected_rows: 1, options: { sheet: 'Data é', header_row: 1 } })
    expect(found.repairs).toMatchObject({ other_sheets: 1, error_cells: 1, total_rows: 1 })
    expect((await read(bytes, found.report.options)).hash).toBe(found.hash)
  })

  it('is read by the sheet that is told, and refused where it has none of that name', async () => {
    const sheets = ['one', 'two'].map((name) => ({ name, rows: [['x'], [name], [null], ['z']] }))
    const bytes = await writeXlsx({ sheets })
    expect((await read(bytes)).rows).toEqual([['one'], ['z']])
    expect((await read(bytes, { sheet: 'TWO' })).rows).toEqual([['two'], ['z']])
    expect(await refusal(bytes, { sheet: 'three' })).toMatch(/^FILE_UNREADABLE.*"one", "two"/)
  })

  it('is refused where it is damaged', async () => {
    const bytes = await writeXlsx({ sheets: [{ name: 's', rows: [['x'], [1]] }] })
    expect(await refusal(bytes.subarray(0, bytes.length / 2))).toMatch(/^FILE_UNREADABLE.*workbook/)
  })
})
