import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BLOCK_ROWS } from './compiled-model.ts'
import { explain, explainRow } from './explain.ts'
import { type Model, type PairAxis, slotsOfAxis, type Term } from './model.ts'
import { placeNumber, readNumber } from './place-number.ts'
import { compilePredictor, predict, scoreRows } from './predict.ts'
import { randomModel, rowOf } from './random-model.testkit.ts'
import { expectAccepted } from './refusal.ts'
import { type Row, scoreRow } from './score-row.ts'
import { scoreTable } from './score-table.ts'

/** What a term adds, read off its description: one value at a time, no table compiled. */
function partOf(term: Term, row: Row, k: number): number {
  if (term.kind === 'pair') {
    const cell = slotOn(term.axes[0], row) * slotsOfAxis(term.axes[1]) + slotOn(term.axes[1], row)
    return term.scores[k]![cell]!
  }
  const value = row[term.feature] ?? null
  if (term.kind === 'category') {
    if (value === null) return term.missing[k]!
    const level = term.levels.indexOf(String(value))
    return level < 0 ? term.unseen[k]! : term.scores[k]![term.bins[level]!]!
  }
  const number = readNumber(value)
  if (Number.isNaN(number)) return term.missing[k]!
  return term.kind === 'slope' ? term.slope[k]! * (number - term.mean) + term.shift[k]! : term.scores[k]![placeNumber(term.edges, number)]!
}

function slotOn(axis: PairAxis, row: Row): number {
  const value = row[axis.feature] ?? null
  if (axis.kind === 'category') {
    if (value === null) return 0
    const level = axis.levels.indexOf(String(value))
    return level < 0 ? axis.unseen : axis.slots[level]!
  }
  const number = readNumber(value)
  return Number.isNaN(number) ? 0 : placeNumber(axis.edges, number) + 1
}

function sumsOf({ intercepts, terms }: Model, row: Row): number[] {
  return intercepts.map((start, k) => terms.reduce((sum, term) => sum + partOf(term, row, k), start))
}

describe('on any model', () => {
  test('prediction, single rows, mean parts and explanation are the sums that the terms describe, to the last bit', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { model, table } = randomModel(seed, 40)
        const sums = expectAccepted(scoreRows(model, table))
        const predicted = expectAccepted(predict(model, table))
        const one = scoreRow(model)
        const takeApart = explainRow(model)
        const totals = model.terms.map(() => model.intercepts.map(() => 0))
        for (let i = 0; i < table.rows; i++) {
          const row = rowOf(table, i)
          const expected = sumsOf(model, row)
          expect(sums.map((sum) => sum[i])).toEqual(expected)
          const explained = expectAccepted(explain(model, table, i))
          expect(explained.scores).toEqual(expected)
          expect(explained.contributions.map(({ contributions }) => contributions)).toEqual(model.terms.map((term) => model.intercepts.map((_, k) => partOf(term, row, k))))
          expect(takeApart(row).scores).toEqual(expected)
          const single = expectAccepted(one(row))
          if (single.task === 'multiclass' && predicted.task === 'multiclass') expect(single.probabilities).toEqual(predicted.probabilities.map((of) => of[i]))
          else if (single.task === 'binary' && predicted.task === 'binary') expect([single.score, single.probability]).toEqual([expected[0], predicted.probability[i]])
          else if (single.task === 'regression' && predicted.task === 'regression') expect([single.value, predicted.value[i]]).toEqual([expected[0], expected[0]])
          else throw new Error('the tasks differ')
          for (const [t, term] of model.terms.entries()) for (const k of model.intercepts.keys()) totals[t]![k]! += partOf(term, row, k)
        }
        const scored = expectAccepted(scoreTable(model, table))
        expect(scored.terms.map(({ means }) => means)).toEqual(totals.map((of) => of.map((total) => total / table.rows)))
        if (scored.prediction.kind === 'numeric') expect(scored.prediction.values).toEqual(sums[0])
      }),
      { numRuns: 150 },
    )
  })

  test('blocks of rows meet without a seam, and a predictor may be used again', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { model, table } = randomModel(seed, 2 * BLOCK_ROWS + 17)
      const predictor = compilePredictor(model)
      const first = predictor(table)
      expect(predictor(table)).toEqual(first)
      const sums = expectAccepted(scoreRows(model, table))
      for (const i of [0, BLOCK_ROWS - 1, BLOCK_ROWS, 2 * BLOCK_ROWS, table.rows - 1]) {
        expect(sums.map((sum) => sum[i])).toEqual(sumsOf(model, rowOf(table, i)))
      }
      expect(expectAccepted(predict(model, { rows: 0, columns: randomModel(seed, 0).table.columns }))).toBeDefined()
    }
  })
})

test('a contribution of two features names both and both values', () => {
  const term: Term = {
    kind: 'pair',
    axes: [
      { kind: 'numeric', feature: 'age', edges: [30] },
      { kind: 'category', feature: 'city', levels: ['Bern'], slots: [1], unseen: 2, size: 3 },
    ],
    scores: [[0, 1, 2, 10, 11, 12, 20, 21, 22]],
    deviation: [[0, 0, 0, 0, 0, 0, 0, 0, 0]],
    weight: [1, 1, 1, 1, 1, 1, 1, 1, 1],
    importance: 1,
  }
  const { model } = randomModel(1, 0)
  const takeApart = explainRow({ ...model, intercepts: [0.5], terms: [term] })
  const said = (row: Row) => takeApart(row).contributions
  expect(said({ age: 31, city: 'Bern' })).toEqual([{ name: 'age × city', features: ['age', 'city'], values: [31, 'Bern'], contributions: [21] }])
  expect(said({ age: 30, city: 'Rome' })).toEqual([{ name: 'age × city', features: ['age', 'city'], values: [30, 'Rome'], contributions: [12] }])
  expect(said({ city: null })).toEqual([{ name: 'age × city', features: ['age', 'city'], values: [null, null], contributions: [0] }])
})

test('a column that is lacking or of the other kind is refused by name', () => {
  const { model, table } = randomModel(3, 5)
  const [term] = model.terms
  if (term === undefined || term.kind === 'pair') throw new Error('expected a term of one feature first')
  const without = { ...table, columns: table.columns.filter(({ name }) => name !== term.feature) }
  expect(predict(model, without)).toMatchObject({ refused: true, code: 'missing-column' })
  expect(scoreTable(model, without)).toMatchObject({ refused: true, code: 'missing-column' })
  expect(explain(model, without, 0)).toMatchObject({ refused: true, code: 'missing-column' })
  const { [term.feature]: _lacking, ...row } = rowOf(table, 0)
  expect(scoreRow(model)(row)).toMatchObject({ refused: true, code: 'missing-column' })
  const turned = table.columns.map((column) => (column.name !== term.feature ? column : column.kind === 'numeric' ? { name: column.name, kind: 'category' as const, codes: new Int32Array(5), levels: ['a'] } : { name: column.name, kind: 'numeric' as const, values: new Float64Array(5) }))
  expect(predict(model, { rows: 5, columns: turned })).toMatchObject({ refused: true, code: 'column-kind-differs' })
})
