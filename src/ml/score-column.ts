import type { Model } from './model.ts'
import { predict } from './predict.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Column, Table } from './table.ts'

/** What a model says of each row, as a column: log-odds of the positive class, the value, or the likeliest class. */
export function scoreColumn(model: Model, table: Table): Column | Refusal {
  const said = predict(model, table)
  if (isRefusal(said)) return said
  const name = 'prediction'
  if (said.task === 'binary') return { name, kind: 'numeric', values: said.score }
  if (said.task === 'regression') return { name, kind: 'numeric', values: said.value }
  return { name, kind: 'category', codes: likeliest(said.probabilities, table.rows), levels: model.classes ?? [] }
}

function likeliest(probabilities: readonly Float64Array[], rows: number): Int32Array {
  const codes = new Int32Array(rows)
  for (const [k, mine] of probabilities.entries()) {
    for (let row = 0; row < rows; row++) {
      const best = (probabilities[codes[row] as number] as Float64Array)[row] as number
      if ((mine[row] as number) > best) codes[row] = k
    }
  }
  return codes
}
