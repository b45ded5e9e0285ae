import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import { name, sql } from '#core/sql'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { fitSpec } from './compile-pipeline.ts'
import { guessDateFormat } from './date-format.ts'
import { near, storeRows } from './recorded-steps.testkit.ts'
import { readingsOf } from './text-dates.ts'
import { momentReader, momentSql } from './text-moment.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const columns = [{ id: 'c0', name: 'written', type: 'text' as const }, { id: 'c1', name: 'size', type: 'number' as const }]
const two = fc.integer({ min: 0, max: 32 }).map((value) => String(value))
const padded = fc.tuple(two, fc.boolean()).map(([text, pad]) => (pad ? text.padStart(2, '0') : text))
const year = fc.oneof(fc.constantFrom('1600', '1970', '2024', '2300', '24', '9999'), fc.integer({ min: 1670, max: 2270 }).map(String))
const mark = fc.constantFrom('-', '/', '.', ' ', '')
const clock = fc.tuple(fc.constantFrom('', '', ' ', 'T', '  '), padded, padded, padded, fc.constantFrom('', '.5', '.123456789'), fc.constantFrom('', '', ' PM', ' am', 'Z', '+02:00', ' -0130', '+14')).map(([before, hour, minute, second, fraction, after]) => (before === '' ? '' : `${before}${hour}:${minute}:${second}${fraction}${after}`))
const month = fc.constantFrom('Jan', 'feb', 'March', 'MAY', 'Sept', 'December')
const written = fc.oneof(
  fc.tuple(year, mark, padded, mark, padded, clock).map((parts) => parts.join('')), fc.tuple(padded, mark, padded, mark, year, clock).map((parts) => parts.join('')),
  fc.tuple(padded, mark, month, mark, year, clock).map((parts) => parts.join('')), fc.tuple(month, padded, year, clock).map(([name, day, of, at]) => `${name} ${day}, ${of}${at}`), fc.string({ maxLength: 12 }).filter((text) => text.isWellFormed() && !text.includes('\u0000')),
)
const formats = ['%Y-%m-%d', '%m/%d/%Y', '%d.%m.%Y %H:%M', '%Y%m%d', '%d-%b-%Y', '%B %d, %Y', '%Y-%m-%dT%H:%M:%S.%f', '%m/%d/%Y %I:%M:%S %p', '%d %B %Y']

test.each(formats)('SQL and JavaScript read the same moments out of texts by %s', async (format) => {
  const read = momentReader(readingsOf(format))
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 200, maxLength: 300 }), async (texts) => {
      const table = await storeRows(bench, columns, texts.map((text) => ({ written: text, size: 1 })))
      const rows = await bench.tools.data.query(sql`select ${momentSql(name('c0'), readingsOf(format))} as made from t order by row_id`, { tables: { t: table.hash }, signal: bench.tools.signal })
      expect(texts.flatMap((text, i) => (near(rows[i]?.made ?? null, read(text)) ? [] : [{ text, sql: rows[i]?.made, row: read(text) }]))).toEqual([])
    }),
    { numRuns: 3, seed: 20264 },
  )
})

test.each([
  ['01/02/2024', '%m/%d/%Y'], ['13/02/2024', '%d/%m/%Y'], ['29.02.2024 12:30', '%d.%m.%Y %H:%M'], ['2024-2-9', '%Y-%m-%d'], ['20240229', '%Y%m%d'], ['May 5, 2024', '%B %d, %Y'], ['2-Jan-2024 01:02:03', '%d-%b-%Y %H:%M:%S'],
  ['1/5/2024 1:05 PM', '%m/%d/%Y %I:%M %p'], ['01/02/24', null], ['31/02/2024', null], ['2024', null], ['Sept 3, 2024', null], ['12:30', null], ['a 2024-01-01', null],
])('%s is written in the format %s', (text, format) => {
  expect(guessDateFormat(text)).toBe(format)
})

describe('a column of texts', () => {
  const fitted = async (first: string) => {
    const table = await storeRows(bench, columns, [first, '03/04/2024', '12/31/2023'].map((text, i) => ({ written: text, size: i })))
    const step = { id: 'parts', type: 'DateTimeExtractTransformer', columns: ['written'], params: {} }
    return fitSpec({ version: '2.0', steps: [step] }, columns, { data: bench.tools.data, table: name('t'), tables: { t: table.hash }, signal: bench.tools.signal })
  }

  test('says how its dates were read', async () => {
    const { pipeline } = orThrow(await fitted('01/02/2024'))
    expect(pipeline.steps[0]?.describe(pipeline.output.at(-1)?.id ?? '')).toContain('day of written, read as %m/%d/%Y')
  })

  test.each([['01/02/24', 'begins with "01/02/24", which writes no date that is read'], ['some words', 'holds dates']])('that begins with %s is refused with the reason', async (first, words) => {
    const made = await fitted(first)
    expect(made.ok ? 'accepted' : made.refusal.message).toContain(words)
  })
})
