import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Column } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { Cell } from '#core/ports'
import { name, sql, type Sql } from '#core/sql'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { compilePipeline, pipelineQuery } from './compile-pipeline.ts'
import { readExpression } from './expression.ts'
import { expressionRow } from './expression-row.ts'
import { columnsRead } from './typed-expression.ts'

const columns: readonly Column[] = [
  { id: 'c0', name: 'a', type: 'number' },
  { id: 'c1', name: 'b', type: 'integer' },
  { id: 'c2', name: 'unit price', type: 'number' },
  { id: 'c3', name: 'city', type: 'text' },
  { id: 'c4', name: 'flag', type: 'boolean' },
  { id: 'c5', name: 'when', type: 'timestamp' },
  { id: 'c6', name: 'df', type: 'number' },
  { id: 'c7', name: 'it`s "so"', type: 'number' },
]
const row: Record<string, Cell> = { c0: 2.5, c1: 4, c2: -3, c3: 'Bern', c4: true, c5: '2024-01-01T00:00:00', c6: 7, c7: 9 }

function evaluated(text: string, cells = row): Cell {
  const tree = readExpression(text, columns)
  if (!tree.ok) throw new Error(tree.refusal.message)
  return expressionRow(tree.value)(cells)
}

function refused(text: string): string {
  const tree = readExpression(text, columns)
  return tree.ok ? 'accepted' : `${tree.refusal.code}: ${tree.refusal.message}`
}

describe('precedence is that of the package', () => {
  test.each<[string, Cell]>([
    ['1 + 2 * 3 - 4 / 8', 6.5],
    ['-2 ** 2', -4],
    ['2 ** 3 ** 2', 512],
    ['2 ** -1', 0.5],
    ['(1 + 2) * -b', -12],
    ['a > 1 & b < 2', false],
    ['a > 1 | b < 2 & b > 100', true],
    ['~(a > 1) | not b == 4', false],
    ['1 < a <= 2.5 < b', true],
    ['`unit price` * b', -12],
    ["df['unit price'] + df.a + `df`", 6.5],
    ["df['it`s \"so\"'] / 3", 3],
    ["(city == 'Bern').astype('int') + flag", 2],
    ["city in ['Bern', 'Cork'] and b not in [1, -2]", true],
    ['b.where(b > 5).fillna(-1)', -1],
    ['a.clip(3, 4) + `unit price`.clip(upper=-5)', -2],
    ['1_000 + .5e1', 1005],
    ['-7 // 2 + 7 % -4', -5],
    ['1 // 0.1', 9],
    ["city + ' ' + 'x'", 'Bern x'],
    ["city < 'Bo' <= 'Bo'", true],
    ["city in ('Bern',) or ['a'] == city", true],
    ["'''it's''' == city", false],
    ["r'\\d' == '\\\\d'", true],
    ["'\\x41\\u0042' == 'AB' and 0x1F == 31", true],
    ['a.round() + b.round(-1)', 2],
    ['(a + 0.125).round(2)', 2.62],
    ["city.str.upper() + city.str.lower().str.strip('bn')", 'BERNer'],
    ["city.str.contains('^b.R', case=False) and city.str.endswith('n')", true],
    ["city.str.count(r'[a-r]') + city.str.len()", 7],
    ["city.where(b > 9).str.contains('x', na=True)", true],
    ["(a * 1.5).astype(int) + flag.astype('float')", 4],
    ["b.astype(str) + flag.astype(str)", '4True'],
    ["(b - 4).astype('bool')", false],
    ['a / 0', null],
    ['nan', null],
  ])('%s is %j', (text, value) => expect(evaluated(text)).toBe(value))

  test('safe division is missing where the divisor is zero, and a missing value equals nothing', () => {
    expect(evaluated('a / b.where(b != 0)', { ...row, c1: 0 })).toBeNull()
    expect(evaluated('a == a', { ...row, c0: null })).toBe(false)
    expect(evaluated('a != a', { ...row, c0: null })).toBe(true)
  })

  test('the columns that are read are known', () => {
    const tree = readExpression('b / a.where(`unit price` > 0, b)', columns)
    expect(tree.ok && columnsRead(tree.value).map((column) => column.name)).toEqual(['b', 'a', 'unit price'])
  })
})

