import { expect, test } from 'vitest'
import { chanceWords } from './log-chance.ts'

test.each([
  [Math.log(0.5), 'above 10 %'],
  [Math.log(2e-7), 'below 10⁻⁶'],
  [-59 * Math.LN10 - 0.1, 'below 10⁻⁵⁹'],
  [-10_000, 'below 10⁻³⁰⁰'],
])('a chance of exp(%d) is said as %s', (logChance, words) => {
  expect(chanceWords(logChance)).toBe(words)
})
