import { describe, expect, it } from 'vitest'
import type { ReadOptions } from '#core/dataset'
import { readingBench } from './reading-bench.testkit.ts'

const bench = await readingBench()

async function read(text: string | Uint8Array, told?: ReadOptions) {
  const { table, report } = await bench.readText(text, told)
  const aside = report.set_aside === null ? '' : await bench.blobText(report.set_aside.hash)
  return {
    table,
    names: table.columns.map((column) => column.name),
    types: table.columns.map((column) => column.type),
    rows: await bench.rowsOf(table),
    repairs: Object.fromEntries(report.repairs.map((repair) => [repair.code, repair.count])),
    aside: aside.split('\n').slice(1, -1),
    report,
    hash: table.hash,
  }
}

const body = Array.from({ length: 30 }, (_, i) => `r${i},${i % 3},${i + 1}`)
const sum = (30 * 31) / 2

describe('UTF-16 without a mark', () => {
  it('is known by its zeros, in either order, whatever the script', async () => {
    for (const text of ['a,b\n1,x\n2,y\n', 'имя,возраст\nИван Петров,41\nОльга,37\n', '名前,年\n太郎,41\n花子,37\n']) {
      const little = Buffer.from(text, 'utf16le')
      expect((await read(little)).report.encoding).toBe('utf-16le')
      const big = await read(Buffer.from(little).swap16())
      expect([big.report.encoding, big.names]).toEqual(['utf-16be', text.split('\n')[0]?.split(',')])
    }
  })

  it('is not seen in bytes that are no text', async () => {
    const bytes = Buffer.alloc(4_000)
    for (let i = 0; i < bytes.length; i += 2) bytes[i] = (i * 7) % 251
    await expect(bench.readText(bytes)).rejects.toMatchObject({ code: 'FILE_BINARY' })
    await expect(bench.readText(Buffer.from('a,b\n1,\u00002\n\n'))).rejects.toMatchObject({ code: 'FILE_BINARY' })
  })
})

describe('rows that are none of the table', () => {
  it('the header, wherever it comes again', async () => {
    const found = await read(`k,g,v\n${body.slice(0, 10).join('\n')}\nk,g,v\n${body.slice(10).join('\n')}\nk,g,v\n`)
    expect(found).toMatchObject({ types: ['text', 'integer', 'integer'], repairs: { repeated_headers: 2 } })
    expect(found.rows).toHaveLength(30)
    expect(found.aside).toEqual(['12,repeated_header,"k,g,v"', '33,repeated_header,"k,g,v"'])
  })

  it('sums at the end and between', async () => {
    const half = (10 * 11) / 2
    const text = `k,g,v\n${body.slice(0, 10).join('\n')}\nSubtotal,,${half}\n${body.slice(10).join('\n')}\nSubtotal,,${sum - half}\nGrand total,,${sum}\n`
    const found = await read(text)
    expect(found.rows.map((row) => row[2])).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect(found.repairs).toEqual({ total_rows: 3 })
    expect(found.report.rejected_rows).toBe(3)
    expect(found.aside[0]).toBe('12,total_row,"Subtotal,,55"')
  })

  it('sums in the notation of the file', async () => {
    const found = await read('ort;betrag\nKöln;1.200,50\nBonn;800,25\nSumme;2.000,75\n')
    expect(found).toMatchObject({ types: ['text', 'number'], rows: [['Köln', 1200.5], ['Bonn', 800.25]], repairs: { total_rows: 1, decimal_comma: 1 } })
  })

  it('remarks and empty rows at the end', async () => {
    const found = await read(`k,g,v\n${body.join('\n')}\n,,\nSource: the office of counting\n"* revised, see note 3",,\n`)
    expect(found.rows).toHaveLength(30)
    expect(found.types).toEqual(['text', 'integer', 'integer'])
    expect(found.report.set_aside).toMatchObject({ rows: 3, reasons: { junk_row: 3 } })
  })

  it('lines of words without any delimiter between rows', async () => {
    const found = await read(`k,g,v\n${body.slice(0, 5).join('\n')}\nRegion of the north\n${body.slice(5).join('\n')}\n`)
    expect(found.rows).toHaveLength(30)
    expect(found.aside).toEqual(['7,junk_row,Region of the north'])
  })

  it('leave the types of columns as they are without them', async () => {
    const found = await read(`year,g,v\n${body.map((row, i) => `${2000 + i},${row.slice(row.indexOf(',') + 1)}`).join('\n')}\n"Note:\nall of it",,\nTotal,,${sum}\n`)
    expect(found.types).toEqual(['integer', 'integer', 'integer'])
    expect(found.rows).toHaveLength(30)
  })
})

