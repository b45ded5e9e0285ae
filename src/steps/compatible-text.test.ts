import { afterAll, beforeAll, expect, test } from 'vitest'
import { name, sql } from '#core/sql'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { compatibleSql, compatibleText } from './compatible-text.ts'
import { storeRows } from './recorded-steps.testkit.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

test('every character becomes the same in SQL and in JavaScript, alone and between marks, also those that engines learned at different times', async () => {
  const characters: string[] = []
  for (let code = 0x80; code < 0x32000; code++) if ((code < 0x3400 || code > 0xabff) && (code < 0xac10 || code > 0xf8ff) && code !== 0xfeff) characters.push(String.fromCodePoint(code))
  const texts = Array.from({ length: Math.ceil(characters.length / 40) }, (_, i) => characters.slice(i * 40, i * 40 + 40)).flatMap((some) => [
    some.map((one) => `x${one}`).join(' '), some.map((one) => `a${one}\u0334`).join(' '), some.map((one) => `a\u0308${one}`).join(' '), some.map((one) => `${one}\u0307`).join(' '),
  ])
  const pairs = ['\u{105d2}\u0307', '\u{16d67}\u{16d67}', '\u{16d63}\u{16d67}\u{16d67}', '\u{1611e}\u{1611e}\u{1611f}', '\u{11382}\u{113c9}']
  const columns = [{ id: 'c0', name: 'text', type: 'text' as const }]
  const all = [...texts, ...pairs]
  const table = await storeRows(bench, columns, all.map((text) => ({ text })))
  const rows = await bench.tools.data.query(sql`select ${compatibleSql(name('c0'))} as made from t order by row_id`, { tables: { t: table.hash }, signal: bench.tools.signal })
  expect(all.flatMap((text, i) => (rows[i]?.made === compatibleText(text) ? [] : [[...text].map((one) => (one.codePointAt(0) ?? 0).toString(16)).join(' ')]))).toEqual([])
})

test('what only looks different becomes plain, and letters join their marks', () => {
  expect(['ﬁ', 'Ｆｕｌｌ', '①', 'x²', 'e\u0301', 'ｶﾞ', '\u212b'].map(compatibleText)).toEqual(['fi', 'Full', '1', 'x2', 'é', 'ガ', 'Å'])
})
