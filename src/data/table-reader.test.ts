import { describe, expect, it } from 'vitest'
import { dataBench } from './data.testkit.ts'
import { readingBench } from './reading-bench.testkit.ts'

const bench = await readingBench()

/** What a text is read as: names, types, rows, and the codes of what was mended. */
async function read(text: string | Uint8Array) {
  const { table, report } = await bench.readText(text)
  return {
    names: table.columns.map((column) => column.name),
    types: table.columns.map((column) => column.type),
    rows: await bench.rowsOf(table),
    repairs: Object.fromEntries(report.repairs.map((repair) => [repair.code, repair.count])),
    report,
    hash: table.hash,
  }
}

function refusal(text: string | Uint8Array) {
  return bench.readText(text).then(
    () => 'read',
    (error: unknown) => (error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : String(error)),
  )
}

describe('a file that is no table', () => {
  it('is refused by its first bytes, saying what it looks like', async () => {
    expect(await refusal(Buffer.from('PK\u0003\u0004....[Content_Types].xml xl/'))).toMatch(/^FILE_UNREADABLE.*Excel/)
    expect(await refusal(Buffer.from('PK\u0003\u0004....other.txt'))).toMatch(/^FILE_BINARY.*zip/)
    expect(await refusal(Buffer.from('%PDF-1.4 ...'))).toMatch(/^FILE_BINARY.*PDF/)
    expect(await refusal(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]))).toMatch(/^FILE_BINARY.*PNG/)
    expect(await refusal(Buffer.from('a,b\n1,\u00002\n'))).toMatch(/^FILE_BINARY.*NUL/)
    expect(await refusal('<!DOCTYPE html><html></html>')).toMatch(/^FILE_UNREADABLE.*web page/)
    expect(await refusal('PAR1 and then nothing of the kind')).toMatch(/^FILE_UNREADABLE.*Parquet/)
  })

  it('is refused when nothing is in it', async () => {
    expect(await refusal('')).toMatch(/^FILE_EMPTY/)
    expect(await refusal(' \r\n\n\t \n')).toMatch(/^FILE_EMPTY/)
    expect(await refusal('\ufeff\n')).toMatch(/^FILE_EMPTY/)
    expect(await refusal('a,b,c\n')).toMatch(/^FILE_HEADER_ONLY/)
    expect(await refusal('a,b,c')).toMatch(/^FILE_HEADER_ONLY/)
  })

  it('is refused with more than 5,000 columns', async () => {
    const header = Array.from({ length: 5_001 }, (_, i) => `n${i}`).join(',')
    expect(await refusal(`${header}\n${header}\n`)).toMatch(/^TOO_MANY_COLUMNS.*5001/)
  })
})

describe('encodings', () => {
  const text = 'név,város\nJosé,Köln\nZoë,“Łódź”\n'
  const rows = [
    ['José', 'Köln'],
    ['Zoë', '“Łódź”'],
  ]

  it('reads UTF-8 with and without a mark, and UTF-16 by its mark', async () => {
    const little = Buffer.from(`\ufeff${text}`, 'utf16le')
    for (const [bytes, encoding] of [
      [Buffer.from(text), 'utf-8'],
      [Buffer.from(`\ufeff${text}`), 'utf-8-bom'],
      [little, 'utf-16le'],
      [Buffer.from(little).swap16(), 'utf-16be'],
    ] as const) {
      const found = await read(bytes)
      expect([found.report.encoding, found.names, found.rows]).toEqual([encoding, ['név', 'város'], rows])
    }
  })

  it('reads what is no UTF-8 as windows-1252, and says so', async () => {
    const found = await read(Buffer.from('a,b\n\x80 5,caf\xe9\n', 'latin1'))
    expect(found.rows).toEqual([['€ 5', 'café']])
    expect(found.report.encoding).toBe('windows-1252')
    expect(found.repairs).toEqual({ encoding: 1 })
  })

  it('keeps UTF-8 where only a few bytes are broken', async () => {
    const found = await read(
      Buffer.concat([Buffer.from(`a,b\n${'é,ü\n'.repeat(20)}x`), Buffer.from([0xff]), Buffer.from(',y\n')]),
    )
    expect(found.rows.at(-1)).toEqual(['x\ufffd', 'y'])
    expect(found.repairs).toEqual({ damaged_text: 1 })
  })

  it('reads characters that pieces of the file cut in two', async () => {
    const found = await read(`a,b\n${'x'.repeat((1 << 18) - 5)}é,1\n`)
    expect(found.report.encoding).toBe('utf-8')
    expect(String(found.rows[0]?.[0]).endsWith('xé')).toBe(true)
  })
})