describe('a delimiter at the end of each line', () => {
  it('makes no column, unless there is a name or a value', async () => {
    const found = await read('a;b;;\n1;2;;\n3;4;;\n')
    expect([found.names, found.rows, found.repairs]).toEqual([['a', 'b'], [[1, 2], [3, 4]], { trailing_delimiters: 2 }])
    expect((await read('a;b;\n1;2;\n3;4;5\n')).names).toEqual(['a', 'b', 'column_3'])
    expect((await read('a;;c\n1;;\n3;;\n')).names).toEqual(['a', 'column_2', 'c'])
  })
})

describe('rows of the table', () => {
  it('may be called total, as a value among others', async () => {
    const brands = ['Shell', 'Total', 'BP', 'Total']
    const found = await read(`brand,price\n${Array.from({ length: 40 }, (_, i) => `${brands[i % 4]},${i + 7}`).join('\n')}\n`)
    expect(found.rows).toHaveLength(40)
    expect(found.report.set_aside).toBeNull()
  })

  it('may be empty in the middle, be short, or hold one name of two words', async () => {
    const found = await read('name,a,b\nAnna Weber,1,2\n,,\nJohn Smith,3,4\n5,6\nMary Jones,,\n')
    expect(found.rows).toHaveLength(5)
    expect(found.report.rejected_rows).toBe(0)
  })

  it('are all there where every one is odd', async () => {
    expect((await read('a,b\n,\n,\n')).rows).toEqual([[null, null], [null, null]])
    expect((await read('a,b\nTotal,1\n')).rows).toEqual([['Total', 1]])
  })

  it('may hold the name of their only column', async () => {
    expect((await read('word\ncat\nword\ndog\n')).rows).toEqual([['cat'], ['word'], ['dog']])
  })
})

describe('a first row of words', () => {
  it('is data where its words come again and again', async () => {
    const rows = Array.from({ length: 24 }, (_, i) => `${['low', 'high'][i % 2]},${['red', 'blue', 'green'][i % 3]},n${i}`)
    expect((await read(`${rows.join('\n')}\n`)).names).toEqual(['column_1', 'column_2', 'column_3'])
    expect((await read(`level,colour,name\n${rows.join('\n')}\n`)).names).toEqual(['level', 'colour', 'name'])
  })
})

describe('numbers', () => {
  async function column(...cells: string[]) {
    const found = await read(`k;x\n${cells.map((cell) => `k;${cell}`).join('\n')}\n`)
    return [found.types[1], ...found.rows.map((row) => row[1])]
  }

  it('with decimal commas and points or blanks between thousands', async () => {
    expect(await column('1,5', '-0,25', '', ',5', '1000')).toEqual(['number', 1.5, -0.25, null, 0.5, 1000])
    expect(await column('1.234,5', '12', '1.234.567,25')).toEqual(['number', 1234.5, 12, 1234567.25])
    expect(await column('1 234,50', '7,1')).toEqual(['number', 1234.5, 7.1])
    expect(await column('1.234.567', '12')).toEqual(['number', 1234567, 12])
  })

  it('with commas between thousands', async () => {
    expect(await column('1,234.5', '12')).toEqual(['number', 1234.5, 12])
    expect(await column('1,234,567', '-12,345')).toEqual(['number', 1234567, -12345])
  })

  it('that read both ways stay text, unless another column or the reader of the file tells', async () => {
    const text = 'a;b\n1,234;x\n2,500;y\n'
    const open = await read(text)
    expect([open.types[0], open.repairs, open.report.options.decimal]).toEqual(['text', { ambiguous_numbers: 1 }, undefined])
    expect((await read(text, { decimal: ',' })).rows.map((row) => row[0])).toEqual([1.234, 2.5])
    expect((await read(text, { decimal: '.' })).rows.map((row) => row[0])).toEqual([1234, 2500])
    const beside = await read('a;b\n1,234;0,5\n2,500;1,5\n')
    expect([beside.rows[0], beside.report.options.decimal]).toEqual([[1.234, 0.5], ','])
  })

  it('with points before three digits are thousands where the file has decimal commas', async () => {
    const found = await read('a;b;c\n1.234;0,5;1.5\n56.000;1,5;2.5\n')
    expect(found.rows).toEqual([[1234, 0.5, 1.5], [56000, 1.5, 2.5]])
    expect(found.repairs).toEqual({ decimal_comma: 1, thousands_point: 1 })
  })

  it('with points before three digits alone are read plainly, with a word where the file is cut as European ones are', async () => {
    expect((await read('a,b\n1.234,x\n2.500,y\n')).repairs).toEqual({})
    const open = await read('a;b\n1.234;x\n12;y\n')
    expect([open.rows[0]?.[0], open.repairs]).toEqual([1.234, { ambiguous_points: 1 }])
    expect((await read('a;b\n1.234;x\n12;y\n', { decimal: ',' })).rows[0]?.[0]).toBe(1234)
  })

  it('with leading zeros, percent, currency, units, or two notations stay text', async () => {
    for (const odd of ['007,5', '5 %', '€5,00', '5,0 kg', '1.5', '1,23,45', '12,34.5', '1.23,4', ',', '-', '1,']) {
      expect(await column('1,5', odd)).toEqual(['text', '1,5', odd])
    }
    expect(await column('612 345 678', '600 111 222')).toEqual(['text', '612 345 678', '600 111 222'])
  })
})