describe('what is not offered is refused with its place and a sentence', () => {
  test.each([
    ['', 'character 1: the expression is empty'],
    ['a +', 'character 4: the expression ends'],
    ['a + * b', 'character 5: a value was expected, not "*"'],
    ['a b', 'character 3: "b" was not expected here'],
    ['(a + b', '")" was expected before the end'],
    ['unit price', '"price" was not expected here; column names with spaces or symbols need backticks'],
    ['c * 2', 'there is no column "c". Near it are'],
    ['when - when', 'character 1: "when" holds dates'],
    ['city + 1', '+ takes numbers, not texts'],
    ["city * 'x'", '* takes numbers, not texts'],
    ['city < 3', 'a text cannot be compared with a number'],
    ['city == 3', 'a text cannot be compared with a number'],
    ['flag + flag', "+ of two truth values is not offered; write .astype('int')"],
    ['a & b', 'a truth value was expected, not a number'],
    ['~a', '~ turns truth values round'],
    ['tan(a)', 'the function "tan" is not offered; offered are abs, sqrt'],
    ['arctan2(a)', 'character 1: arctan2() takes two values'],
    ['a.rolling(3)', 'the method .rolling() is not offered'],
    ['city.str.title()', 'character 5: the method .str.title() is not offered'],
    ['a.str.len()', 'a text was expected, not a number'],
    ['city.str', 'is no method call'],
    ['city.str.contains(city)', 'character 19: .str.contains() takes a text in quotes'],
    ["city.str.contains('(a+)+')", 'at its character 1: repeating a choice or a repetition is not offered'],
    ["city.str.contains('(a|aa)+$')", 'repeating a choice or a repetition is not offered'],
    ["city.str.contains('a(?=b)')", 'at its character 2: looking ahead or behind'],
    ["city.str.contains('(a')", 'a parenthesis is never closed'],
    ["city.str.contains('[z-a]')", 'a range runs from one character to a later one'],
    ["city.str.contains(r'é\\b')", '\\b is offered in patterns of ASCII'],
    ["city.str.contains('\\b')", 'holds a control character'],
    ["city.str.count('x*')", 'may match nothing at all'],
    ["city.str.contains('a', flags=4)", 'flags is 0, or 2'],
    ['a.round(b)', '.round() takes a whole number of decimals'],
    ['a.where()', '.where() needs a condition'],
    ['a.clip(1, 2, 3)', '.clip() takes only lower, upper'],
    ['a.fillna(value=1, value=2)', 'given "value" twice'],
    ["a.astype('float32') / 3", "character 2: 'float32' is offered at the end of a whole expression only"],
    ["a.astype('datetime64')", 'of a number is not offered'],
    ["city.astype(float)", 'ParseNumericTransformer reads numbers out of texts'],
    ['(1 + 2).abs()', '.abs() needs a column before it'],
    ['a if b else a', 'if and else are not offered'],
    ['df', 'df is the whole table'],
    ['df[0]', "indexing is limited to df['column']"],
    ['a.__class__', 'is no method call'],
    ['__import__("os")', 'the function "__import__" is not offered'],
    ['a @ b', '"@" has no meaning here'],
    ["'open", 'a text that is never closed'],
    ['`open', 'a name that is never closed'],
    ['lambda x', 'not the word "lambda"'],
    ['a is None', '"is" is not offered'],
    ["'''x''", 'a text that is never closed'],
    [`${'('.repeat(99)}a${')'.repeat(99)}`, 'nested more than 60 deep'],
    [`a + ${'1 + '.repeat(4000)}1`, 'more than 10000 characters'],
  ])('%s', (text, words) => expect(refused(text)).toContain(words))
})

