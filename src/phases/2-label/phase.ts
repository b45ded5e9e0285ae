import { labelledSchema, type Labelled } from '#core/outcomes'
import type { Option, Proposal } from '#core/decision'
import type { Phase } from '#phases/phase'
import { acceptsOf } from './accepts.ts'
import { applyLabel } from './apply.ts'
import { proposeLabel } from './propose.ts'
import { decisionOfOption, readLabelAnswer } from './read-answer.ts'
import { replayLabel } from './replay.ts'
import { labelDecisionSchema, type LabelDecision } from './schema.ts'

/** label_selection: which column is predicted, as what, tested on which rows, and without which columns. */
export const labelPhase: Phase<LabelDecision, Labelled> = {
  name: 'label_selection',
  version: 4,
  choice: 'one',
  sealsRows: true,
  schemas: { decision: labelDecisionSchema, outcome: labelledSchema },
  propose: proposeLabel,
  accepts: acceptsOf,
  read: readLabelAnswer,
  recommended: (proposal) => decided(proposal, proposal.recommended_index),
  fallback: (proposal) => decided(proposal, proposal.default_option_index),
  apply: applyLabel,
  replay: replayLabel,
}

function decided(proposal: Proposal, index: number | null): LabelDecision | null {
  const option: Option | undefined = index === null ? undefined : proposal.options[index]
  return option === undefined ? null : decisionOfOption(option)
}
