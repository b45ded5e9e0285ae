import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Cell } from '#core/ports'
import type { StepSpec } from '#core/pipeline-spec'
import { join, name, sql, type Sql } from '#core/sql'
import { startDataTools, type DataTools } from '../../tests/data-tools.ts'
import { compilePipeline, fitSpec, pipelineQuery } from './compile-pipeline.ts'
import { fittedCases } from './fitted-cases.testkit.ts'
import { near, storeRows } from './recorded-steps.testkit.ts'
import { acrossCases, historyCases, keptCases } from './ordered-cases.testkit.ts'
import { rowRunner } from './run-row.ts'
import { stepTypes } from './registry.ts'
import { caseColumns, markupTexts, nastyTexts, stepCases } from './step-cases.testkit.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

type Cells = Record<string, Cell>

/** A piece of text that often makes a number, or nearly one. */
const pieces = fc.array(fc.constantFrom('1', '12', ',', '.', '345', '-', '+', '(', ')', '%', '$', '€', ' ', 'e', 'to', '<', '>=', 'km', 'R', '\u00a0', '–', '0', '９', 'ß', 'na', '?'), { maxLength: 8 }).map((list) => list.join(''))
/** A piece of text that often makes a character reference, UTF-8 read by another table, or a letter with marks. */
const characters = fc.array(fc.constantFrom('&', '#', 'x', '1', '41', '80', 'd800', 'amp', 'lt', 'notin', 'ngt', ';', ' ', 'Ã', '©', '\u0080', '\u0092', '\u009d', '€', '™', 'â', 'ð', 'Ÿ', 'é', '東', 'e', '\u0301', '\u0323', 'ｶ', 'ﾞ', 'ﬁ', 'ẛ', '\u1100', '\u1161', '\u0897'), { maxLength: 8 }).map((list) => list.join(''))
const text = fc.oneof(fc.constantFrom(...nastyTexts, ...markupTexts), pieces, characters, fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme-composite', maxLength: 8 }))
  .filter((one) => one.isWellFormed() && !one.includes('\u0000'))
/** Moments of all centuries that four digits can write, often at the edge of a day, month or year. */
const moment = fc
  .oneof(fc.constantFrom('2024-02-29T23:59:59', '1999-12-31T00:00:00', '2021-01-03T12:30:15.25', '1969-12-31T23:59:59.999999', '2020-12-28T06:30:00', '1600-03-01T00:00:00'), fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-30'), noInvalidDate: true }))
  .map((value) => (typeof value === 'string' ? value : value.toISOString().replace(/\.?0*Z$/u, '')))
const row: fc.Arbitrary<Cells> = fc.record({
  text: fc.option(text, { freq: 8 }),
  'other; "text" 💥': fc.option(text, { freq: 8 }),
  number: fc.option(fc.oneof(fc.constantFrom(0, -0, 12, -5.5, 999, 0.1, 1e300, 5e-324, 2 ** 53 + 2, 1.5), fc.double({ noNaN: true, noDefaultInfinity: true })), { freq: 8 }),
  integer: fc.option(fc.oneof(fc.constantFrom(0, 12, 999, -1, 7), fc.integer()), { freq: 8 }),
  boolean: fc.option(fc.boolean(), { freq: 8 }),
  day: fc.option(moment.map((text) => text.slice(0, 10)), { freq: 8 }),
  moment: fc.option(moment, { freq: 8 }),
})

async function runInSql(spec: StepSpec, rows: readonly Cells[]): Promise<Cells[]> {
  const pipeline = compilePipeline({ version: '2.0', steps: [spec] }, caseColumns)
  if (!pipeline.ok) throw new Error(pipeline.refusal.message)
  const types = { text: sql`varchar`, number: sql`double`, integer: sql`bigint`, boolean: sql`boolean`, date: sql`date`, timestamp: sql`timestamp` }
  const lines = rows.map((cells, i): Sql => {
    const values = caseColumns.map((column) => sql`cast(${cells[column.name] ?? null} as ${types[column.type]}) as ${name(column.id)}`)
    return sql`select ${i} as row_id, ${values.reduce((all, next) => sql`${all}, ${next}`)}`
  })
  const table = await bench.tools.data.materialise({ query: lines.reduce((all, next) => sql`${all} union all ${next}`), tables: {}, columns: caseColumns }, bench.tools)
  const answer = await bench.tools.data.query(sql`select * from (${pipelineQuery(pipeline.value, name('t'))}) q order by row_id`, { tables: { t: table.hash }, signal: bench.tools.signal })
  return answer.map((cells) => Object.fromEntries(pipeline.value.output.map((column) => [column.name, cells[column.id] ?? null])))
}

function runInJavaScript(spec: StepSpec, rows: readonly Cells[]): Cells[] {
  const pipeline = compilePipeline({ version: '2.0', steps: [spec] }, caseColumns)
  if (!pipeline.ok) throw new Error(pipeline.refusal.message)
  return rows.map(rowRunner(pipeline.value))
}

/** Zero has one sign too many for SQL's text protocol, and no meaning here. */
function plainZero(rows: readonly Cells[]): Cells[] {
  return rows.map((cells) => Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, cell === 0 ? 0 : cell])))
}

