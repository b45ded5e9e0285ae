import { expect, test } from 'vitest'
import golden from '../../tests/golden/ml-judgement.json' with { type: 'json' }
import { compareGroups, type FairnessGroup } from './fairness-groups.ts'
import { gaussian } from './synthetic.testkit.ts'
import { seededRandom } from './random.ts'

const { fairness } = golden
const probability = Float64Array.from(fairness.probability)
const input = {
  target: { task: 'binary', codes: Int32Array.from(fairness.codes), classes: ['no', 'yes'] },
  prediction: { task: 'binary', score: probability, probability },
  threshold: fairness.threshold,
  groups: { codes: Int32Array.from(fairness.group), names: ['a', 'b', 'c', 'd'] },
} as const

const nameOf = ({ name }: FairnessGroup) => name

test('rates by group and the parities are those of fairlearn', () => {
  const { groups, parity } = compareGroups({ ...input, fewestRows: 60 })
  expect(groups.map(nameOf)).toEqual(['a', 'b', 'c', 'd'])
  expect(groups[3]).toMatchObject({ verdict: 'too few', measures: {}, ratio: null })
  for (const [measure, values] of Object.entries(fairness.byGroup)) {
    for (const [code, value] of values.entries()) {
      expect(groups[code]?.measures[measure as 'selectionRate']?.value).toBeCloseTo(value, 12)
    }
  }
  for (const [name, gap] of Object.entries(fairness.parity)) {
    expect(parity?.[name as 'equalisedOdds'].difference).toBeCloseTo(gap.difference, 12)
    expect(parity?.[name as 'equalisedOdds'].ratio).toBeCloseTo(gap.ratio, 12)
  }
})

test('the four-fifths line is drawn against the largest group, or against the one that is chosen', () => {
  const against = compareGroups({ ...input, fewestRows: 60 })
  const [a, b, c] = against.groups
  expect([a?.fourFifths, b?.fourFifths, c?.fourFifths]).toEqual([null, 'below', 'below'])
  expect(a?.differences).toEqual({})
  const chosen = compareGroups({ ...input, fewestRows: 60, reference: 2 })
  expect(chosen.groups[0]?.fourFifths).toBe('above')
  expect(chosen.groups[2]).toMatchObject({ fourFifths: null, ratio: null, differences: {} })
  const { ratio, differences } = chosen.groups[0]!
  expect(ratio!.low).toBeGreaterThan(1)
  expect(ratio!.low).toBeLessThan(ratio!.value)
  expect(differences.selectionRate!.value).toBeCloseTo(-against.groups[2]!.differences.selectionRate!.value, 12)
})

test('the calibration gap is the mean probability less the rate', () => {
  const [a] = compareGroups(input).groups
  const rows = [...fairness.group.keys()].filter((row) => fairness.group[row] === 0)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const gap = mean(rows.map((row) => fairness.probability[row]!)) - mean(rows.map((row) => fairness.codes[row]!))
  expect(a?.measures.calibrationGap?.value).toBeCloseTo(gap, 12)
  expect(a?.measures.observedRate?.value).toBeCloseTo(mean(rows.map((row) => fairness.codes[row]!)), 12)
})

test('rows of no group are a group of their own, after equally large ones', () => {
  const codes = Int32Array.from({ length: 90 }, (_, row) => (row % 3) - 1)
  const values = Float64Array.from({ length: 90 }, (_, row) => row)
  const value = values.map((one, row) => one + (row % 2) + (codes[row] === -1 ? 4 : 0))
  const target = { task: 'regression', values } as const
  const prediction = { task: 'regression', value } as const
  const found = compareGroups({ target, prediction, threshold: 0.5, groups: { codes, names: ['x', 'y'] } })
  expect(found.groups.map(nameOf)).toEqual(['x', 'y', null])
  expect(found).toMatchObject({ reference: 0, compared: 'meanError', parity: null })
  expect(found.groups.map(({ apart }) => apart)).toEqual([false, false, true])
  expect(found.groups[2]?.differences.meanError?.value).toBeCloseTo(4, 12)
  expect(found.groups[2]).toMatchObject({ ratio: null, fourFifths: null })
})

test('with more classes groups are compared by how often they are right', () => {
  const random = seededRandom(4)
  const codes = Int32Array.from({ length: 400 }, (_, row) => row % 3)
  const group = Int32Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0))
  const right = Float64Array.from(group, (one) => (random.next() < (one === 1 ? 0.4 : 0.9) ? 1 : 0))
  const probabilities = [0, 1, 2].map((k) =>
    Float64Array.from(codes, (code, row) => ((right[row] === 1 ? code : (code + 1) % 3) === k ? 0.8 : 0.1)),
  )
  const target = { task: 'multiclass', codes, classes: ['p', 'q', 'r'] } as const
  const prediction = { task: 'multiclass', probabilities } as const
  const { groups } = compareGroups({ target, prediction, threshold: 0.5, groups: { codes: group, names: ['x', 'y'] } })
  expect(groups[0]?.measures.accuracy?.value).toBeGreaterThan(0.8)
  expect(groups[1]).toMatchObject({ apart: true, fourFifths: null })
  expect(groups[1]?.ratio?.value).toBeLessThan(0.7)
  expect(groups[1]?.measures.calibrationGap?.value).toBeCloseTo(0.8 - groups[1]!.measures.accuracy!.value, 12)
})

test('the interval of the difference covers the truth at its rate', () => {
  const random = seededRandom(9)
  let covered = 0
  for (let i = 0; i < 400; i++) {
    const score = Float64Array.from({ length: 160 }, () => gaussian(random))
    const codes = Int32Array.from(score, () => random.below(2))
    const chances = Float64Array.from(score, (_, row) => (row < 100 ? 0.6 : 0.3))
    const called = chances.map((chance) => (random.next() < chance ? 0.9 : 0.1))
    const groups = { codes: Int32Array.from(score, (_, row) => (row < 100 ? 0 : 1)), names: ['x', 'y'] }
    const prediction = { task: 'binary', score, probability: called } as const
    const found = compareGroups({ ...input, target: { ...input.target, codes }, prediction, groups })
    const { low, high } = found.groups[1]!.differences.selectionRate!
    if (low <= -0.3 && -0.3 <= high) covered++
  }
  expect(covered / 400).toBeGreaterThan(0.92)
})
