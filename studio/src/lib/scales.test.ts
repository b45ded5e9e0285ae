import { expect, test } from 'vitest'
import { domainOf, linear, pathOf, tickText, ticksOf, valueAt } from './scales.ts'

test('ticks are round numbers inside the domain, four to six of them', () => {
  for (const [low, high] of [[0, 1], [-2.4, 1.9], [0, 7043], [0.831, 0.868], [19, 8685], [-0.0004, 0.0011], [1e6, 9e7]] as const) {
    const ticks = ticksOf({ low, high })
    expect(ticks.length, `${low} to ${high}`).toBeGreaterThanOrEqual(2)
    expect(ticks.length, `${low} to ${high}`).toBeLessThanOrEqual(6)
    for (const tick of ticks) expect(tick).toSatisfy((value: number) => value >= low - 1e-9 && value <= high + 1e-9)
  }
  expect(ticksOf({ low: 3, high: 3 })).toEqual([3])
})

test('a tick has as many decimals as its step, a true minus, and no negative zero', () => {
  expect(tickText([0, 0.25, 0.5], 0.5)).toBe('0.50')
  expect(tickText([-1, 0, 1], -1)).toBe('−1')
  expect(tickText([-0.5, 0, 0.5], -0)).toBe('0.0')
  expect(tickText([0, 2000, 4000], 4000)).toBe('4,000')
  expect(tickText([0, 20_000, 40_000], 40_000)).toBe('40k')
  expect(tickText([0, 2e6], 2e6)).toBe('2M')
})

test('a place on the scale is found again as its value', () => {
  const domain = { low: -3, high: 9 }
  const place = linear(domain, [40, 400])
  for (const value of [-3, 0, 1.5, 9]) expect(valueAt(domain, [40, 400], place(value))).toBeCloseTo(value, 9)
  expect(valueAt(domain, [40, 400], 1000)).toBe(9)
})

test('a domain holds its numbers, zero where asked, and is never empty', () => {
  expect(domainOf([2, 5], { zero: true })).toEqual({ low: 0, high: 5 })
  expect(domainOf([2, 2]).high).toBeGreaterThan(domainOf([2, 2]).low)
  expect(domainOf([])).toEqual({ low: 0, high: 1 })
  expect(domainOf([Number.NaN, 1, 3])).toEqual({ low: 1, high: 3 })
})

test('a path is written with a tenth of a pixel', () => {
  expect(pathOf([[0, 1.234], [10.06, 5]])).toBe('M0 1.2L10.1 5')
})
