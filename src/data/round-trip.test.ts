import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReadOptions } from '#core/dataset'
import type { Cell } from '#core/ports'
import { dataBench } from './data.testkit.ts'
import type { DataBench } from './data.testkit.ts'
import { arrayElements, filledLines } from './json-pieces.ts'

let bench: DataBench

beforeAll(async () => {
  bench = await dataBench()
})

afterAll(() => bench.close())

/** How a program may write a table. */
interface Dialect {
  readonly delimiter: ',' | ';' | '\t' | '|'
  readonly lineEnd: '\n' | '\r\n' | '\r'
  readonly allQuoted: boolean
  readonly lastEnd: boolean
  readonly encoding: NonNullable<ReadOptions['encoding']>
  readonly marked: boolean
  readonly decimal: '.' | ','
  readonly titles: number
  readonly packed: boolean
}

const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  allQuoted: fc.boolean(),
  lastEnd: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'),
  marked: fc.boolean(),
  decimal: fc.constantFrom('.', ','),
  titles: fc.constantFrom(0, 0, 1, 2),
  packed: fc.boolean(),
})

function encode(text: string, { encoding, marked, packed }: Dialect): Buffer {
  const mark = encoding === 'utf-8-bom' || (encoding.startsWith('utf-16') && marked) ? '\ufeff' : ''
  const wide = () => Buffer.from(mark + text, 'utf16le')
  const bytes =
    encoding === 'windows-1252' ? Buffer.from(text, 'latin1') : encoding === 'utf-16le' ? wide() : encoding === 'utf-16be' ? wide().swap16() : Buffer.from(mark + text)
  return packed ? gzipSync(bytes) : bytes
}

function write(rows: readonly (readonly string[])[], shape: Dialect): Buffer {
  const { delimiter, lineEnd, allQuoted, lastEnd, titles } = shape
  const field = (text: string) =>
    allQuoted || text === '' || /^\s|\s$/.test(text) || ['"', '\n', '\r', delimiter].some((mark) => text.includes(mark)) ? `"${text.replaceAll('"', '""')}"` : text
  const above = Array.from({ length: titles }, (_, i) => `Title ${i + 1}`)
  const lines = [...above, ...rows.map((row) => row.map(field).join(delimiter))]
  return encode(lines.join(lineEnd) + (lastEnd ? lineEnd : ''), shape)
}

const word = fc.string({ unit: fc.constantFrom(...'abcdeé äßxyz'), minLength: 0, maxLength: 12 }).map((text) => `w${text}w`)
const number = fc.integer({ min: -99_999, max: 99_999 }).map((whole) => whole / 16)

interface Row {
  readonly word: string
  readonly count: number
  readonly measure: number
  readonly code: string
  readonly day: string
}

const row: fc.Arbitrary<Row> = fc.record({
  word,
  count: fc.integer({ min: -5_000, max: 5_000 }),
  measure: number,
  code: fc.integer({ min: 0, max: 999 }).map((code) => `0${String(code).padStart(3, '0')}`),
  day: fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
})

