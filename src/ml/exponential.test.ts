import { expect, test } from 'vitest'
import { exp } from './exponential.ts'
import { log, log1p } from './logarithm.ts'
import { seededRandom } from './random.ts'

/** Distance in units of the last place of the expected number. */
function ulps(received: number, expected: number): number {
  const place = 2 ** Math.max(-1074, Math.floor(Math.log2(Math.abs(expected))) - 52)
  return received === expected ? 0 : Math.abs(received - expected) / place
}

/** Numbers over the given range, small ones and large ones. */
function numbers(low: number, high: number): number[] {
  const random = seededRandom(11)
  return Array.from({ length: 20_000 }, () => low + (high - low) * random.next())
}

test.each([
  { own: exp, engine: Math.exp, at: numbers(-745, 709.7).concat(numbers(-1, 1), numbers(-40, 40)) },
  { own: log, engine: Math.log, at: numbers(0, 4).concat(numbers(-1000, 1000).map((x) => 2 ** x), numbers(0.99, 1.01)) },
  { own: log1p, engine: Math.log1p, at: numbers(-0.9, 3).concat(numbers(-30, 0).map((x) => 10 ** x), numbers(-20, -1).map((x) => -(10 ** x))) },
])('$own.name is within the last places of what the engine has', ({ own, engine, at }) => {
  // The engine may be one place off itself.
  const worst = Math.max(...at.map((x) => ulps(own(x), engine(x))))
  expect(worst).toBeLessThanOrEqual(3)
})

test('the ends of the doubles are exact', () => {
  expect([exp(0), exp(-0), exp(Infinity), exp(-Infinity), exp(NaN), exp(710), exp(-746)]).toEqual([1, 1, Infinity, 0, NaN, Infinity, 0])
  expect(exp(709.782712893384) / 1.797693134862273e308).toBeCloseTo(1, 15)
  expect([exp(709.7827128933841), exp(-745.1332191019411), exp(-745.1332191019412)]).toEqual([Infinity, 5e-324, 0])
  expect([log(1), log(0), log(-0), log(-1), log(NaN), log(Infinity), log(5e-324)]).toEqual([0, -Infinity, -Infinity, NaN, NaN, Infinity, -744.4400719213812])
  expect([log1p(0), log1p(-0), log1p(-1), log1p(-2), log1p(NaN), log1p(Infinity)]).toEqual([0, -0, -Infinity, NaN, NaN, Infinity])
})

test('every engine gives these bits', () => {
  const sum = (all: number[]) => all.reduce((total, x) => total + x, 0)
  expect(sum(numbers(-3, 3).map(exp))).toBe(68231.966311193)
  expect(sum(numbers(0, 4).map(log))).toBe(7933.342122857941)
  expect(sum(numbers(-0.9, 3).map(log1p))).toBe(9755.702619553967)
})
