import { z } from 'zod'
import type { Answer, Option, Proposal } from './decision.ts'
import { accept, refuse, type Result } from './errors.ts'
import { stepSpecSchema, type StepSpec } from './pipeline-spec.ts'

/** The pipeline of a custom answer; its version may be left out. */
export const customPipelineSchema = z.strictObject({ version: z.literal('2.0').default('2.0'), steps: z.array(stepSpecSchema.extend({ params: stepSpecSchema.shape.params.default({}) })).max(1_000) })

/** The answers that a card takes of which any subset of the options may be chosen. */
export function multiChoiceSchema(proposal: Proposal, selectedFeatures: string): z.ZodType {
  const last = proposal.options.length - 1
  const index = last < 0 ? z.int().min(0) : z.int().min(0).max(last)
  const indices = z.array(index).nullish()
  return z.strictObject({
    apply_indices: indices.describe('Indices of the options to apply; [] applies none and completes the phase.'),
    skip_indices: indices.describe('Indices of the options to leave out, as all are that are in neither list.'),
    selected_indices: indices.describe('The same as apply_indices.'),
    selected_options: z.array(z.union([z.string(), z.int()])).nullish().describe('The options to apply, by id or title.'),
    selected_features: z.array(z.string()).nullish().describe(selectedFeatures),
    custom_value: customPipelineSchema.nullish().describe('A pipeline whose steps are applied besides the chosen options.'),
    done: z.boolean().nullish().describe('false applies this and proposes again; absent or true completes the phase.'),
    skipped: z.boolean().nullish(),
    action: z.literal('skip').nullish(),
    rationale: z.string().max(10_000).nullish(),
  })
}

/** The options that an answer chooses; refused where it names one that is not offered, or both applies and skips one. */
export function readChosenOptions(answer: Answer, proposal: Proposal): Result<Option[]> {
  const lists = [answer.apply_indices, answer.selected_indices].filter((list) => list !== null && list !== undefined)
  const named = answer.selected_options ?? null
  const skipped = answer.skip_indices ?? null
  const nothing = lists.length === 0 && named === null && skipped === null
  if (nothing && (answer.custom_value ?? null) === null && (answer.selected_features ?? null) === null && answer.done !== true) {
    return refuse('DECISION_INVALID', `The answer says nothing that ${proposal.phase} can read: it takes apply_indices, skip_indices, selected_indices, selected_options, selected_features or custom_value.`)
  }
  const chosen = new Map<number, Option>()
  for (const index of [...lists.flat(), ...(skipped ?? [])]) {
    const option = proposal.options[index]
    if (index < 0 || option === undefined) return refuse('CHOICE_OUT_OF_RANGE', `There is no option ${index}; ${offered(proposal)}`)
    if (!skipped?.includes(index)) chosen.set(index, option)
    else if (lists.flat().includes(index)) return refuse('DECISION_INVALID', `Option ${index} is both applied and skipped.`)
  }
  for (const name of named ?? []) {
    const option = proposal.options.find((candidate) => candidate.id === name || candidate.title === name || candidate.index === name)
    if (option === undefined) return refuse('CHOICE_OUT_OF_RANGE', `No option has the id or title ${JSON.stringify(name)}; ${offered(proposal)}`)
    if (skipped?.includes(option.index)) return refuse('DECISION_INVALID', `Option ${option.index} is both applied and skipped.`)
    chosen.set(option.index, option)
  }
  return accept([...chosen.values()])
}

function offered(proposal: Proposal): string {
  return proposal.options.length === 0 ? 'the card has no options.' : `the options are 0 to ${proposal.options.length - 1}.`
}

/** The steps of a custom pipeline, or none where the answer has no custom value. */
export function readCustomSteps(answer: Answer): Result<StepSpec[]> {
  const value = answer.custom_value ?? null
  if (value === null) return accept([])
  const read = customPipelineSchema.safeParse(value)
  if (read.success) return accept(read.data.steps.map(({ id, type, params, columns, description }) => ({ id, type, params, ...(columns === undefined ? {} : { columns }), ...(description === undefined ? {} : { description }) })))
  const reasons = read.error.issues.map((issue) => `${issue.path.length === 0 ? 'custom_value' : issue.path.join('.')}: ${issue.message}`)
  return refuse('CUSTOM_REFUSED', `custom_value is not a pipeline spec: ${reasons.slice(0, 3).join('; ')}.`)
}
