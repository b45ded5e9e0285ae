import type { Look } from './finding.ts'
import type { Sample, SampledColumn } from './sample-rows.ts'

/** A label among the columns of a sample, and how it would be predicted. */
export interface LabelLook {
  readonly look: Look
  readonly sample: Sample
  readonly label: SampledColumn
  readonly regression: boolean
}

const mostCodes = 20

/** The label of a look, read as classes or as a number; null where there is none, or it says nothing. */
export function labelLook(look: Look, sample: Sample): LabelLook | null {
  const label = sample.columns.find(({ column }) => column.id === look.target)
  if (label === undefined || label.facts.distinct < 2 || label.column.type === 'date' || label.column.type === 'timestamp') return null
  const { facts, column, values, levels } = label
  const fewWhole = facts.distinct <= mostCodes && levels.every((level) => Number.isInteger(level))
  return { look, sample, label, regression: values !== null && column.type !== 'boolean' && facts.distinct > 2 && (facts.distinct > 10 || !fewWhole) }
}

/** "on all 500 rows", or "on 4,000 rows taken evenly". */
export function rowWords({ rows, complete }: Sample): string {
  return complete ? `all ${rows.toLocaleString('en-US')} rows` : `${rows.toLocaleString('en-US')} rows taken evenly through the table`
}
