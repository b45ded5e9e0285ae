import type { RowExplanation } from '#core/advisor-ports'
import type { Table } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { Labelled, Trained } from '#core/outcomes'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import { readScorer, type RowScore, type Scorer } from '#scoring/scorer'
import type { ServiceInput } from './ports.ts'

interface Explained {
  readonly raw: Table
  readonly labelled: Labelled
  readonly trained: Trained
}

/** Scores one row of the raw table through the whole pipeline and takes its score apart; null for a row that is not there. */
export async function explainRow(input: ServiceInput, { raw, labelled, trained }: Explained, row: number): Promise<RowExplanation | null> {
  const cells = await rowOf(input, raw, row)
  if (cells === null) return null
  const scorer = orThrow(readScorer(await input.blobs.get(trained.model)))
  const said = scorer.predictRow(Object.fromEntries(raw.columns.map((column) => [column.name, cells[column.id] ?? null])))
  const kept = await rowOf(input, labelled.table, row)
  const side = kept === null ? 'unlabelled' : kept[labelled.sealed] === true ? 'test' : 'train'
  return { row, side, label: kept?.[labelled.label.id] ?? null, ...scoreOf(scorer, said) }
}

async function rowOf({ data }: ServiceInput, table: Table, row: number): Promise<Record<string, Cell> | null> {
  const rows = await data.query(sql`select * from t where ${name('row_id')} = ${row}`, { tables: { t: table.hash }, signal: new AbortController().signal })
  return rows[0] ?? null
}

/** The score of the predicted class of several, of the positive class of two, or of the number. */
function scoreOf({ document }: Scorer, said: RowScore): Pick<RowExplanation, 'prediction' | 'probability' | 'start' | 'total' | 'link' | 'explained' | 'contributions'> {
  const output = said.task === 'multiclass' ? Math.max(0, (document.classes ?? []).indexOf(said.prediction)) : 0
  const contributions = said.contributions.map(({ name, features, values, contributions: byOutput }) => ({ name, features, values, part: byOutput[output] ?? 0 }))
  const taken = { start: said.intercepts[output] ?? 0, total: [said.score].flat()[output] ?? 0, link: document.model.link, contributions }
  if (said.task === 'regression') return { prediction: said.value, probability: null, explained: null, ...taken }
  if (said.task === 'binary') return { prediction: said.prediction, probability: said.probability, explained: document.positive, ...taken }
  return { prediction: said.prediction, probability: said.probabilities[said.prediction] ?? null, explained: said.prediction, ...taken }
}
