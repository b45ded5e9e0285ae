import { describe, expect, test } from 'vitest'
import { seededRandom } from '#ml/random'
import { findReconstructions } from './find-reconstructions.ts'
import type { NumberColumn } from './formula-terms.ts'
import { formulaText } from './formula-text.ts'

const rows = 600
const random = seededRandom(11, rows)
const amounts = (most: number, decimals: number): number[] => Array.from({ length: rows }, () => Number((random.next() * most).toFixed(decimals)))
const [a, b, c, noise] = [amounts(80, 2), amounts(9, 2), amounts(30, 2), amounts(50, 1)]
const count = Array.from({ length: rows }, () => 1 + random.below(9))
const at = (values: readonly number[], row: number): number => values[row] ?? 0
const columns = (named: Record<string, readonly number[]>): NumberColumn[] =>
  Object.entries(named).map(([name, values], i) => ({ column: { id: `c${i}`, name, type: 'number' }, values: Float64Array.from(values) }))
const parts = columns({ a, b, c, count, noise })

async function search(of: (row: number) => number, among = parts): Promise<string[]> {
  const label = Float64Array.from({ length: rows }, (_, row) => of(row))
  const found = await findReconstructions(label, among, async () => undefined)
  return found.map(({ proved }) => `${proved.kind} ${proved.holds} of ${proved.rows}: ${formulaText('y', proved)}`)
}

describe('formulas that rebuild the label are found', () => {
  test.each<[string, (row: number) => number, RegExp]>([
    ['a sum of three', (row) => Number((at(a, row) + at(b, row) + at(c, row)).toFixed(2)), /^exact 600 of 600: "y" = "[abc]" \+ "[abc]" \+ "[abc]"$/u],
    ['a difference', (row) => at(a, row) - at(c, row), /^exact 600 of 600: "y" = "a" − "c"$/u],
    ['a product, times a rate', (row) => Number((0.07 * at(a, row) * at(count, row)).toFixed(4)), /^exact 600 of 600: "y" = 0.07 × "[ac]\w*" × "[ac]\w*"$/u],
    ['a product of three', (row) => at(a, row) * at(b, row) * at(count, row), /^exact 600 of 600: "y" = "\w+" × "\w+" × "\w+"$/u],
    ['a ratio', (row) => at(a, row) / at(count, row), /^exact 600 of 600: "y" = "a" ÷ "count"$/u],
    ['a weighted sum with a constant', (row) => 12.5 + 0.25 * at(a, row) - 3 * at(b, row), /^exact 600 of 600: "y" = (?:0.25 × "a" − 3 × "b"|−3 × "b" \+ 0.25 × "a") \+ 12.5$/u],
    ['a product and a sum', (row) => at(a, row) * at(count, row) + at(c, row), /^exact 600 of 600: .*"c"/u],
    ['a sum that is wrong on a few rows', (row) => at(a, row) + at(c, row) + (row % 40 === 3 ? 7.77 * (row % 11) : 0), /^exact 5[89]\d of 600: "y" = "a" \+ "c"$/u],
    ['a sum that leaves a few amounts over', (row) => at(a, row) + at(c, row) + ([0.5, 2.5, 3.8][row % 3] ?? 0), /^rest 600 of 600: "y" = "a" \+ "c" \+ one of 3 amounts \(most often 0.5, 2.5, 3.8\)$/u],
  ])('%s', async (_, of, wanted) => {
    const found = await search(of)
    expect(found[0]).toMatch(wanted)
    expect(found).toHaveLength(1)
  })

  test('a column that is zero nearly everywhere is still a part, and a sum goes on beyond three', async () => {
    const rare = Array.from({ length: rows }, (_, row) => (row % 12 === 5 ? 6.12 : 0))
    const found = await search((row) => at(a, row) + at(b, row) + at(c, row) + at(rare, row), columns({ a, b, c, noise, rare }))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain('"rare"')
    expect(found[0]).toMatch(/^exact 600 of 600/u)
  })

  test('a second way to rebuild it is found among the other columns', async () => {
    const net = Array.from({ length: rows }, (_, row) => at(a, row) * at(count, row) * 0.5)
    const found = await search((row) => at(a, row) * at(count, row), columns({ a, count, net, noise }))
    expect(found).toHaveLength(2)
  })
})

describe('nothing else is taken for one', () => {
  test.each<[string, (row: number) => number]>([
    ['a sum with noise of a tenth', (row) => at(a, row) + at(b, row) + at(noise, row) * 0.1 + (random.next() - 0.5) * 8],
    ['a curve', (row) => Math.sqrt(at(a, row)) * 10 + Math.sin(at(b, row)) * 3],
    ['a small count', (row) => (at(count, row) > 4 ? 2 : 1) + (row % 3)],
    ['a label that is nearly always zero', (row) => (row % 20 === 0 ? at(a, row) : 0)],
    ['chance', () => random.next()],
  ])('%s', async (_, of) => expect(await search(of)).toEqual([]))
})

describe('a search', () => {
  const label = Float64Array.from({ length: rows }, (_, row) => at(a, row) + at(b, row) + at(c, row))

  test('pauses between the formulas that it proves, and goes no further where the pause rejects', async () => {
    let pauses = 0
    await findReconstructions(label, parts, async () => {
      pauses += 1
    })
    expect(pauses).toBeGreaterThan(parts.length + 10)
    const whole = pauses
    for (const last of [1, parts.length + 1, whole - 1]) {
      let seen = 0
      const enough = new Error('enough')
      const stopped = findReconstructions(label, parts, async () => {
        seen += 1
        if (seen === last) throw enough
      })
      await expect(stopped).rejects.toBe(enough)
      expect(seen).toBe(last)
    }
  })
})
