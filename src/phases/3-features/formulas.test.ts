import { describe, expect, test } from 'vitest'
import type { ColumnType } from '#core/dataset'
import { seededRandom } from '#ml/random'
import type { Model, Tree } from '#ml/model'
import { compilePipeline } from '#steps/compile-pipeline'
import { rowRunner } from '#steps/run-row'
import { amountsOf, tripleFormulas } from './amounts.ts'
import { type Candidate, FreeNames } from './candidate.ts'
import { type Formula, formulaKey, uniqueFormulas } from './formula.ts'
import { formulaCandidate } from './formula-candidate.ts'
import { deviationFormulas, groupsOf } from './groups.ts'
import type { LoadedColumn } from './load-rows.ts'
import { missingCandidates } from './missing-candidates.ts'
import { nameFormulas } from './name-formulas.ts'
import { splitChains } from './tree-splits.ts'

const random = seededRandom(1)
let next = 0
function amount(name: string, values: readonly number[] = Array.from({ length: 60 }, () => 1 + random.next())): LoadedColumn {
  const id = `c${next++}`
  return { column: { id, name, type: 'number' }, values: { name: id, kind: 'numeric', values: Float64Array.from(values) } }
}
function group(name: string, cells: readonly string[], type: ColumnType = 'text'): LoadedColumn {
  const id = `c${next++}`
  const levels = [...new Set(cells)].sort()
  return { column: { id, name, type }, values: { name: id, kind: 'category', codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)), levels } }
}
const told = (formulas: readonly Formula[]): string[] => formulas.map(({ form, from }) => `${form} ${from.map(({ column }) => column.name).join(', ')}`)

describe('names suggest formulas that people reckon with', () => {
  test.each<[string[], string]>([
    [['weight_kg', 'Height'], 'square_ratio weight_kg, Height'],
    [['MonthlyDebt', 'annual income'], 'ratio MonthlyDebt, annual income'],
    [['x', 'y', 'z'], 'triple_product x, y, z'],
    [['temp_min', 'temp_max'], 'difference temp_max, temp_min'],
    [['units sold', 'unit price'], 'product unit price, units sold'],
  ])('%j', (names, formula) => {
    expect(told(nameFormulas(names.map((name) => amount(name))))).toContain(formula)
  })

  test('names that say nothing suggest nothing', () => {
    expect(nameFormulas(['alpha', 'beta', 'gamma ray'].map((name) => amount(name)))).toEqual([])
  })

  test('what is zero on many rows divides nothing', () => {
    const zeros = amount('income', Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 0 : i)))
    expect(told(nameFormulas([amount('debt'), zeros]))).not.toContain('ratio debt, income')
  })
})

test('formulas that are the same in another order are told once', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => amount(name)) as [LoadedColumn, LoadedColumn, LoadedColumn]
  const of = (form: Formula['form'], from: LoadedColumn[]): Formula => ({ form, from, source: 'names' })
  expect(uniqueFormulas([of('sum', [a, b]), of('sum', [b, a]), of('ratio', [a, b]), of('ratio', [b, a]), of('product_ratio', [a, b, c]), of('product_ratio', [b, a, c])])).toHaveLength(4)
  expect(formulaKey(of('sum_ratio', [b, a, c]))).not.toBe(formulaKey(of('sum_ratio', [c, a, b])))
})

describe('every formula is a step that gives its value', () => {
  const [a, b, c] = [amount('a "quoted" 💥'), amount('b; drop'), amount('c')]
  const g = group('g', Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 'p q' : 'r')))
  const three = amountsOf([a, b, c])
  const [one, other, third] = three
  const [own] = groupsOf([g])
  if (one === undefined || other === undefined || third === undefined || own === undefined) throw new Error('amounts and groups were expected')
  const expected: Readonly<Record<string, number>> = { product_ratio: 6, sum_ratio: 0, triple_product: 0, square_ratio: 12 / 9, ratio: 4, difference: 9, sum: 15, product: 36 }
  const values = { [a.column.name]: 12, [b.column.name]: 3, [c.column.name]: 6, [g.column.name]: 'r' }
  const pairs = (['ratio', 'difference', 'sum', 'product', 'square_ratio'] as const).map((form): Formula => ({ form, from: [one, other], source: 'strength' }))
  test.each([...pairs, { form: 'product_ratio', from: [one, other, third], source: 'trees' } as const])('$form', ({ form, from, source }) => {
    const { steps, name } = formulaCandidate({ form, from, source }, new FreeNames([]))
    const made = madeValue(steps, name)
    expect(made).toBeCloseTo(expected[form] ?? Number.NaN, 9)
  })

  test('an amount against its mean in a group', () => {
    const [formula] = deviationFormulas(one, own, 'trees')
    if (formula === undefined) throw new Error('a formula was expected')
    const { steps, name } = formulaCandidate(formula, new FreeNames([]))
    const cells = a.values.kind === 'numeric' ? [...a.values.values].filter((_, row) => row % 3 !== 0) : []
    expect(madeValue(steps, name)).toBeCloseTo(12 - cells.reduce((sum, value) => sum + value, 0) / cells.length, 4)
  })

  test('a group whose level no expression can hold makes none', () => {
    const [strange] = groupsOf([group('h', Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? "it's" : 'fine')))])
    expect(strange === undefined ? null : deviationFormulas(one, strange, 'trees')).toEqual([])
  })

  test('three amounts make products and sums over the third', () => {
    expect(told(tripleFormulas([one, other, third], 'trees'))).toContain('product_ratio a "quoted" 💥, b; drop, c')
  })

  function madeValue(steps: Candidate['steps'], name: string): unknown {
    const columns = [a, b, c, g].map(({ column }) => column)
    const pipeline = compilePipeline({ version: '2.0', steps: steps.map((step, i) => ({ id: `s${i}`, ...step })) }, columns)
    if (!pipeline.ok) throw new Error(pipeline.refusal.message)
    return rowRunner(pipeline.value)(values)[name]
  }
})

test('gaps on different rows are counted together, on the same rows once', () => {
  const gaps = (every: number): number[] => Array.from({ length: 60 }, (_, i) => (i % every === 0 ? Number.NaN : i))
  const [made] = missingCandidates([amount('a', gaps(3)), amount('b', gaps(3)), amount('c', gaps(4)), amount('full')], new FreeNames([]))
  expect(made?.from.map(({ name }) => name)).toEqual(['a', 'c'])
  expect(missingCandidates([amount('a', gaps(3)), amount('b', gaps(3))], new FreeNames([]))).toEqual([])
})

test('features that trees split by one after another are paired, the strongest first', () => {
  const tree: Tree = { feature: [0, 1, 2], threshold: [1, 1, 1], levels: [null, null, null], missingLeft: [true, true, true], left: [1, ~0, ~2], right: [2, ~1, ~3], value: [-1, 1, 0, 0.5], weight: [10, 10, 10, 10] }
  const model = { forest: { features: [], trees: [[tree]], importance: [] } } as unknown as Model
  expect(splitChains(model)).toEqual({ pairs: [[0, 1], [0, 2]], triples: [] })
})
