import { expect, test } from 'vitest'
import { factorTicks, scoreDomain, type ShapeStep, spreadRows, stepDomain } from './shape-data.ts'

const step = (from: number | null, to: number | null, rows: number): ShapeStep => ({ from, to, score: 0, low: null, high: null, rows })

test('open ends get the width of an ordinary step, and no more than a tenth of the whole', () => {
  expect(stepDomain([step(null, 10, 5), step(10, 12, 5), step(12, 30, 5), step(30, null, 5)])).toEqual({ low: 8, high: 32 })
  expect(stepDomain([step(null, 5, 1), step(5, null, 1)])).toEqual({ low: 4, high: 6 })
  expect(stepDomain([])).toEqual({ low: 0, high: 1 })
})

test('rows are kept when they are spread over equal ranges, and lie where their step lies', () => {
  const steps = [step(null, 2, 30), step(2, 3, 50), step(3, null, 20)]
  const spread = spreadRows(steps, { low: 0, high: 10 }, 10)
  expect(spread.reduce((sum, rows) => sum + rows, 0)).toBeCloseTo(100, 9)
  expect(spread[0]).toBeCloseTo(15, 9)
  expect(spread[2]).toBeCloseTo(50, 9)
  expect(spread[9]).toBeCloseTo(20 / 7, 9)
})

test('odds are written as factors around ×1, with fewer of them where the range is wide', () => {
  expect(factorTicks({ low: -1.5, high: 1.5 }).map(({ text }) => text)).toEqual(['×¼', '×½', '×1', '×2', '×4'])
  expect(factorTicks({ low: -12, high: 12 }).map(({ text }) => text)).toEqual(['×10⁻³', '×1', '×10³'])
  expect(factorTicks({ low: -0.12, high: 0.12 }).map(({ text }) => text)).toContain('×1.1')
})

test('the scale holds all scores and zero, with room above and below', () => {
  const domain = scoreDomain([{ score: 1 }, { score: -0.5 }])
  expect(domain.high).toBeGreaterThan(1)
  expect(domain.low).toBeLessThan(-0.5)
  expect(scoreDomain([{ score: 2 }]).low).toBe(0)
})
