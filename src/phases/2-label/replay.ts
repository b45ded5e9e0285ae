import type { Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import type { Replayed } from '#phases/phase'
import { planTarget } from './plan-target.ts'
import { labelBasisSchema, labelEffectSchema, type LabelDecision } from './schema.ts'
import { weightFault } from './weight-fault.ts'

/** The same label, split and kept columns on the table of a retrain; refused where one of them is not there or of no use. */
export function replayLabel({ decisions }: Replayed<LabelDecision>, proposal: Proposal): Result<LabelDecision> {
  const before = decisions.at(-1)
  if (before === undefined) return refuse('DECISION_STALE', 'The parent run chose no label.')
  const basis = labelBasisSchema.parse(proposal.basis)
  const facts = basis.columns.find((column) => column.id === before.column)
  if (facts === undefined) return refuse('LABEL_UNKNOWN_COLUMN', `The label "${before.name}" is not in the table after data_preparation.`)
  const plan = planTarget({ facts, rows: basis.rows, task: before.task, positive: before.positive })
  if (!plan.ok) return plan
  const { split, weight, keep } = before
  const named = [...(split.column === null ? [] : [split.column]), ...(weight === null ? [] : [weight]), ...keep]
  const gone = named.filter((id) => !basis.columns.some((column) => column.id === id))
  if (gone.length > 0) return refuse('LABEL_UNKNOWN_COLUMN', `${gone.length === 1 ? 'A column' : `${gone.length} columns`} by which the parent run split, weighed or kept what leaks the label is not in the table.`)
  const divides = basis.columns.find((column) => column.id === split.column)
  if (divides !== undefined && divides.distinct < 2) return refuse('CUSTOM_REFUSED', `"${divides.name}" has fewer than two different values now, so it cannot split the rows.`)
  const weighs = basis.columns.find((column) => column.id === weight)
  const fault = weighs === undefined ? null : weightFault(weighs, facts)
  if (fault !== null) return refuse('CUSTOM_REFUSED', fault)
  const option = proposal.options.find(({ effect }) => labelEffectSchema.parse(effect).column === facts.id)
  return accept({ ...before, name: facts.name, choice_index: option?.index ?? null })
}