describe('a written table', () => {
  it('is read as it was, in whatever dialect and encoding, and with its options again', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 3, maxLength: 12 }), dialect, async (rows, shape) => {
        // One of the numbers has a fraction of two digits, as any real column of prices has.
        const all = [{ word: 'wéw', count: 1, measure: 1.25, code: '0007', day: '2024-02-29' }, ...rows]
        const local = (value: number) => String(value).replace('.', shape.decimal)
        const lines = all.map(({ word: text, count, measure, code, day }) => [text, String(count), local(measure), code, day])
        const bytes = write([['größe', 'count', 'measure', 'code', 'day'], ...lines], shape)
        const { table, report } = await bench.readText(bytes)
        expect(table.columns.map(({ name, type }) => `${name} ${type}`)).toEqual(['größe text', 'count integer', 'measure number', 'code text', 'day date'])
        expect(await bench.rowsOf(table)).toEqual(all.map(({ word: text, count, measure, code, day }): Cell[] => [text, count, measure, code, day]))
        expect(report).toMatchObject({ encoding: shape.encoding, delimiter: shape.delimiter, header_row: shape.titles, rejected_rows: 0 })
        const again = await bench.readText(bytes, report.options)
        expect([again.table.hash, again.report]).toEqual([table.hash, report])
      }),
      { numRuns: 60 },
    )
  })

  it('keeps any text in any cell and any name where its dialect is told', { timeout: 240_000 }, async () => {
    const odd = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 10 }), fc.constantFrom('', 'Total', 'a;b,c|d\te', '"', '\r\n', ' x ', "'; drop table t; --", '🚲', 'select', 'NULL', 'x'.repeat(300)))
    const text = odd.map((cell) => cell.replaceAll(/[\0\ufeff]/g, '').toWellFormed())
    const names = fc.array(text, { minLength: 2, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(names, fc.array(fc.array(text, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 6 }), dialect, async (header, cells, shape) => {
        const told: ReadOptions = { encoding: 'utf-8', delimiter: shape.delimiter, header_row: 0 }
        const rows = cells.map((line, i) => [`k${i}`, ...line.slice(0, header.length), 'z'])
        const bytes = write([['key', ...header, 'end'], ...rows], { ...shape, encoding: 'utf-8', titles: 0, lineEnd: '\n' })
        const { table, report } = await bench.readText(bytes, told)
        expect(new Set(table.columns.map(({ name }) => name)).size).toBe(header.length + 2)
        expect(table.columns.every(({ name }) => name.trim() === name && name !== '')).toBe(true)
        expect(report.rejected_rows).toBe(0)
        const found = await bench.rowsOf(table)
        expect(found.map((line) => line.map((cell) => (cell === null ? '' : cell)))).toEqual(rows.map((line) => line.map((cell, i) => asStored(cell, table.columns[i]?.type ?? 'text'))))
      }),
      { numRuns: 80 },
    )
  })
})

function asStored(cell: string, type: string): Cell {
  return type === 'text' || cell === '' ? cell : type === 'boolean' ? cell.toLowerCase() === 'true' : Number(cell)
}

describe('JSON', () => {
  async function* cutInto(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(text)
    let at = 0
    for (let i = 0; at < bytes.length; i += 1) {
      const size = sizes[i % sizes.length] ?? 1
      yield bytes.subarray(at, at + size)
      at += size
    }
  }

  const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })
  // JSON has no negative zero.
  const value = fc.jsonValue({ maxDepth: 2 }).map((one): unknown => JSON.parse(JSON.stringify(one)))

  it('is the same however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 6 }), sizes, fc.boolean(), async (values, pieces, spaced) => {
        const array = JSON.stringify(values, null, spaced ? 2 : 0)
        expect((await Array.fromAsync(arrayElements(cutInto(array, pieces)))).map((text) => JSON.parse(text))).toEqual(values)
        const lines = values.map((one) => JSON.stringify(one)).join('\r\n\n')
        expect((await Array.fromAsync(filledLines(cutInto(lines, pieces)))).map((text) => JSON.parse(text))).toEqual(values)
      }),
      { numRuns: 200 },
    )
  })

  it('of any objects keeps every name and every text', { timeout: 240_000 }, async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((one) => one.replaceAll(/[\0\ufeff]/g, '').toWellFormed())
    const name = text.map((one) => `n${one}`.trim())
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(name, text.map((one) => `t${one}`), { maxKeys: 5 }), { minLength: 1, maxLength: 6 }), fc.boolean(), async (rows, asLines) => {
        fc.pre(rows.some((one) => Object.keys(one).length > 0))
        const written = asLines && rows.length > 1 ? rows.map((one) => JSON.stringify(one)).join('\n') : JSON.stringify(rows)
        const { table } = await bench.readText(written)
        const names = [...new Set(rows.flatMap((one) => Object.keys(one)))]
        expect(table.columns.map((column) => column.name)).toEqual(names)
        expect(await bench.rowsOf(table)).toEqual(rows.map((one) => names.map((key) => (Object.hasOwn(one, key) ? one[key] : null))))
      }),
      { numRuns: 60 },
    )
  })
})
