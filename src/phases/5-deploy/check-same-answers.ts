import { countText } from '#core/number-text'
import type { Facts, Tools } from '#phases/phase'
import { rowReader } from '#scoring/row-reader'
import type { RowScore } from '#scoring/scorer'
import type { Prediction } from '#ml/prediction'
import type { Check } from './check.ts'
import type { DeployFacts } from './deploy-facts.ts'
import { namedCells } from './sample-rows.ts'
import { rawSealedRows, type SealedRows } from './sealed-rows.ts'

/** The largest difference that rounding may make. */
const tolerance = 1e-12

interface Compared {
  readonly facts: Facts
  readonly deploying: DeployFacts
  readonly sealed: SealedRows
}

/** Scores every sealed row as prediction will, alone and from its raw cells, and compares with the batch path. */
export async function checkSameAnswers({ facts, deploying, sealed }: Compared, tools: Tools): Promise<Check> {
  const { labelled, scorer } = deploying
  const columns = facts.table.columns.filter((column) => scorer.document.pipeline.reads.includes(column.name))
  const readRow = rowReader(scorer.document)
  let rows = 0
  let unreadable = 0
  let largest = 0
  for await (const page of rawSealedRows({ labelled, raw: facts.table.hash, columns: columns.map(({ id }) => id) }, tools)) {
    for (const cells of page) {
      const read = columns.length === 0 ? { ok: true as const, row: {} } : readRow(namedCells(cells, columns))
      if (read.ok) largest = Math.max(largest, differenceOf(scorer.predictRow(read.row), sealed.prediction, rows))
      else unreadable += 1
      rows += 1
    }
    tools.progress(0.1 + 0.6 * (rows / Math.max(1, sealed.rows)), 'Scoring the sealed rows one by one')
  }
  const passed = unreadable === 0 && rows === sealed.rows && largest <= tolerance
  return { id: 'same_answers', passed, evidence: evidenceOf({ rows, unreadable, largest, passed }) }
}

function evidenceOf({ rows, unreadable, largest, passed }: { rows: number; unreadable: number; largest: number; passed: boolean }): Check['evidence'] {
  const bad = unreadable === 0 ? '' : ` ${unreadable.toLocaleString('en-US')} of them could not be read.`
  const size = largest === 0 ? 'none differs from' : `the largest difference is ${largest.toExponential(1)} from`
  const how = 'Scored alone from its raw cells, as predictions will be'
  const text = `${how}, each of ${countText(rows, 'sealed row')} was compared: ${size} what training measured.${bad}`
  const value = { rows, unreadable, largest_difference: largest, tolerance, passed }
  return { label: 'Same answers as in training', text, value: largest, interval: null, data: value }
}

function differenceOf(said: RowScore, batch: Prediction, row: number): number {
  if (said.task === 'binary' && batch.task === 'binary') return Math.abs(said.probability - (batch.probability[row] ?? Number.NaN))
  if (said.task === 'regression' && batch.task === 'regression') {
    const value = batch.value[row] ?? Number.NaN
    return Math.abs(said.value - value) / (1 + Math.abs(value))
  }
  if (said.task !== 'multiclass' || batch.task !== 'multiclass') return Number.POSITIVE_INFINITY
  const each = Object.values(said.probabilities).map((probability, k) => Math.abs(probability - (batch.probabilities[k]?.[row] ?? Number.NaN)))
  return Math.max(...each)
}