test.each(stepCases.map((spec): [string, StepSpec] => [`${spec.type} ${JSON.stringify(spec.params)}`, spec]))('SQL and row give equal results: %s', async (_, spec) => {
  const texts = [...nastyTexts, ...markupTexts]
  const fixed = texts.map((one, i): Cells => ({ text: one, 'other; "text" 💥': texts[texts.length - 1 - i] ?? null, number: i / 4, integer: i - 3, boolean: i % 2 === 0, day: null, moment: null }))
  expect(plainZero(await runInSql(spec, fixed))).toEqual(plainZero(runInJavaScript(spec, fixed)))
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 30, maxLength: 60 }), async (rows) => {
      expect(plainZero(await runInSql(spec, rows))).toEqual(plainZero(runInJavaScript(spec, rows)))
    }),
    { numRuns: 3, seed: 20261 },
  )
})

/** Fits on the even rows that have every column of the step, so that the odd ones bring what the fit did not see. */
async function runFitted(spec: StepSpec, rows: readonly Cells[]): Promise<{ sql: Cells[]; row: Cells[] }> {
  const table = await storeRows(bench, caseColumns, rows)
  const tables = { t: table.hash }
  const { data, signal } = bench.tools
  const gapless = ['KBinsDiscretizer', 'Binarizer'].includes(spec.type) ? join((spec.columns ?? []).map((column) => sql`${name(caseColumns.find((one) => one.name === column)?.id ?? '')} is not null`), sql` and `) : sql`true`
  const fitted = await fitSpec({ version: '2.0', steps: [spec] }, caseColumns, { data, table: sql`(select * from t where mod(row_id, 2) = 0 and ${gapless}) f`, tables, signal })
  if (!fitted.ok) throw new Error(fitted.refusal.message)
  const { pipeline, state } = fitted.value
  const answer = await data.query(sql`select * from (${pipelineQuery(pipeline, name('t'), state)}) q order by row_id`, { tables, signal })
  const again = compilePipeline({ version: '2.0', steps: [spec] }, caseColumns, JSON.parse(JSON.stringify(state)))
  if (!again.ok) throw new Error(again.refusal.message)
  return { sql: answer.map((cells) => Object.fromEntries(pipeline.output.map((column) => [column.name, cells[column.id] ?? null]))), row: rows.map(rowRunner(again.value, JSON.parse(JSON.stringify(state)))) }
}

/** Logarithms and exponentials are the engine's own on each side, and are taken of each other. */
const loose = ['PowerTransformer', 'QuantileTransformer']

test.each(fittedCases.map((spec): [string, StepSpec] => [`${spec.type} ${JSON.stringify(spec.params)} ${spec.columns ?? ''}`, spec]))('SQL and row give equal results after a fit: %s', async (_, spec) => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 40, maxLength: 60 }), async (rows) => {
      const ran = await runFitted(spec, rows)
      if (!loose.includes(spec.type)) expect(plainZero(ran.sql)).toEqual(plainZero(ran.row))
      const apart = ran.sql.flatMap((cells, i) => Object.entries(cells).flatMap(([column, cell]) => (near(cell, ran.row[i]?.[column] ?? null, 1e-11) ? [] : [{ column, of: rows[i]?.[column], sql: cell, row: ran.row[i]?.[column] }])))
      expect(apart).toEqual([])
    }),
    { numRuns: 3, seed: 20261 },
  )
})

test('every step type has a case', () => {
  const cases = [...stepCases, ...fittedCases, ...acrossCases, ...historyCases, ...keptCases]
  expect(new Set(cases.map((spec) => spec.type))).toEqual(new Set(stepTypes.keys()))
})
