import type { Json } from '#core/canonical-json'
import type { Proposal } from '#core/decision'
import { accept, type Result } from '#core/errors'
import { progressRange } from '#core/progress-range'
import type { Facts, Tools } from '#phases/phase'
import { readLabelled } from './build-bench.ts'
import { editCandidate, lastEffect } from './edit-candidate.ts'
import { readMeasured } from './measured-blob.ts'
import type { Measured } from './measured-candidate.ts'
import { measuredFor } from './measured-for.ts'
import { modelEvidence } from './model-evidence.ts'
import { basisSchema, type TrainingDecision } from './schema.ts'

interface Trying {
  readonly decision: TrainingDecision
  readonly proposal: Proposal
}

/**
 * What a decision would come to, measured on training rows alone: the fit on the same folds against the same trainer as
 * the card has it, and what its edits change. Nothing is decided and no sealed row is looked at.
 */
export async function tryDecision(facts: Facts, { decision, proposal }: Trying, tools: Tools): Promise<Result<Json>> {
  const labelled = readLabelled(facts)
  const fitting = { ...tools, progress: progressRange(tools.progress, [0, 0.85], 'Fitting on every fold') }
  const fitted = await measuredFor({ facts, labelled, decision }, fitting)
  if (!fitted.ok) return fitted
  const { candidate } = fitted.value
  tools.progress(0.88, 'Measuring the edits')
  const edited = await editCandidate({ labelled, decision, candidate }, tools)
  if (!edited.ok) return edited
  const several = (decision.settings.edits ?? []).length > 1
  const last = several ? await lastEffect({ labelled, decision, candidate }, edited.value.candidate.model, tools) : edited.value.shown
  const base = await baseOf(decision, proposal, tools)
  tools.progress(1, 'Measured')
  const evidence = modelEvidence({ ...candidate, model: edited.value.candidate.model }, base)
  return accept({ ...evidence, edits: edited.value.shown, last_edit: last, lost_directions: [...edited.value.lost], notes: [...fitted.value.notes, ...edited.value.notes] })
}

/** The same trainer as it was measured for the card, without directions. */
async function baseOf(decision: TrainingDecision, proposal: Proposal, { blobs }: Tools): Promise<Measured | null> {
  const kept = basisSchema.parse(proposal.basis).measured.find(({ trainer, monotone, blob }) => trainer === decision.trainer && Object.keys(monotone).length === 0 && blob !== decision.measured)
  return kept === undefined ? null : readMeasured(blobs, kept.blob)
}