describe('delimiters', () => {
  it.each([
    [',', 'a,b,c\n1,2,3\n4,5,6\n'],
    ['\t', 'a\tb\tc\n1\t2\t3\n4\t5\t6\n'],
    [';', 'a;b;c\n1;2;3\n4;5;6\n'],
    ['|', 'a|b|c\n1|2|3\n4|5|6\n'],
  ])('finds %j', async (delimiter, text) => {
    const found = await read(text)
    expect([found.report.delimiter, found.names, found.rows]).toEqual([
      delimiter,
      ['a', 'b', 'c'],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ])
  })

  it('is not led astray by decimal commas, or by delimiters in quotes', async () => {
    expect((await read('a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n')).rows[0]).toEqual([1.5, 2.5, 3.5])
    expect((await read('a,b\n"x;y;z",1\n"x;y;z",2\n')).rows[0]).toEqual(['x;y;z', 1])
  })

  it('reads lines of prose as one column', async () => {
    const found = await read('comment\nGood, but slow\nBad, really, bad\nFine\n')
    expect(found.report.delimiter).toBeNull()
    expect(found.rows).toEqual([['Good, but slow'], ['Bad, really, bad'], ['Fine']])
  })

  it('follows the word of a first line sep=', async () => {
    const found = await read('sep=;\na;b\n1,5;x\n2,5;y\n')
    expect(found).toMatchObject({
      names: ['a', 'b'],
      rows: [
        [1.5, 'x'],
        [2.5, 'y'],
      ],
    })
  })

  it('reads a single column of numbers, the last line without a line end', async () => {
    expect(await read('x\n1\n2')).toMatchObject({ names: ['x'], types: ['integer'], rows: [[1], [2]] })
  })
})

describe('rows', () => {
  it('end in any way, mixed', async () => {
    expect((await read('a,b\r\n1,2\n3,4\r5,6')).rows).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
  })

  it('may hold line ends, quotes and delimiters in quotes', async () => {
    const found = await read('a,b\n"x\ny","say ""hi"""\n"\r\n",","\n')
    expect(found.rows).toEqual([
      ['x\ny', 'say "hi"'],
      ['\r\n', ','],
    ])
  })

  it('that are short are filled up; empty fields beyond the header go; longer rows are set aside', async () => {
    const found = await read('a,b,c\n1,2\n1,2,3\n1,2,3,,\n1,2,3,4\n5,6,7\n')
    expect(found.rows).toEqual([
      [1, 2, null],
      [1, 2, 3],
      [1, 2, 3],
      [5, 6, 7],
    ])
    expect(found.repairs).toEqual({ short_rows: 1, trailing_delimiters: 1, rejected_rows: 1 })
    expect(found.report.rejected_rows).toBe(1)
  })

  it('that are blank are passed over; empty rows of delimiters stay', async () => {
    const found = await read('a,b\n\n1,2\n   \n,\n3,4\n\n')
    expect(found.rows).toEqual([
      [1, 2],
      [null, null],
      [3, 4],
    ])
    expect(found.report.skipped_rows).toBe(3)
  })

  it('survive quotes that are not doubled, not closed, or stand amid text', async () => {
    expect((await read('a,b\n"He said "hi" to me",1\nx,2\n')).rows).toEqual([
      ['He said "hi" to me', 1],
      ['x', 2],
    ])
    expect((await read('a,b\n"never closed,1\nx,2\ny,3\n')).rows).toEqual([
      ['"never closed', 1],
      ['x', 2],
      ['y', 3],
    ])
    expect((await read('a,b\n5" disk,1\n"5" disk",2\n')).rows).toEqual([
      ['5" disk', 1],
      ['5" disk', 2],
    ])
    expect((await read('a,b\n "x, y" ,1\n')).rows).toEqual([['x, y', 1]])
  })

  it('in a file that is mostly too long for its header make it unreadable', async () => {
    expect(await refusal('a,b\n1,2\n1,2,3\n1,2,3,4\n1,2,3,4,5\n1,2,3,4,5,6\n1,2\n1,2,3,4,6\n')).toMatch(
      /^FILE_UNREADABLE/,
    )
  })
})

describe('headers', () => {
  it('are trimmed, never empty and unique', async () => {
    const found = await read(' a ,,a,a,column_2,"q""q; \u{1f600}"\n1,2,3,4,5,x\n')
    expect(found.names).toEqual(['a', 'column_2_2', 'a_2', 'a_3', 'column_2', 'q"q; \u{1f600}'])
    expect(found.repairs).toEqual({ header_trimmed: 1, header_empty: 1, header_repeated: 2 })
    expect((await read('a,"line\nend"\n1,2\n')).names).toEqual(['a', 'line\nend'])
  })

  it('may be missing where the first row is data', async () => {
    expect(await read('1,2\n3,4\n')).toMatchObject({
      names: ['column_1', 'column_2'],
      rows: [
        [1, 2],
        [3, 4],
      ],
      repairs: { no_header: 2 },
    })
    expect((await read('5.1,setosa\n4.9,setosa\n')).names).toEqual(['column_1', 'column_2'])
    expect((await read('39,State-gov,7\n50,Private,8\n38,State-gov,9\n')).names[0]).toBe('column_1')
  })

  it('may be years, or text over text', async () => {
    expect((await read('country,2019,2020\nFrance,1,2\nSpain,3,4\n')).names).toEqual(['country', '2019', '2020'])
    expect((await read('yes,no\nyes,yes\nno,no\n')).names).toEqual(['yes', 'no'])
  })

  it('may stand below titles', async () => {
    const found = await read('Sales report\nQuarter 1\n\nregion,total,share\nnorth,1,2\nsouth,3,4\n')
    expect(found).toMatchObject({
      names: ['region', 'total', 'share'],
      rows: [
        ['north', 1, 2],
        ['south', 3, 4],
      ],
      repairs: { title_rows: 2 },
    })
    expect(found.report.header_row).toBe(2)
    expect((await read('Report,,\n,,\nregion,total,share\nnorth,1,2\n')).names).toEqual(['region', 'total', 'share'])
  })

  it('may lack a name for the names of rows', async () => {
    expect(await read('x,y\nr1,1,2\nr2,3,4\n')).toMatchObject({
      names: ['column_1', 'x', 'y'],
      rows: [
        ['r1', 1, 2],
        ['r2', 3, 4],
      ],
      repairs: { row_names: 1 },
    })
  })
})

