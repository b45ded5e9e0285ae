import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

const folder = mkdtempSync(join(tmpdir(), 'signalbox-inspect-test-'))
const scratch = join(folder, 'scratch')
const fileOf = (name: string) => join(folder, name)

/** As the command promises it, to the letter. */
const inspectionSchema = z.strictObject({
  rows: z.int(),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(['numeric', 'categorical', 'boolean', 'datetime', 'text', 'identifier', 'constant']),
      missing: z.int(),
      distinct: z.int(),
    }),
  ),
  read: z.strictObject({
    encoding: z.string(),
    delimiter: z.string().nullable(),
    header_row: z.int().nullable(),
    skipped_rows: z.int(),
    rejected_rows: z.int(),
  }),
  issues: z.array(
    z.strictObject({
      code: z.string(),
      column: z.string(),
      severity: z.enum(['error', 'warn', 'info']),
      count: z.int(),
      detail: z.string(),
      step: z.looseObject({ type: z.string(), params: z.record(z.string(), z.unknown()) }).optional(),
    }),
  ),
})

function run(...given: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: scratch }
    execFile(process.execPath, ['bin/signalbox.js', 'inspect', ...given], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err })
    })
  })
}

async function inspect(...given: string[]) {
  const { code, out, err } = await run(...given, '--json')
  expect({ code, err, lines: out.split('\n').length }).toEqual({ code: 0, err: '', lines: 2 })
  return inspectionSchema.parse(JSON.parse(out))
}

function writeTables(): void {
  const rows = Array.from({ length: 60 }, (_, i) => `K${i}x;${i % 4},5;${i % 7 === 0 ? '?' : i * 3};${['a', 'b', 'c'][i % 3]};${i % 2 === 0};2024-01-${String((i % 28) + 1).padStart(2, '0')};same`)
  const text = ['A report', 'key;price;stock;kind;on;day;all', ...rows, 'Source: made up', ''].join('\n')
  writeFileSync(fileOf('report.csv'), Buffer.from(text, 'utf16le'))
  writeFileSync(fileOf('two.csv'), 'a;b,c\n1;2,3\n4;5,7\n')
  writeFileSync(fileOf('empty.csv'), '')
  writeFileSync(fileOf('binary.csv'), Buffer.from([1, 0, 2, 0, 0, 3]))
  writeFileSync(fileOf('header.csv'), 'a,b\n')
}

beforeAll(() => {
  mkdirSync(scratch)
  writeTables()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('one JSON line tells how a file was read, what its columns hold and what is wrong with them', { timeout: 60_000 }, async () => {
  const aside = fileOf('aside.csv')
  const found = await inspect(fileOf('report.csv'), '--target', 'kind', '--set-aside', aside)
  expect(found.rows).toBe(60)
  expect(found.read).toEqual({ encoding: 'utf-16le', delimiter: ';', header_row: 1, skipped_rows: 1, rejected_rows: 1 })
  expect(found.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'key identifier',
    'price numeric',
    'stock numeric',
    'kind categorical',
    'on boolean',
    'day datetime',
    'all constant',
  ])
  expect(found.columns[1]).toMatchObject({ missing: 0, distinct: 4 })
  expect(found.issues.map(({ code, column }) => `${code} ${column}`)).toEqual(expect.arrayContaining(['numeric_as_text stock', 'identifier key', 'constant_column all']))
  expect(found.issues.find(({ code }) => code === 'numeric_as_text')?.step).toMatchObject({ type: 'ParseNumericTransformer', columns: ['stock'] })
  expect(readFileSync(aside, 'utf8')).toBe('record,reason,row\n63,junk_row,Source: made up\n')
  expect(readdirSync(scratch)).toEqual([])
})

test('what is told of a file is followed, and people read the same as text', { timeout: 60_000 }, async () => {
  const found = await inspect(fileOf('two.csv'), '--delimiter', ',', '--header-row', 'none')
  expect([found.rows, found.read.delimiter, found.read.header_row]).toEqual([3, ',', null])
  const { code, out } = await run(fileOf('two.csv'), '--delimiter', ';', '--decimal', ',')
  expect(code).toBe(0)
  expect(out).toMatch(/^2 rows, 2 columns; read as csv, utf-8, delimiter ";", header in row 0/)
  expect(out).toMatch(/b,c +numeric/)
})

test.each([
  ['no file', [fileOf('none.csv')], { code: 1, message: /^signalbox: There is no file .*none\.csv\.\n$/ }],
  ['a folder', [folder], { code: 1, message: /is not a file\.\n$/ }],
  ['an empty file', [fileOf('empty.csv')], { code: 1, message: /has nothing in it\. Send a table.*\n$/ }],
  ['a binary file', [fileOf('binary.csv')], { code: 1, message: /NUL bytes.*\n$/ }],
  ['a header alone', [fileOf('header.csv')], { code: 1, message: /no row below it.*\n$/ }],
  ['an unknown target', [fileOf('two.csv'), '--target', 'bb'], { code: 1, message: /no column "bb"; it has a;b, c.*\n$/ }],
  ['a path that cannot be written', [fileOf('two.csv'), '--set-aside', join(folder, 'no', 'x.csv')], { code: 1, message: /could not be written.*\n$/ }],
  ['an unknown delimiter', [fileOf('two.csv'), '--delimiter', 'x'], { code: 2, message: /Use one of/ }],
])('wrong input is told in one line: %s', { timeout: 60_000 }, async (_what, given, { code, message }) => {
  const ended = await run(...given)
  expect({ code: ended.code, out: ended.out }).toEqual({ code, out: '' })
  expect(ended.err).toMatch(message)
  expect(ended.err).not.toMatch(/\n\s+at /)
  expect(readdirSync(scratch)).toEqual([])
})
