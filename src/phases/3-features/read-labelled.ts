import type { Column } from '#core/dataset'
import { labelledSchema, type Labelled } from '#core/outcomes'
import type { Facts } from '#phases/phase'

/** The label decision that this phase builds on. */
export function readLabelled(facts: Facts): Labelled {
  return labelledSchema.parse(facts.outcomes.label_selection)
}

/** Columns that no step may touch: the label, the weight, and what orders the rows in time. */
export function fixedColumns(labelled: Labelled): Column[] {
  const time = labelled.table.columns.find((column) => column.id === labelled.time)
  return [labelled.label, ...(labelled.weight === null ? [] : [labelled.weight]), ...(time === undefined ? [] : [time])]
}
