import { expect, test } from 'vitest'
import { readCsvRows } from './csv-rows.ts'

const rows = async (csv: string) => {
  const read = await readCsvRows(csv, { known: ['a', 'b c'], pause: async () => undefined })
  return read.ok ? read.value : read.refusal.code
}

test('cells stay text; an empty field is missing, a quoted one is not', async () => {
  expect(await rows('\uFEFFa,b c,x\n1,"",\r\n007,"say ""a, b""\nc",z\n')).toEqual([
    { a: '1', 'b c': '', x: null },
    { a: '007', 'b c': 'say "a, b"\nc', x: 'z' },
  ])
})

test('the delimiter is the one that finds the columns of the model', async () => {
  expect(await rows('A;B  C\n1,5;x\n\n2;\n')).toEqual([
    { A: '1,5', 'B  C': 'x' },
    { A: '2', 'B  C': null },
  ])
  expect(await rows('a\tb c\n1\t2')).toEqual([{ a: '1', 'b c': '2' }])
})

test('short rows are filled up with missing values, longer ones are refused', async () => {
  expect(await rows('a,b c\n1\n')).toEqual([{ a: '1', 'b c': null }])
  expect(await rows('a,b c\n1,2,\n')).toEqual([{ a: '1', 'b c': '2' }])
  expect(await rows('a,b c\n1,2,3\n')).toBe('ROW_UNREADABLE')
})

test('a file of nothing, or of a header, is refused', async () => {
  expect(await rows(' \n')).toBe('FILE_EMPTY')
  expect(await rows('a,b c\n')).toBe('FILE_HEADER_ONLY')
})
