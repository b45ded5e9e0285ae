import { describe, expect, test } from 'vitest'
import golden from '../../tests/golden/ml-elastic-net.json' with { type: 'json' }
import { shiftClasses } from './elastic-net-shift.ts'
import { fitModel } from './fit-model.ts'
import type { Model } from './model.ts'
import { predict } from './predict.ts'
import { seededRandom } from './random.ts'
import { expectAccepted } from './refusal.ts'
import { gaussian, makeSynthetic } from './synthetic.testkit.ts'
import type { Column, Table, Target } from './table.ts'

const columns: Column[] = [
  ...golden.numbers.map((values, i) => ({
    name: `x${i}`,
    kind: 'numeric' as const,
    values: Float64Array.from(values),
  })),
  { name: 'level', kind: 'category', codes: Int32Array.from(golden.level), levels: ['a', 'b', 'c', 'd'] },
]
const table: Table = { rows: golden.level.length, columns }
const weights = Float64Array.from(golden.weights)

async function fitted(target: Target, { lambda, l1Ratio }: { lambda: number; l1Ratio: number }): Promise<Model> {
  const settings = { linear: { lambda, l1Ratio } }
  return expectAccepted(await fitModel({ trainer: 'linear', table, target, weights, settings, seed: 1 }))
}

function slopesOf(model: Model): number[] {
  return model.terms.flatMap((term) => (term.kind === 'slope' ? [term.slope[0]!] : []))
}

describe.each(golden.cases)('lambda $lambda, l1Ratio $l1Ratio, weighted rows: as scikit-learn says', (recorded) => {
  test('of squared loss', async () => {
    const model = await fitted({ task: 'regression', values: Float64Array.from(golden.values) }, recorded)
    const found = expectAccepted(predict(model, table))
    if (found.task !== 'regression') throw new Error('expected a regression')
    for (const [i, value] of recorded.predicted.entries()) expect(found.value[i]).toBeCloseTo(value, 7)
    for (const [i, slope] of slopesOf(model).entries()) expect(slope).toBeCloseTo(recorded.slopes[i]!, 7)
    // What is exactly zero there is exactly zero here.
    expect(slopesOf(model).map((slope) => slope === 0)).toEqual(recorded.slopes.map((slope) => slope === 0))
  })

  test('of two classes', async () => {
    const target = { task: 'binary', codes: Int32Array.from(golden.binary), classes: ['no', 'yes'] } as const
    const model = await fitted(target, recorded)
    const found = expectAccepted(predict(model, table))
    if (found.task !== 'binary') throw new Error('expected a binary prediction')
    for (const [i, p] of recorded.probability.entries()) expect(found.probability[i]).toBeCloseTo(p, 6)
    for (const [i, slope] of slopesOf(model).entries()) expect(slope).toBeCloseTo(recorded.logisticSlopes[i]!, 5)
  })

  test('of three classes', async () => {
    const codes = Int32Array.from(golden.classes)
    const model = await fitted({ task: 'multiclass', codes, classes: ['a', 'b', 'c'] }, recorded)
    const found = expectAccepted(predict(model, table))
    if (found.task !== 'multiclass') throw new Error('expected a multiclass prediction')
    for (const [k, of] of recorded.probabilities.entries()) {
      for (const [i, p] of of.entries()) expect(found.probabilities[k]![i]).toBeCloseTo(p, 5)
    }
  })
})

/** How far coefficients are from the conditions of the minimum (Karush, Kuhn and Tucker), in units of lambda. */
function violation(model: Model, data: { table: Table; target: Target }): number {
  const { lambda, l1Ratio } = model.training as { lambda: number; l1Ratio: number }
  const found = expectAccepted(predict(model, data.table))
  let worst = 0
  const judge = (residuals: Float64Array, output: number): void => {
    for (const term of model.terms) {
      if (term.kind !== 'slope') continue
      const column = data.table.columns.find(({ name }) => name === term.feature)!
      if (column.kind !== 'numeric') continue
      let slope = 0
      for (const [i, value] of column.values.entries()) slope += (residuals[i]! * (value - term.mean)) / term.scale
      const coefficient = term.slope[output]! * term.scale
      const rest = slope - lambda * (1 - l1Ratio) * coefficient
      const off =
        coefficient === 0
          ? Math.max(0, Math.abs(rest) - lambda * l1Ratio)
          : Math.abs(rest - Math.sign(coefficient) * lambda * l1Ratio)
      worst = Math.max(worst, off / lambda)
    }
  }
  const { target } = data
  if (found.task === 'binary' && target.task === 'binary') {
    judge(
      found.probability.map((p, i) => target.codes[i]! - p),
      0,
    )
  } else if (found.task === 'multiclass' && target.task === 'multiclass') {
    for (const [k, of] of found.probabilities.entries()) {
      judge(
        of.map((p, i) => (target.codes[i] === k ? 1 : 0) - p),
        k,
      )
    }
  }
  return worst
}

