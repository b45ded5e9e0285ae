import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import { orThrow } from '#core/errors'
import { name, sql } from '#core/sql'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { compilePipeline, pipelineQuery } from './compile-pipeline.ts'
import { storeRows } from './recorded-steps.testkit.ts'
import { rowRunner } from './run-row.ts'
import { textCounts } from './text-counts.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const columns: readonly Column[] = [{ id: 'c0', name: 'text', type: 'text' }]
const pipeline = orThrow(compilePipeline({ version: '2.0', steps: [{ id: 'x', type: 'TextFeaturesTransformer', params: { columns: ['text'], features: Object.keys(textCounts), keywords: ['com', 'a b', '55', '@'] } }] }, columns))

/** Pieces of links, addresses and numbers, so that they touch in all ways. */
const touching = fc
  .array(fc.constantFrom('www.', 'http://', 'https://', 'HTTP://', 'a', 'é', 'K', 'ſ', '.', '.com', '.co.uk', '.de', 'com', '-', '_', '@', '+', ' ', '  ', '/', '<', '"', "'", '\u00a0', '\n', '(', ')', '5', '55', '12345', '٥', '８', '123 4567', '&amp;', '&#5', ';', '💥', '—', '\u0007', 'b.c', 'x@y.z'), { minLength: 1, maxLength: 9 })
  .map((pieces) => pieces.join(''))

test('links, addresses and numbers that touch each other are counted alike in SQL and in JavaScript', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(touching, { minLength: 300, maxLength: 400 }), async (texts) => {
      const rows = texts.map((text) => ({ text }))
      const table = await storeRows(bench, columns, rows)
      const answer = await bench.tools.data.query(sql`select * from (${pipelineQuery(pipeline, name('t'))}) q order by row_id`, { tables: { t: table.hash }, signal: bench.tools.signal })
      const inSql = answer.map((cells, i) => ({ text: texts[i], ...Object.fromEntries(pipeline.output.map((column) => [column.name, cells[column.id]])) }))
      const run = rowRunner(pipeline)
      expect(inSql).toEqual(rows.map((row) => ({ ...row, ...run(row) })))
    }),
    { numRuns: 6, seed: 20264 },
  )
})

test('a text of nothing but one long word is counted', () => {
  expect(textCounts.n_words?.of('a'.repeat(20_000))).toBe(1)
  expect(textCounts.n_emails?.of(`${'a'.repeat(64)}@b.c`)).toBe(1)
  expect(textCounts.n_emails?.of(`${'a'.repeat(65)}@b.c`)).toBe(0)
})