describe('in SQL', () => {
  let bench: DataTools
  beforeAll(async () => {
    bench = await startDataTools()
  })
  afterAll(() => bench.close())

  test('two expressions that one query works out keep apart', async () => {
    const both: readonly Column[] = [{ id: 'c0', name: 'a', type: 'number' }, { id: 'c1', name: 'b', type: 'number' }]
    const steps = ['a / b.where(b != 0)', '(a - b).clip(0, a + b)'].map((text, i) => ({ id: `x${i}`, type: 'ExpressionTransformer', params: { expression: text, output_column: `made ${i}` } }))
    const pipeline = compilePipeline({ version: '2.0', steps }, both)
    if (!pipeline.ok) throw new Error(pipeline.refusal.message)
    const table = await bench.tools.data.materialise({ query: sql`select 0 as row_id, 9e0 as c0, 4e0 as c1`, tables: {}, columns: both }, bench.tools)
    const [answer] = await bench.tools.data.query(pipelineQuery(pipeline.value, name('t')), { tables: { t: table.hash }, signal: bench.tools.signal })
    expect(answer).toMatchObject({ c2: 2.25, c3: 5 })
  })

  // An engine that writes a part twice to ask about it would double this with every level.
  test.each([
    ['sums', Array.from({ length: 40 }, (_, i) => `${i} * a`).join(' + '), 9 * 780],
    ['filled gaps', Array.from({ length: 30 }, () => 0).reduce((text) => `((${text}) / b * 2).fillna(a)`, 'a'), 9 / 2 ** 30],
  ])('a long chain of %s is worked out like a short one', async (_, expression, expected) => {
    const both: readonly Column[] = [{ id: 'c0', name: 'a', type: 'number' }, { id: 'c1', name: 'b', type: 'number' }]
    const pipeline = orThrow(compilePipeline({ version: '2.0', steps: [{ id: 'long', type: 'ExpressionTransformer', params: { expression, output_column: 'made' } }] }, both))
    const table = await bench.tools.data.materialise({ query: sql`select 0 as row_id, 9e0 as c0, 4e0 as c1`, tables: {}, columns: both }, bench.tools)
    const [answer] = await bench.tools.data.query(pipelineQuery(pipeline, name('t')), { tables: { t: table.hash }, signal: bench.tools.signal })
    expect(answer?.c2).toBe(expected)
  })
})

describe('powers and logarithms agree between SQL and row to the last digits', () => {
  let bench: DataTools
  beforeAll(async () => {
    bench = await startDataTools()
  })
  afterAll(() => bench.close())

  const inputs = [0, -0.5, 1, -1, 2.5, 1e-9, 123456.789, 1e160, -7, 710, null]
  test.each(['log(a) + log10(b)', 'exp(a / b)', 'a ** b', 'a ** 0.5 * b ** -3', 'sqrt(a * b) / log(b.where(b > 0))', '(log(a) / log(b)).clip(-9, 9)', 'sin(a) * cos(b)', 'sinh(a / 100) + cosh(b / 100) - tanh(a)', 'arcsin(a / b) + arccos(b / a)', 'arctan(a) + arcsinh(b)', 'arccosh(a) - arctanh(b / 1000)', 'arctan2(a, b)', 'expm1(a / 100)', 'log1p(a)', 'a // b', 'a % b', '(a // b).round(1) + (a % b).round(-1)', '(a / b).round(3)', "(a / b).astype('float32')", '(a / b).astype(int)'])('%s', async (text) => {
    const spec = { version: '2.0', steps: [{ id: 'x', type: 'ExpressionTransformer', params: { expression: text, output_column: 'made' } }] } as const
    const both: readonly Column[] = [{ id: 'c0', name: 'a', type: 'number' }, { id: 'c1', name: 'b', type: 'number' }]
    const pipeline = compilePipeline({ version: '2.0', steps: [...spec.steps] }, both)
    if (!pipeline.ok) throw new Error(pipeline.refusal.message)
    const pairs = inputs.flatMap((a) => inputs.map((b) => ({ a, b })))
    const lines = pairs.map(({ a, b }, i): Sql => sql`select ${i} as row_id, cast(${a} as double) as c0, cast(${b} as double) as c1`)
    const table = await bench.tools.data.materialise({ query: lines.reduce((all, next) => sql`${all} union all ${next}`), tables: {}, columns: both }, bench.tools)
    const answer = await bench.tools.data.query(sql`select ${name('c2')} as made from (${pipelineQuery(pipeline.value, name('t'))}) q order by row_id`, { tables: { t: table.hash }, signal: bench.tools.signal })
    const tree = readExpression(text, both)
    if (!tree.ok) throw new Error(tree.refusal.message)
    const evaluate = expressionRow(tree.value)
    for (const [i, { a, b }] of pairs.entries()) {
      const [inSql, inRow] = [answer[i]?.made ?? null, evaluate({ c0: a, c1: b })]
      const near = typeof inSql === 'number' && typeof inRow === 'number' ? Math.abs(inSql - inRow) <= 8 * Number.EPSILON * Math.max(Math.abs(inSql), Math.abs(inRow)) : inSql === inRow
      expect(near, `${text} of a = ${a}, b = ${b}: ${inSql} in SQL, ${inRow} of the row`).toBe(true)
    }
  })
})
