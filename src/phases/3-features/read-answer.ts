import type { Column } from '#core/dataset'
import type { Answer, Option, Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import { readChosenOptions, readCustomSteps } from '#core/multi-choice-answer'
import type { LeftOut } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import { withFreeId } from '#core/with-free-id'
import { finalColumns, type FinalColumns } from './final-columns.ts'
import { effectSchema, type FeatureBasis, type FeatureDecision, featureBasisSchema } from './schema.ts'

/** Reads an answer to a card of feature_engineering: the chosen options, a pipeline besides, the columns to learn from. */
export function readFeatureAnswer(answer: Answer, proposal: Proposal): Result<FeatureDecision> {
  const basis = featureBasisSchema.parse(proposal.basis)
  const chosen = readChosenOptions(answer, proposal)
  if (!chosen.ok) return chosen
  const custom = readCustomSteps(answer)
  if (!custom.ok) return custom
  const selected = answer.selected_features ?? null
  if (selected === null) return checkDecision(decisionOf(chosen.value, { basis, custom: custom.value }), basis)
  const names = readNames(selected)
  if (!names.ok) return names
  const named = withNamedFeatures(chosen.value, names.value, { proposal, basis })
  return selectFeatures(decisionOf(named, { basis, custom: custom.value }), names.value, basis)
}

/** The decision that takes these options and these steps behind theirs. */
export function decisionOf(
  options: readonly Option[],
  { basis, custom }: { basis: FeatureBasis; custom: readonly StepSpec[] },
): FeatureDecision {
  const sorted = [...options].sort((a, b) => a.index - b.index)
  const effects = sorted.map((option) => ({ option, effect: effectSchema.parse(option.effect) }))
  const steps: StepSpec[] = [...basis.steps]
  // What changes a column in place comes behind what is made of the column as it was.
  const inPlace = effects.filter(({ effect }) => effect.added.some(({ kind }) => kind === 'ordinal_map'))
  for (const { option, effect } of [...effects.filter((one) => !inPlace.includes(one)), ...inPlace])
    for (const step of effect.steps) steps.push(withFreeId({ id: option.id, ...step }, steps))
  for (const step of custom) steps.push(withFreeId(step, steps))
  const leftOut = new Map(effects.flatMap(({ effect }) => effect.left_out).map((one) => [one.column, one]))
  return {
    chosen: sorted.map(({ index, id, title }) => ({ index, id, title })),
    steps: steps.slice(basis.steps.length),
    left_out: [...leftOut.values()],
    added: effects.flatMap(({ effect }) => effect.added),
  }
}

/** The decision, where its steps fit the table, make nothing of what the request leaves out, and leave something to learn from. */
export function checkDecision(decision: FeatureDecision, basis: FeatureBasis): Result<FeatureDecision> {
  const final = columnsOf(decision, basis)
  if (!final.ok) return final
  const broken = [...final.value.madeOfAsked.values()].find(({ step }) => final.value.pipeline.steps.includes(step))
  if (broken === undefined) return accept(decision)
  const { name, asked, step } = broken
  return refuse('CUSTOM_REFUSED', `Step "${step.spec.id}" (${step.spec.type}) makes "${name}" of "${asked}", which the request asks not to use.`)
}

function columnsOf(decision: FeatureDecision, basis: FeatureBasis): Result<FinalColumns> {
  const { columns, steps: before, fixed, label, features, state } = basis
  const left_out = [...basis.left_out, ...decision.left_out]
  return finalColumns({ columns, before, steps: decision.steps, fixed, label, features, left_out, added: decision.added, state })
}

function readNames(selected: readonly unknown[]): Result<string[]> {
  const names: string[] = []
  for (const one of selected) {
    if (typeof one !== 'string')
      return refuse('DECISION_INVALID', `selected_features takes names of columns, not ${JSON.stringify(one)}.`)
    names.push(one)
  }
  if (names.length === 0) return refuse('NO_FEATURES', 'selected_features is empty, so the model would have nothing to learn from.')
  return accept(names)
}

/** The chosen options, and those whose new feature is among the names. */
function withNamedFeatures(
  chosen: readonly Option[],
  names: readonly string[],
  { proposal, basis }: { proposal: Proposal; basis: FeatureBasis },
): Option[] {
  const wanted = proposal.options.filter((option) => {
    const { added } = effectSchema.parse(option.effect)
    return added.some(({ name }) => names.includes(name) && findColumn(basis.features, name) === undefined)
  })
  return [...new Set([...chosen, ...wanted])]
}

/** Leaves out every column that is not named. */
function selectFeatures(
  decision: FeatureDecision,
  names: readonly string[],
  basis: FeatureBasis,
): Result<FeatureDecision> {
  // What an option leaves out stays in where it is named, so the options' word on it is set aside first.
  const whole = columnsOf({ ...decision, left_out: [] }, basis)
  if (!whole.ok) return whole
  const { features, left_out } = whole.value
  const wanted = new Set<string>()
  for (const name of names) {
    const column = findColumn(features, name)
    if (column === undefined) return unknownFeature(name, features, left_out)
    wanted.add(column.id)
  }
  const told = new Map(decision.left_out.map((one) => [one.column, one]))
  const out = features
    .filter((column) => !wanted.has(column.id))
    .map((column): LeftOut => told.get(column.id) ?? { column: column.id, name: column.name, reason: 'chosen', text: `"${column.name}" is not among the selected features.` })
  return checkDecision({ ...decision, left_out: out }, basis)
}

function unknownFeature(name: string, features: readonly Column[], leftOut: readonly LeftOut[]): Result<never> {
  const out = leftOut.find((one) => one.name === name)
  if (out !== undefined)
    return refuse('CUSTOM_REFUSED', `selected_features names "${name}", which an earlier decision left out: ${out.text}`)
  const near = nearColumnNames(features, name)
  const hint = near.length === 0 ? '' : ` Near it are: ${near.join(', ')}.`
  return refuse('CUSTOM_REFUSED', `selected_features names "${name}", which is no column to learn from.${hint}`)
}
