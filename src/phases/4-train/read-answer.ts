import { canonicalJson } from '#core/canonical-json'
import type { Answer, Proposal } from '#core/decision'
import { accept, type Result, refuse } from '#core/errors'
import { findColumn } from '#core/find-column'
import { listNames } from './list-names.ts'
import { readEdits } from './read-edits.ts'
import { readMonotone } from './read-monotone.ts'
import { checkSettings, readSettings } from './read-settings.ts'
import { type Basis, basisSchema, type TrainingDecision, type TrainingSettings } from './schema.ts'
import type { TrainerName } from './trainers.ts'

/** Reads an answer against the open proposal: honoured in full, or refused with the reason. */
export function readAnswer(answer: Answer, proposal: Proposal): Result<TrainingDecision> {
  const basis = basisSchema.parse(proposal.basis)
  const shape = checkShape(answer)
  if (!shape.ok) return shape
  const settings = readSettings(answer.custom_value)
  if (!settings.ok) return settings
  const trainer = readTrainer(answer, settings.value, proposal)
  if (!trainer.ok) return trainer
  const checked = checkSettings(settings.value, trainer.value, basis.task)
  if (!checked.ok) return checked
  const features = readFeatures(answer, basis)
  if (!features.ok) return features
  const monotone = readMonotone(answer.monotonic_constraints, basis, {
    trainer: trainer.value,
    features: features.value,
  })
  if (!monotone.ok) return monotone
  const { trainer: _named, ...rest } = checked.value
  const decision = {
    trainer: trainer.value,
    features: features.value,
    settings: rest,
    monotone: monotone.value,
    board: basis.board,
  }
  const measured = measuredBlob(decision, basis)
  if (rest.edits === undefined) return accept({ ...decision, measured })
  const edits = readEdits({ edits: rest.edits, measured }, basis)
  return edits.ok ? accept({ ...decision, settings: { ...rest, edits: edits.value }, measured }) : edits
}

/** The recommended trainer with the proposed directions. */
export function recommendedDecision(proposal: Proposal): TrainingDecision | null {
  const read = readAnswer({ choice_index: proposal.recommended_index }, proposal)
  return read.ok && proposal.recommended_index !== null ? read.value : null
}

/** Fields of other phases; heeding none of them in silence would replace what was asked for. */
const foreignFields = [
  'label_type',
  'apply_indices',
  'skip_indices',
  'selected_indices',
  'selected_options',
  'report_config',
  'monitoring_config',
] as const

const ownFields = ['choice_index', 'action', 'custom_value', 'selected_features', 'monotonic_constraints'] as const

function checkShape(answer: Answer): Result<null> {
  const foreign = foreignFields.filter((field) => isGiven(answer[field]))
  if (foreign.length > 0) {
    return refuse(
      'DECISION_INVALID',
      `model_training does not read ${foreign.join(', ')}; it reads ${ownFields.join(', ')}.`,
    )
  }
  if (answer.done === false)
    return refuse('DECISION_INVALID', 'model_training is decided once; leave "done" out, or answer true.')
  const action = answer.action ?? null
  if (action !== null && action !== 'train') {
    return refuse('DECISION_INVALID', `model_training knows the action "train", received "${action}".`)
  }
  if (ownFields.every((field) => answer[field] === null || answer[field] === undefined)) {
    return refuse(
      'DECISION_INVALID',
      'The answer chooses nothing: give choice_index, or action "train" for the recommended trainer.',
    )
  }
  return accept(null)
}

/** Clients send null, and some send empty lists, for what they do not mean. */
function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined
}

function readTrainer(answer: Answer, settings: TrainingSettings, proposal: Proposal): Result<TrainerName> {
  const { trainers } = basisSchema.parse(proposal.basis)
  const index = answer.choice_index ?? null
  const chosen = index === null ? undefined : trainers[index]
  if (index !== null && chosen === undefined) {
    return refuse('CHOICE_OUT_OF_RANGE', `choice_index is ${index}; the options are 0 to ${trainers.length - 1}.`)
  }
  const named = settings.trainer
  if (named !== undefined && !trainers.includes(named)) {
    return refuse(
      'CUSTOM_REFUSED',
      `The trainer "${named}" is not compared in this run; it compares ${trainers.join(', ')}.`,
    )
  }
  if (named !== undefined && chosen !== undefined && named !== chosen) {
    return refuse(
      'CUSTOM_REFUSED',
      `choice_index ${index} is "${chosen}", but custom_value.trainer is "${named}": give one of them.`,
    )
  }
  const trainer = chosen ?? named ?? trainers[proposal.recommended_index ?? -1]
  return trainer === undefined
    ? refuse('DECISION_INVALID', 'No trainer is recommended; give choice_index.')
    : accept(trainer)
}

function readFeatures(answer: Answer, basis: Basis): Result<string[]> {
  const known = basis.features.map((feature) => feature.name)
  const asked = answer.selected_features ?? null
  if (asked === null) return accept(known)
  if (asked.length === 0)
    return refuse('NO_FEATURES', 'selected_features is empty, so the model would have nothing to learn from.')
  const chosen = new Set<string>()
  for (const written of asked) {
    const feature = typeof written === 'string' ? findColumn(basis.features, written) : undefined
    if (feature === undefined) {
      return refuse(
        'CUSTOM_REFUSED',
        `selected_features names ${JSON.stringify(written)}, which is none of the columns to learn from: ${listNames(known)}.`,
      )
    }
    chosen.add(feature.name)
  }
  return accept(known.filter((name) => chosen.has(name)))
}

/** Where exactly this plan was measured for the proposal, its blob. */
function measuredBlob(decision: Omit<TrainingDecision, 'measured'>, basis: Basis): string | null {
  const { threshold: _threshold, cost: _cost, calibrate: _calibrate, edits: _edits, ...fitted } = decision.settings
  if (Object.values(fitted).some((value) => value !== undefined) || decision.features.length !== basis.features.length)
    return null
  const wanted = canonicalJson(decision.monotone)
  const found = basis.measured.find((one) => one.trainer === decision.trainer && canonicalJson(one.monotone) === wanted)
  return found?.blob ?? null
}
