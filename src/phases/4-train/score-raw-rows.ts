import type { Table } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { Hash } from '#core/hash'
import type { Labelled } from '#core/outcomes'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import type { Prediction } from '#ml/prediction'
import type { Tools } from '#phases/phase'
import { type RowScore, readScorer, type Scorer } from '#scoring/scorer'

/** Rows that are scored before the signal is looked at again. */
const rowsAtOnce = 2_000

interface SealedRows {
  readonly table: Table
  readonly labelled: Labelled
  /** Order of the classes in the predictions; null for regression. */
  readonly classes: readonly string[] | null
}

/** What stored models say of the sealed rows of a raw table, each through its own pipeline. */
export async function scoreRawRows(
  models: readonly Hash[],
  { table, labelled, classes }: SealedRows,
  tools: Tools,
): Promise<Prediction[]> {
  const scorers: Scorer[] = []
  for (const model of models) scorers.push(orThrow(readScorer(await tools.blobs.get(model))))
  const said = scorers.map((): RowScore[] => [])
  for await (const rows of sealedRows(table, labelled, tools)) {
    for (const [i, scorer] of scorers.entries()) for (const row of rows) said[i]?.push(scorer.predictRow(row))
    tools.signal.throwIfAborted()
  }
  return said.map((scores) => predictionOf(scores, classes))
}

/** The sealed rows as they stand in the file, by display name, in row order. */
async function* sealedRows(
  table: Table,
  labelled: Labelled,
  { data, signal }: Tools,
): AsyncGenerator<Record<string, Cell>[]> {
  const tables = { raw: table.hash, labelled: labelled.table.hash }
  const sealed = sql`select row_id from labelled where ${name(labelled.sealed)}`
  for (let after = -1; ; ) {
    const query = sql`select * from raw where row_id > ${after} and row_id in (${sealed}) order by row_id limit ${rowsAtOnce}`
    const found = await data.query(query, { tables, signal })
    if (found.length === 0) return
    yield found.map((row) => Object.fromEntries(table.columns.map((column) => [column.name, row[column.id] ?? null])))
    after = Number(found.at(-1)?.row_id)
  }
}

function predictionOf(scores: readonly RowScore[], classes: readonly string[] | null): Prediction {
  if (classes === null)
    return { task: 'regression', value: Float64Array.from(scores, (one) => (one.task === 'regression' ? one.value : NaN)) }
  if (scores.some((one) => one.task === 'binary')) {
    const binary = scores.filter((one) => one.task === 'binary')
    return {
      task: 'binary',
      score: Float64Array.from(binary, (one) => Number(one.score)),
      probability: Float64Array.from(binary, (one) => one.probability),
    }
  }
  // A class that a model never met has no chance with it.
  const probabilities = classes.map((label) =>
    Float64Array.from(scores, (one) => (one.task === 'multiclass' ? (one.probabilities[label] ?? 0) : 0)),
  )
  return { task: 'multiclass', probabilities }
}
