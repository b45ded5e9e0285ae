import type { Model } from './model.ts'
import { predict } from './predict.ts'
import type { Prediction } from './prediction.ts'
import type { Refusal } from './refusal.ts'
import type { Table } from './table.ts'

/** Predicts a table on a worker, which takes one input. */
export function predictTable({ model, table }: { readonly model: Model; readonly table: Table }): Prediction | Refusal {
  return predict(model, table)
}