function wideTable(rows: number, width: number, seed: number): Table {
  const random = seededRandom(seed)
  const wide: Column[] = Array.from({ length: width }, (_, i) => ({
    name: `x${i}`,
    kind: 'numeric',
    values: Float64Array.from({ length: rows }, () => gaussian(random)),
  }))
  return { rows, columns: wide }
}

function classesOf({ columns, rows }: Table, classes: number): Int32Array {
  const numbers = columns.flatMap((column) => (column.kind === 'numeric' ? [column.values] : []))
  return Int32Array.from({ length: rows }, (_, i) => {
    const score = numbers[0]![i]! - numbers[1]![i]! + numbers[2]![i]! / 2
    return Math.max(0, Math.min(classes - 1, Math.floor(score + classes / 2)))
  })
}

describe('the conditions of the minimum hold', () => {
  const settings = { linear: { lambda: 4, l1Ratio: 0.8 } }

  test('where classes are stepped apart, because together they have too many coefficients', async () => {
    const data = wideTable(300, 60, 5)
    const target: Target = { task: 'multiclass', codes: classesOf(data, 6), classes: ['a', 'b', 'c', 'd', 'e', 'f'] }
    const request = { trainer: 'linear', table: data, target, settings, seed: 1 } as const
    const model = expectAccepted(await fitModel(request))
    expect(violation(model, { table: data, target })).toBeLessThan(1e-4)
  })

  test('where columns are so many that steps are over blocks of them', async () => {
    const data = wideTable(150, 1300, 6)
    const target: Target = { task: 'binary', codes: classesOf(data, 2), classes: ['a', 'b'] }
    const request = { trainer: 'linear', table: data, target, settings, seed: 1 } as const
    const model = expectAccepted(await fitModel(request))
    const used = slopesOf(model).filter((slope) => slope !== 0).length
    expect(used).toBeGreaterThan(3)
    expect(used).toBeLessThan(150)
    expect(violation(model, { table: data, target })).toBeLessThan(1e-4)
  })
})

test('the common shift of the classes is the one of least penalty', () => {
  const random = seededRandom(2)
  for (const l1Ratio of [0.1, 0.6, 1]) {
    for (let round = 0; round < 40; round++) {
      // Three classes of one column behind an intercept; ties and zeros occur.
      const values = [1, 2, 3].map(() => Math.round(gaussian(random) * 2) / 2)
      const point = Float64Array.from(values.flatMap((value) => [9, value]))
      shiftClasses(point, 2, l1Ratio)
      const penalty = (shift: number) =>
        values.reduce((sum, b) => sum + l1Ratio * Math.abs(b - shift) + ((1 - l1Ratio) / 2) * (b - shift) ** 2, 0)
      const found = values[0]! - point[1]!
      for (let shift = -6; shift <= 6; shift += 0.05) expect(penalty(found)).toBeLessThanOrEqual(penalty(shift) + 1e-12)
      expect([...point]).toEqual(values.flatMap((value) => [9, expect.closeTo(value - found, 12)]))
    }
  }
})

