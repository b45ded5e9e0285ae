import { InferenceSession, Tensor } from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import { type CheckRow, checkRows } from './check-rows.ts'
import { onnxFile } from './export-onnx.ts'
import { missingText } from './onnx-model.ts'
import { randomScorer, trainedCases, trainedScorer } from './exports.testkit.ts'
import { openScorer } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'

interface Told {
  readonly takes: string
  readonly inputs: readonly { readonly name: string; readonly type: string }[]
  readonly checks: readonly { readonly inputs: Readonly<Record<string, number | string | null>>; readonly expected: CheckRow['expected'] }[]
}

/** The metadata is the last that a file holds. */
function toldBy(bytes: Uint8Array): Told {
  const text = new TextDecoder().decode(bytes)
  return JSON.parse(text.slice(text.lastIndexOf('{"takes":')))
}

/** The largest difference between what the file and the API say of the rows, and how many predictions differ. */
async function difference(document: ScorerDocument, checks: readonly CheckRow[]): Promise<{ readonly takes: string; readonly rows: number; readonly largest: number; readonly predictions: number }> {
  const { bytes } = orThrow(onnxFile({ document }, checks))
  const told = toldBy(bytes)
  const session = await InferenceSession.create(bytes)
  const rows = told.checks.length
  const feeds = Object.fromEntries(told.inputs.map(({ name, type }) => {
    const cells = told.checks.map(({ inputs }) => inputs[name] ?? null)
    return [name, type === 'text' ? new Tensor('string', cells.map((cell) => (cell === null ? missingText : String(cell))), [rows, 1]) : new Tensor('float64', Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))), [rows, 1])]
  }))
  const said = await session.run(feeds)
  const [score, proba, pred] = ['score', 'proba', 'pred'].map((name) => said[name])
  const apart = (a: number, b: number): number => (Number.isFinite(a) ? Math.abs(a - b) / Math.max(1, Math.abs(b)) : Infinity)
  const outputs = score?.dims[1] ?? 1
  const classes = document.classes ?? []
  const gaps = told.checks.flatMap(({ expected }, row) => {
    const output = outputs > 1 ? classes.indexOf(String(expected.pred)) : 0
    const of = classes.indexOf(document.task === 'binary' ? (classes[1] ?? '') : String(expected.pred))
    const chances = expected.proba === undefined ? [] : [apart(Number(proba?.data[row * classes.length + of]), expected.proba)]
    return [apart(Number(score?.data[row * outputs + output]), expected.score), ...chances, ...(typeof expected.pred === 'number' ? [apart(Number(pred?.data[row]), expected.pred)] : [])]
  })
  const predictions = told.checks.filter(({ expected }, row) => typeof expected.pred === 'string' && pred?.data[row] !== expected.pred).length
  return { takes: told.takes, rows, largest: Math.max(...gaps), predictions }
}

test('the file scores random models as the API', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { document, rows } = randomScorer(seed, 60)
    if (document.model.terms.length === 0) continue
    const found = await difference(document, checkRows(orThrow(openScorer(document)), rows))
    expect(found, `seed ${seed}`).toMatchObject({ takes: 'raw_rows', rows: 60, predictions: 0 })
    expect(found.largest, `seed ${seed}`).toBeLessThan(1e-9)
  }
})

test.each(trainedCases.filter(({ trainer }) => trainer !== 'dummy'))('the file scores a fitted model on prepared columns as the API: $trainer, $task', async ({ trainer, task }) => {
  const { document, rows } = await trainedScorer(trainer, task)
  const found = await difference(document, checkRows(orThrow(openScorer(document)), rows))
  expect(found).toMatchObject({ takes: 'prepared_rows', rows: rows.length, predictions: 0 })
  expect(found.largest).toBeLessThan(1e-9)
})