describe('types', () => {
  /** Of one column whose cells are these. */
  async function typed(...cells: string[]) {
    const found = await read(`x,y\n${cells.map((cell) => `${cell},z`).join('\n')}\n`)
    return [found.types[0], ...found.rows.map((row) => row[0])]
  }

  it('are those that every cell has', async () => {
    expect(await typed('1', '-20', '', '9007199254740992')).toEqual(['integer', 1, -20, null, 9007199254740992])
    expect(await typed('1', '2.5', '-1e3', '.5', '5.')).toEqual(['number', 1, 2.5, -1000, 0.5, 5])
    expect(await typed('true', 'FALSE', 'True')).toEqual(['boolean', true, false, true])
    expect(await typed('2024-02-29', '0099-01-01')).toEqual(['date', '2024-02-29', '0099-01-01'])
    expect(await typed('2024-02-29T23:59:59.5', '2024-01-01 00:00')).toEqual([
      'timestamp',
      '2024-02-29T23:59:59.5',
      '2024-01-01T00:00:00',
    ])
  })

  it('fall back to the untouched text where one cell differs', async () => {
    for (const odd of [
      '007',
      '+5',
      ' 5',
      '1,000',
      'NaN',
      'inf',
      '9007199254740993',
      '1e999',
      '0x10',
      '1_000',
      'NA',
      ' ',
      '5 ',
    ]) {
      expect(await typed('1', `"${odd}"`)).toEqual(['text', '1', odd])
    }
    expect(await typed('0.5', '12345678901234567890')).toEqual(['text', '0.5', '12345678901234567890'])
    expect(await typed('true', 'yes')).toEqual(['text', 'true', 'yes'])
    expect(await typed('2024-02-29', '2023-02-29')).toEqual(['text', '2024-02-29', '2023-02-29'])
    expect(await typed('2024-02-29', '2024-02-29 10:00:00')).toEqual(['text', '2024-02-29', '2024-02-29 10:00:00'])
    expect(await typed('2024-01-01 24:00:00', '2024-01-01 10:00:00')).toEqual([
      'text',
      '2024-01-01 24:00:00',
      '2024-01-01 10:00:00',
    ])
    expect(await typed('2024-01-01 10:00:00.1234567')).toEqual(['text', '2024-01-01 10:00:00.1234567'])
  })

  it('of times with a zone are UTC, and the report says so', async () => {
    const found = await read('t,x\n2024-01-01T10:00:00+02:00,a\n2024-01-01 10:00:00Z,b\n2024-01-01 10:00:00-05,c\n')
    expect(found.rows.map((row) => row[0])).toEqual([
      '2024-01-01T08:00:00',
      '2024-01-01T10:00:00',
      '2024-01-01T15:00:00',
    ])
    expect(found.repairs).toEqual({ time_zone: 1 })
  })

  it('of a column without any value is text', async () => {
    expect(await read('a,b\n,1\n"",2\n')).toMatchObject({
      types: ['text', 'integer'],
      rows: [
        [null, 1],
        [null, 2],
      ],
    })
  })

  it('look at every row: one odd cell far down keeps the text', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => (i === 29_999 ? 'x,1' : `${i},1`))
    const { table } = await bench.readText(`a,b\n${rows.join('\n')}\n`)
    expect(table.columns.map((column) => column.type)).toEqual(['text', 'integer'])
    expect(table.rows).toBe(30_000)
  })
})

describe('reading', () => {
  it('gives the same bytes for the same file, whatever the number of threads', async () => {
    const text = `a,b,c\n${Array.from({ length: 200_000 }, (_, i) => `${i % 1000},w${i % 77},${i / 8}`).join('\n')}\n`
    const first = await bench.readText(text)
    const other = await dataBench({ threads: 4 })
    expect((await other.readText(text)).table).toEqual(first.table)
    await other.close()
  })

  it('ends at an abort and leaves no file', async () => {
    const { table } = await bench.readText('a,b\n1,2\n')
    expect(table.rows).toBe(1)
    const abort = new AbortController()
    const path = `${bench.folder}/upload-1`
    const reading = bench.reader.read({ path, fileName: 'x.csv' }, { signal: abort.signal })
    abort.abort(new Error('no longer wanted'))
    await expect(reading).rejects.toThrow('no longer wanted')
  })
})
