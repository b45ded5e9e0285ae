import { orThrow } from '#core/errors'
import { countText } from '#core/number-text'
import type { Facts, Tools } from '#phases/phase'
import { openRawScorer, type SaidOfRow } from '#scoring/raw-scorer'
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

/** Scores every sealed row by the code that will answer predictions, alone and from its raw cells, and compares with the batch path. */
export async function checkSameAnswers({ facts, deploying, sealed }: Compared, tools: Tools): Promise<Check> {
  const { labelled, scorer } = deploying
  const columns = facts.table.columns.filter((column) => scorer.document.pipeline.reads.includes(column.name))
  const single = orThrow(openRawScorer(scorer.document))
  let rows = 0
  let unreadable = 0
  let largest = 0
  for await (const page of rawSealedRows({ labelled, raw: facts.table.hash, columns: columns.map(({ id }) => id) }, tools)) {
    for (const cells of page) {
      if (single.score(namedCells(cells, columns)) === null) largest = Math.max(largest, differenceOf(single.said, sealed.prediction, rows))
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

function differenceOf(said: SaidOfRow, batch: Prediction, row: number): number {
  if (batch.task === 'binary') return Math.abs(said.probability - (batch.probability[row] ?? Number.NaN))
  if (batch.task === 'regression') {
    const value = batch.value[row] ?? Number.NaN
    return Math.abs(said.value - value) / (1 + Math.abs(value))
  }
  return Math.max(...batch.probabilities.map((of, k) => Math.abs((said.probabilities[k] ?? Number.NaN) - (of[row] ?? Number.NaN))))
}
