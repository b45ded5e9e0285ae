import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Table } from '#core/dataset'
import { sql } from '#core/sql'
import { dataBench, never, tableOf } from './data.testkit.ts'
import type { DataBench } from './data.testkit.ts'

let bench: DataBench

beforeAll(async () => {
  bench = await dataBench()
})

afterAll(() => bench.close())

async function csvOf(table: Table): Promise<string> {
  let text = ''
  for await (const piece of bench.reader.writeCsv(table, { signal: never })) text += piece
  return text
}

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`
}

/** Letters that make trouble, and any others. */
const nasty = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        'a',
        '1',
        ',',
        ';',
        '\t',
        '|',
        '"',
        '\n',
        '\r',
        '\r\n',
        ' ',
        "'",
        '\\',
        '\u001e',
        '\u001f',
        'é',
        '\u{1f600}',
        '\u2028',
        '\ufeff',
        '.',
        '-',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !text.includes('\0')),
)

describe('a table of any text', () => {
  it('written as RFC 4180 is read back equal, and so is what was written of that', async () => {
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(nasty, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
      )
    await fc.assert(
      fc.asyncProperty(tables, async (rows) => {
        const names = (rows[0] ?? []).map((_, i) => `name ${i}`)
        // A last row of letters keeps every column text, so that cells come back as they were written.
        const cells = [...rows, names.map(() => 'x')]
        const text = [names, ...cells].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
        const { table } = await bench.readText(text)
        const expected = cells.map((row) => row.map((cell) => cell.replace(/^\ufeff+/, '') || null))
        expect(table.columns.map((column) => column.name)).toEqual(names)
        expect(await bench.rowsOf(table)).toEqual(expected)
        expect((await bench.readText(await csvOf(table))).table).toEqual(table)
      }),
      { numRuns: 40 },
    )
  })

  it('of any numbers is read as JavaScript reads them', async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.double({ min: -1000, max: 1000, noNaN: true }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(number, { minLength: 1, maxLength: 30 }), async (numbers) => {
        const { table } = await bench.readText(
          `x,y\n${[0.5, ...numbers].map((each) => `${String(each).replace('e+', 'e')},a`).join('\n')}\n`,
        )
        expect((await bench.rowsOf(table)).map((row) => row[0])).toEqual([0.5, ...numbers.map((each) => each + 0)])
      }),
      { numRuns: 30 },
    )
  })
})

describe('the CSV of a table', () => {
  it('has display names, numbers as JavaScript prints them, and times as most files have them', async () => {
    const { table } = await bench.readText(
      'a,"b, c",d,e,f\n1.0,x,2024-01-01T10:00:00.500,TRUE,1e21\n-0.25,"say ""hi""",,,2\n',
    )
    expect(await csvOf(table)).toBe('a,"b, c",d,e,f\n1,x,2024-01-01 10:00:00.5,true,1e+21\n-0.25,"say ""hi""",,,2\n')
  })

  it('keeps a missing cell of a single column from being a blank line', async () => {
    const { table } = await bench.readText('a\nx\n""\ny\n')
    expect(await csvOf(table)).toBe('a\nx\n""\ny\n')
  })

  it('goes over gaps between row ids, and pages', async () => {
    const table = await tableOf(bench, sql`SELECT i * 1000 AS row_id, i AS c0 FROM range(500) AS r(i)`, [
      { id: 'c0', name: 'n', type: 'integer' },
    ])
    expect(await csvOf(table)).toBe(`n\n${Array.from({ length: 500 }, (_, i) => `${i}\n`).join('')}`)
  })
})
