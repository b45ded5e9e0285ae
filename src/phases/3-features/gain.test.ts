import { describe, expect, test } from 'vitest'
import { type Gain, isDistinguishable, judgeGains } from './gain.ts'

const gain = (p: number): Gain => ({ metric: 'r2', difference: 0.1, low: 0, high: 0.2, folds: 10, p })

describe("Holm's correction", () => {
  test('multiplies the smallest probability by all tries, the next by one fewer, and never falls', () => {
    const judged = judgeGains([gain(0.02), gain(0.001), gain(0.015), gain(0.9)])
    expect(judged.map(({ corrected }) => Number(corrected.toFixed(6)))).toEqual([0.045, 0.004, 0.045, 0.9])
    expect(judged.map(isDistinguishable)).toEqual([true, true, true, false])
  })

  test('counts what was given up before a test', () => {
    const [one] = judgeGains([gain(0.001)], 200)
    expect(one).toMatchObject({ corrected: 0.2, tried: 200 })
  })

  test('a loss is no gain however certain it is', () => {
    const [lost] = judgeGains([{ ...gain(0), difference: -0.1 }])
    expect(lost === undefined || isDistinguishable(lost)).toBe(false)
  })
})