test('of an elastic net the path starts where all coefficients are zero, and the best of it leaves noise out', async () => {
  const { table: data, target } = makeSynthetic('regression', 500)
  const noise = wideTable(500, 30, 9).columns
  const wide = { rows: 500, columns: [...data.columns, ...noise] }
  const fittedWith = async (linear: object) =>
    expectAccepted(await fitModel({ trainer: 'linear', table: wide, target, settings: { linear }, seed: 1 }))
  const best = await fittedWith({ l1Ratio: 1 })
  const zeros = slopesOf(best).filter((slope) => slope === 0).length
  expect(zeros).toBeGreaterThan(5)
  expect(best.terms.find(({ kind }) => kind === 'slope')).toMatchObject({ feature: 'x1' })
  // One penalty of a path lies in its middle; its ends are 1 and a thousandth of the strongest.
  const { lambda } = (await fittedWith({ l1Ratio: 1, pathLength: 1 })).training
  const all = await fittedWith({ l1Ratio: 1, lambda: lambda! * Math.sqrt(1000) * 1.0001 })
  expect(slopesOf(all).every((slope) => slope === 0)).toBe(true)
  const some = await fittedWith({ l1Ratio: 1, lambda: lambda! * Math.sqrt(1000) * 0.98 })
  expect(some.terms.some(({ importance }) => importance > 0)).toBe(true)
})

test('more mixtures and penalties are refused where they are none', async () => {
  const { table: data, target } = makeSynthetic('binary', 60)
  for (const linear of [
    { lambda: -1 },
    { lambda: Number.NaN },
    { l1Ratio: 1.1 },
    { pathLength: 0 },
    { pathLength: 2.5 },
  ]) {
    const found = await fitModel({ trainer: 'linear', table: data, target, settings: { linear }, seed: 1 })
    expect(found).toMatchObject({ refused: true, code: 'setting-not-valid' })
  }
})

describe('odd tables give finite coefficients', () => {
  const rows = 40
  const line = Float64Array.from({ length: rows }, (_, i) => i - 19.5)
  const tables: Record<string, Column[]> = {
    separable: [{ name: 'x', kind: 'numeric', values: line }],
    constant: [{ name: 'x', kind: 'numeric', values: new Float64Array(rows).fill(7) }],
    collinear: [1, 2, -3].map((factor, i) => ({
      name: `x${i}`,
      kind: 'numeric',
      values: line.map((value) => factor * value),
    })),
    'not finite': [
      { name: 'x', kind: 'numeric', values: line.map((value, i) => (i % 5 === 0 ? Number.POSITIVE_INFINITY : value)) },
      { name: 'y', kind: 'numeric', values: line.map((value) => value * 1e306) },
    ],
    wide: [...wideTable(rows, 44, 4).columns],
    'a level for each row': [
      {
        name: 'id',
        kind: 'category',
        codes: Int32Array.from(line, (_, i) => i),
        levels: Array.from(line, (_, i) => `r${i}`),
      },
    ],
  }
  const targets: Target[] = [
    { task: 'binary', codes: Int32Array.from(line, (value) => (value > 0 ? 1 : 0)), classes: ['a', 'b'] },
    { task: 'binary', codes: new Int32Array(rows), classes: ['a', 'b'] },
    { task: 'multiclass', codes: Int32Array.from(line, (_, i) => Math.floor(i / 14)), classes: ['a', 'b', 'c'] },
    { task: 'regression', values: line.map((value) => 1e200 * value) },
    { task: 'regression', values: new Float64Array(rows).fill(-3) },
  ]
  const wishes = [
    {},
    { l1Ratio: 0.5 },
    { l1Ratio: 1 },
    { lambda: 0 },
    { lambda: 0, l1Ratio: 1 },
    { lambda: 1e-4, l1Ratio: 0.5 },
  ]

  test.each(Object.keys(tables))('%s', async (name) => {
    const data = { rows, columns: tables[name]! }
    for (const target of targets) {
      for (const linear of wishes) {
        const model = expectAccepted(
          await fitModel({ trainer: 'linear', table: data, target, settings: { linear }, seed: 1 }),
        )
        expect(JSON.stringify(model), `${target.task} ${JSON.stringify(linear)}`).not.toContain('null')
        const found = expectAccepted(predict(model, data))
        const numbers =
          found.task === 'regression'
            ? found.value
            : found.task === 'binary'
              ? found.probability
              : found.probabilities[0]!
        expect(numbers.every(Number.isFinite), `${target.task} ${JSON.stringify(linear)}`).toBe(true)
      }
    }
  })
})
