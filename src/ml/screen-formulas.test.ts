import { describe, expect, test } from 'vitest'
import { type FormulaForm, screenFormulas } from './screen-formulas.ts'
import { seededRandom } from './random.ts'
import type { Column } from './table.ts'

const rows = 800
const random = seededRandom(3)
const numbers = (): Float64Array => Float64Array.from({ length: rows }, () => 1 + 9 * random.next())
const levels = ['p', 'q', 'r']
const codes = (): Int32Array => Int32Array.from({ length: rows }, () => random.below(levels.length))
const [a, b, c] = [numbers(), numbers(), numbers()]
const [g, h] = [codes(), codes()]
const columns: Column[] = [
  { name: 'a', kind: 'numeric', values: a },
  { name: 'b', kind: 'numeric', values: b },
  { name: 'c', kind: 'numeric', values: c },
  { name: 'g', kind: 'category', codes: g, levels },
  { name: 'h', kind: 'category', codes: h, levels },
]
const at = (values: ArrayLike<number>, row: number): number => values[row] ?? 0
const of = (make: (row: number) => number): Float64Array => Float64Array.from({ length: rows }, (_, row) => make(row))

describe('a formula explains the errors that follow it, and no others', () => {
  test.each<[FormulaForm, number[], Float64Array]>([
    ['ratio', [0, 1], of((row) => at(a, row) / at(b, row))],
    ['difference', [0, 1], of((row) => at(a, row) - at(b, row))],
    ['sum', [0, 1], of((row) => at(a, row) + at(b, row))],
    ['product', [0, 1], of((row) => at(a, row) * at(b, row))],
    ['product_ratio', [0, 1, 2], of((row) => (at(a, row) * at(b, row)) / at(c, row))],
    ['sum_ratio', [0, 1, 2], of((row) => (at(a, row) + at(b, row)) / at(c, row))],
    ['square_ratio', [0, 1], of((row) => at(a, row) / at(b, row) ** 2)],
    ['triple_product', [0, 1, 2], of((row) => at(a, row) * at(b, row) * at(c, row))],
    ['deviation', [0, 3], of((row) => at(a, row) + random.next() / 100)],
    ['cross', [3, 4], of((row) => (at(g, row) === at(h, row) ? 1 : 0))],
  ])('%s', (form, places, errors) => {
    const noise = of(() => random.next())
    const rising = errors.map((value) => Math.cbrt(value))
    const [own = 0] = screenFormulas({ columns, errors: [noise, rising], formulas: [{ form, columns: places }] })
    const [other = 0] = screenFormulas({ columns, errors: [noise], formulas: [{ form, columns: places }] })
    expect(own).toBeGreaterThan(0.9)
    expect(other).toBeLessThan(0.03)
  })
})

test('a division by zero counts as missing', () => {
  const zero: Column = { name: 'zero', kind: 'numeric', values: new Float64Array(rows) }
  const input = { columns: [...columns, zero], errors: [of(() => random.next())], formulas: [{ form: 'ratio' as const, columns: [0, 5] }] }
  expect(screenFormulas(input)[0]).toBe(0)
})

test('columns of the wrong kind explain nothing', () => {
  const formulas = [{ form: 'cross' as const, columns: [0, 1] }, { form: 'sum' as const, columns: [0, 3] }, { form: 'deviation' as const, columns: [0, 1] }]
  expect([...screenFormulas({ columns, errors: [a], formulas })]).toEqual([0, 0, 0])
})
