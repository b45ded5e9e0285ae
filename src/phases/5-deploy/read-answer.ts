import { type Answer, asksToSkip, type Proposal } from '#core/decision'
import { accept, type Result, refuse } from '#core/errors'
import type { z } from 'zod'
import { type Choice, choices, customSchema, deployBasisSchema, type DeployDecision } from './schema.ts'

/** Reads an answer against the open card: honoured in full, or refused with the reason. */
export function readAnswer(answer: Answer, proposal: Proposal): Result<DeployDecision> {
  const basis = deployBasisSchema.parse(proposal.basis)
  const foreign = foreignFields.filter((field) => isGiven(answer[field]))
  if (foreign.length > 0) return refuse('DECISION_INVALID', `model_deployment does not read ${foreign.join(', ')}; it reads choice_index, action and custom_value.`)
  if (answer.done === false) return refuse('DECISION_INVALID', 'model_deployment is decided once; leave "done" out, or answer true.')
  const custom = readCustom(answer)
  if (!custom.ok) return custom
  const choice = readChoice(answer, custom.value)
  if (!choice.ok) return choice
  const asked = custom.value.threshold ?? null
  if (asked !== null && basis.task !== 'binary') {
    return refuse('CUSTOM_REFUSED', `custom_value.threshold is ${asked}, but only a model of two classes has a threshold; this one is ${basis.task}.`)
  }
  if (asked !== null && choice.value === 'none') return refuse('CUSTOM_REFUSED', `custom_value.threshold is ${asked}, but nothing is to be deployed.`)
  return accept({ deployment: choice.value, threshold: choice.value === 'none' ? null : (asked ?? basis.threshold), evaluation: basis.evaluation })
}

/** The decision that an option stands for. */
export function decisionOf(proposal: Proposal, deployment: Choice): DeployDecision {
  const { threshold, evaluation } = deployBasisSchema.parse(proposal.basis)
  return { deployment, threshold: deployment === 'none' ? null : threshold, evaluation }
}

/** Fields of other phases; heeding none of them in silence would replace what was asked for. */
const foreignFields = [
  'label_type',
  'apply_indices',
  'skip_indices',
  'selected_indices',
  'selected_options',
  'selected_features',
  'monotonic_constraints',
  'report_config',
  'monitoring_config',
] as const

/** Clients send null, and some send empty lists, for what they do not mean. */
function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined
}

type Custom = z.infer<typeof customSchema>

function readCustom({ custom_value }: Answer): Result<Custom> {
  const read = customSchema.safeParse(custom_value ?? {})
  if (read.success) return accept(read.data)
  const reasons = read.error.issues.map((issue) => `${['custom_value', ...issue.path].join('.')}: ${issue.message}`)
  return refuse('CUSTOM_REFUSED', `custom_value takes threshold (0 to 1) and active (true or false): ${reasons.slice(0, 3).join('; ')}.`)
}

/** What each field asks for must be one and the same. */
function readChoice(answer: Answer, { active }: Custom): Result<Choice> {
  const index = answer.choice_index ?? null
  const chosen = index === null ? undefined : choices[index]
  if (index !== null && chosen === undefined) return refuse('CHOICE_OUT_OF_RANGE', `choice_index is ${index}; the options are 0 to ${choices.length - 1}.`)
  const action = readAction(answer)
  if (!action.ok) return action
  const rejects = action.value === 'reject'
  const deploys = action.value === 'approve' || (active ?? null) !== null
  if (chosen === undefined && !rejects && !deploys) {
    return refuse('DECISION_INVALID', 'The answer chooses nothing: give choice_index, or the action "approve", "skip" or "reject".')
  }
  if (rejects && (deploys || (chosen ?? 'none') !== 'none')) return contradiction()
  if (rejects) return accept('none')
  if (deploys && chosen === 'none') return contradiction()
  if ((active ?? null) !== null && chosen !== undefined && (chosen === 'active') !== active) return contradiction()
  return accept(chosen ?? (active === false ? 'inactive' : 'active'))
}

function contradiction() {
  return refuse('CUSTOM_REFUSED', 'choice_index, action and custom_value.active ask for different things; give one of them.')
}

function readAction(answer: Answer): Result<'approve' | 'reject' | null> {
  const action = answer.action ?? null
  if (asksToSkip(answer)) {
    if (action === null || action === 'skip' || action === 'reject') return accept('reject')
    return refuse('DECISION_INVALID', `skipped is true, but the action is "${action}"; give one of them.`)
  }
  if (action === null || action === 'approve' || action === 'reject') return accept(action)
  return refuse('DECISION_INVALID', `model_deployment knows the actions approve, skip and reject, received "${action}".`)
}
