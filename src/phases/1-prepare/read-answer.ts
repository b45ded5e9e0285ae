import type { Answer, Option, Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import type { StepSpec } from '#core/pipeline-spec'
import { compilePipeline } from '#steps/compile-pipeline'
import { customPipelineSchema } from './accepts.ts'
import { withFreeId } from './combine.ts'
import { effectSchema, prepareBasisSchema, stages, type PrepareBasis, type PrepareDecision } from './schema.ts'

/** Reads an answer to a card of data_preparation: the chosen options, a pipeline besides, the columns to keep. */
export function readPrepareAnswer(answer: Answer, proposal: Proposal): Result<PrepareDecision> {
  const basis = prepareBasisSchema.parse(proposal.basis)
  const chosen = chosenOptions(answer, proposal)
  if (!chosen.ok) return chosen
  const custom = customSteps(answer)
  if (!custom.ok) return custom
  const decided = decisionOf(chosen.value, { basis, custom: custom.value })
  const kept = answer.selected_features ?? null
  return kept === null ? checked(decided, basis) : withKeptColumns(decided, basis, kept)
}

/** The decision that takes these options and nothing besides. */
export function decisionOf(options: readonly Option[], { basis, custom }: { basis: PrepareBasis; custom: readonly StepSpec[] }): PrepareDecision {
  const sorted = [...options].sort((a, b) => a.index - b.index)
  const effects = sorted.map((option) => ({ option, effect: effectSchema.parse(option.effect) }))
  const steps: StepSpec[] = [...basis.drafted]
  const add = (step: StepSpec): void => void steps.push(withFreeId(step, steps))
  for (const stage of stages) {
    if (stage === 'rename') for (const step of custom) add(step)
    for (const { option, effect } of effects) {
      if (effect.stage !== stage) continue
      for (const step of effect.steps) add({ id: option.id, ...step })
    }
  }
  return {
    chosen: sorted.map(({ index, id, title }) => ({ index, id, title })),
    steps: steps.slice(basis.drafted.length),
    left_out: effects.flatMap(({ effect }) => effect.left_out),
  }
}

function chosenOptions(answer: Answer, proposal: Proposal): Result<Option[]> {
  const lists = [answer.apply_indices, answer.selected_indices].filter((list) => list !== null && list !== undefined)
  const named = answer.selected_options ?? null
  const skipped = answer.skip_indices ?? null
  const nothing = lists.length === 0 && named === null && skipped === null
  if (nothing && (answer.custom_value ?? null) === null && (answer.selected_features ?? null) === null && answer.done !== true) {
    return refuse('DECISION_INVALID', 'The answer says nothing that data_preparation can read: it takes apply_indices, skip_indices, selected_indices, selected_options, selected_features or custom_value.')
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

function customSteps(answer: Answer): Result<StepSpec[]> {
  const value = answer.custom_value ?? null
  if (value === null) return accept([])
  const read = customPipelineSchema.safeParse(value)
  if (read.success) return accept(read.data.steps.map(({ id, type, params, columns, description }) => ({ id, type, params, ...(columns === undefined ? {} : { columns }), ...(description === undefined ? {} : { description }) })))
  const reasons = read.error.issues.map((issue) => `${issue.path.length === 0 ? 'custom_value' : issue.path.join('.')}: ${issue.message}`)
  return refuse('CUSTOM_REFUSED', `custom_value is not a pipeline spec: ${reasons.slice(0, 3).join('; ')}.`)
}

function checked(decision: PrepareDecision, basis: PrepareBasis): Result<PrepareDecision> {
  const pipeline = compilePipeline({ version: '2.0', steps: [...basis.drafted, ...decision.steps] }, basis.columns)
  if (!pipeline.ok) return pipeline
  if (pipeline.value.output.length === 0) return refuse('CUSTOM_REFUSED', 'No column would be left.')
  const target = basis.columns.find((column) => column.id === basis.target)
  if (target !== undefined && !pipeline.value.output.some((column) => column.id === target.id)) {
    return refuse('CUSTOM_REFUSED', `"${target.name}", which this run is to predict, would be dropped; keep it.`)
  }
  return accept(decision)
}

function withKeptColumns(decision: PrepareDecision, basis: PrepareBasis, kept: readonly unknown[]): Result<PrepareDecision> {
  const pipeline = compilePipeline({ version: '2.0', steps: [...basis.drafted, ...decision.steps] }, basis.columns)
  if (!pipeline.ok) return pipeline
  const { output } = pipeline.value
  const ids = new Set<string>()
  for (const name of kept) {
    if (typeof name !== 'string') return refuse('DECISION_INVALID', `selected_features takes names of columns, not ${JSON.stringify(name)}.`)
    const column = findColumn(output, name) ?? output.find((one) => one.id === findColumn(basis.columns, name)?.id)
    if (column === undefined) {
      const near = nearColumnNames(output, name)
      return refuse('CUSTOM_REFUSED', `selected_features names "${name}", which is no column of the table.${near.length === 0 ? '' : ` Near it are: ${near.join(', ')}.`}`)
    }
    ids.add(column.id)
  }
  const dropped = output.filter((column) => !ids.has(column.id)).map((column) => column.name)
  if (dropped.length === 0) return checked(decision, basis)
  const step = withFreeId({ id: 'keep-selected', type: 'DropColumnsTransformer', columns: dropped, params: {}, description: 'Drop the columns that were not selected' }, [...basis.drafted, ...decision.steps])
  return checked({ ...decision, steps: [...decision.steps, step] }, basis)
}