describe('dates', () => {
  async function column(...cells: string[]) {
    const found = await read(`k,x\n${cells.map((cell) => `k,${cell}`).join('\n')}\n`)
    return [found.types[1], found.table.columns[1]?.notation, ...found.rows.map((row) => row[1])]
  }

  it('are read in the order that one of them shows', async () => {
    expect(await column('1/2/2024', '25/12/2024', '')).toEqual(['date', 'day_first', '2024-02-01', '2024-12-25', null])
    expect(await column('1/2/2024', '12/25/2024')).toEqual(['date', 'month_first', '2024-01-02', '2024-12-25'])
    expect(await column('01.02.2024', '3.4.2024')).toEqual(['date', 'day_first', '2024-02-01', '2024-04-03'])
    expect(await column('2024/1/5', '2024/12/31')).toEqual(['date', 'year_first', '2024-01-05', '2024-12-31'])
    expect(await column('25-12-2024 9:05', '01-02-2024 23:59:58')).toEqual(['timestamp', 'day_first', '2024-12-25T09:05:00', '2024-02-01T23:59:58'])
  })

  it('that show no order are asked about', async () => {
    const text = 'a,b\n1/2/2024,x\n3/4/2024,y\n'
    const open = await read(text)
    expect([open.types[0], open.repairs, open.rows[0]?.[0]]).toEqual(['text', { ambiguous_dates: 1 }, '1/2/2024'])
    const told = await read(text, { date_order: 'month_first' })
    expect([told.rows[0]?.[0], told.report.options.date_order]).toEqual(['2024-01-02', 'month_first'])
    const beside = await read('a,b\n1/2/2024,25/12/2024\n3/4/2024,1/1/2024\n')
    expect([beside.rows[0], beside.report.options.date_order]).toEqual([['2024-02-01', '2024-12-25'], 'day_first'])
  })

  it('that are none, or in two orders, stay text', async () => {
    for (const odd of ['31/31/2024', '30/2/2023', '1/2/24', '1/2', '25/12/2024 24:00', '1-2/2024', '1.2.3', '12/25/2024']) {
      expect(await column('25/12/2024', odd)).toEqual(['text', undefined, '25/12/2024', odd])
    }
  })
})

describe('options', () => {
  it('of the report read the same bytes the same again', async () => {
    const texts = [
      'a;b\n1,5;x\n2,5;y\n',
      'd,e\n1/2/2024,13/2/2024\n2/3/2024,4/4/2024\n',
      'Report\n\nk\tv\n1\t2\n3\t4\nSource: us\n',
      '1|2\n3|4\n5|6\n',
      'just\nsome words\n',
      Buffer.from('n,o\ncaf\xe9,1\n', 'latin1'),
      Buffer.from('a,b\n1,2\n', 'utf16le'),
    ]
    for (const text of texts) {
      const first = await read(text)
      const again = await read(text, first.report.options)
      expect(again.hash).toBe(first.hash)
      expect({ ...again.report, repairs: [] }).toEqual({ ...first.report, repairs: [] })
    }
  })

  it('are followed against what the file looks like', async () => {
    const text = 'a;b,c\n1;2,3\n4;5,6\n'
    expect((await read(text, { delimiter: ';' })).names).toEqual(['a', 'b,c'])
    expect((await read(text, { delimiter: ',', header_row: null })).rows).toHaveLength(3)
    expect((await read(text, { delimiter: null })).rows).toEqual([['1;2,3'], ['4;5,6']])
    expect((await read('t1,t2\na,b\n1,2\n', { header_row: 1 })).names).toEqual(['a', 'b'])
    expect((await read(Buffer.from('a\n\xe9\n', 'latin1'), { encoding: 'utf-8' })).rows).toEqual([['\ufffd']])
    expect((await read('a\né\n', { encoding: 'windows-1252' })).rows).toEqual([['Ã©']])
  })
})
