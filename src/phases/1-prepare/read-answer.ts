import type { Answer, Option, Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import { readChosenOptions, readCustomSteps } from '#core/multi-choice-answer'
import type { StepSpec } from '#core/pipeline-spec'
import { withFreeId } from '#core/with-free-id'
import { bindKnown } from '#steps/bind-known'
import { compileKnown, compilePipeline } from '#steps/compile-pipeline'
import { refuseOtherRows } from '#steps/row-alone'
import { splitLearning } from '#steps/split-learning'
import { effectSchema, stages } from '#findings/effect'
import { prepareBasisSchema, type PrepareBasis, type PrepareDecision } from './schema.ts'

/** Reads an answer to a card of data_preparation: the chosen options, a pipeline besides, the columns to keep. */
export function readPrepareAnswer(answer: Answer, proposal: Proposal): Result<PrepareDecision> {
  const basis = prepareBasisSchema.parse(proposal.basis)
  const chosen = readChosenOptions(answer, proposal)
  if (!chosen.ok) return chosen
  const custom = readCustomSteps(answer)
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

/** The decision, where its steps fit the table and leave what is to be predicted. */
export function checked(decision: PrepareDecision, basis: PrepareBasis): Result<PrepareDecision> {
  const spec = { version: '2.0' as const, steps: [...basis.drafted, ...decision.steps] }
  const known = bindKnown(spec, basis.columns)
  if (!known.ok) return known
  const alone = refuseOtherRows(known.value.flatMap(({ bound }) => bound ?? []))
  if (!alone.ok) return alone
  // What a step that waits does to the label is left out once the label is known.
  const split = splitLearning(spec, basis.columns)
  if (!split.ok) return split
  const pipeline = compilePipeline({ ...spec, steps: [...split.value.now] }, basis.columns)
  if (!pipeline.ok) return pipeline
  if (pipeline.value.output.length === 0) return refuse('CUSTOM_REFUSED', 'No column would be left.')
  const target = basis.columns.find((column) => column.id === basis.target)
  if (target !== undefined && !pipeline.value.output.some((column) => column.id === target.id)) {
    return refuse('CUSTOM_REFUSED', `"${target.name}", which this run is to predict, would be dropped; keep it.`)
  }
  return accept(decision)
}

function withKeptColumns(decision: PrepareDecision, basis: PrepareBasis, kept: readonly unknown[]): Result<PrepareDecision> {
  const known = compileKnown({ version: '2.0', steps: [...basis.drafted, ...decision.steps] }, basis.columns)
  if (!known.ok) return known
  const { output, steps } = known.value.pipeline
  const open = steps.find(({ learnsColumns }) => learnsColumns)
  if (open !== undefined) {
    return refuse('CUSTOM_REFUSED', `selected_features cannot name the columns that step "${open.spec.id}" (${open.spec.type}) makes before it is fitted; leave columns out in feature_engineering.`)
  }
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
