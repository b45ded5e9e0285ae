import type { Answer, Option, Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import type { Split } from '#core/outcomes'
import type { TaskName } from '#core/run-settings'
import { customLabelSchema, labelTypes, type CustomLabel } from './accepts.ts'
import { planTarget, type TargetRequest } from './plan-target.ts'
import { labelBasisSchema, labelEffectSchema, type ColumnFacts, type LabelBasis, type LabelDecision, type LabelEffect } from './schema.ts'
import { weightFault } from './weight-fault.ts'

/** Reads an answer to a card of label_selection; every refusal comes before anything is stored. */
export function readLabelAnswer(answer: Answer, proposal: Proposal): Result<LabelDecision> {
  const basis = labelBasisSchema.parse(proposal.basis)
  const chosen = chosenOption(answer, proposal)
  if (!chosen.ok) return chosen
  const custom = customOf(answer)
  if (!custom.ok) return custom
  const facts = columnOf({ custom: custom.value, chosen: chosen.value }, basis)
  if (!facts.ok) return facts
  const task = taskOf(answer.label_type ?? custom.value?.task ?? null)
  if (!task.ok) return task
  const offered = proposal.options.find((option) => labelEffectSchema.parse(option.effect).column === facts.value.id)
  const effect = offered === undefined ? null : labelEffectSchema.parse(offered.effect)
  const decided = decide({ basis, facts: facts.value, effect, custom: custom.value, task: task.value ?? (effect === null ? basis.task : null) })
  if (!decided.ok) return decided
  return accept({ choice_index: chosen.value?.index ?? null, ...decided.value })
}

/** The decision that an option stands for. */
export function decisionOfOption(option: Option): LabelDecision {
  const { left_out: _, classes: __, ...effect } = labelEffectSchema.parse(option.effect)
  return { choice_index: option.index, ...effect }
}

function chosenOption(answer: Answer, proposal: Proposal): Result<Option | null> {
  const index = answer.choice_index ?? null
  if (index === null) {
    if ((answer.custom_value ?? null) !== null) return accept(null)
    return refuse('DECISION_INVALID', 'The answer names no column: label_selection takes choice_index or custom_value, and label_type besides.')
  }
  const option = index < 0 ? undefined : proposal.options[index]
  if (option !== undefined) return accept(option)
  const offered = proposal.options.length === 0 ? 'the card has no options; name a column with custom_value.' : `the options are 0 to ${proposal.options.length - 1}.`
  return refuse('CHOICE_OUT_OF_RANGE', `There is no option ${index}; ${offered}`)
}

function customOf(answer: Answer): Result<CustomLabel | null> {
  const value = answer.custom_value ?? null
  if (value === null) return accept(null)
  if (typeof value === 'string') return accept({ column: value })
  const read = customLabelSchema.safeParse(value)
  if (read.success) return accept(read.data)
  const reasons = read.error.issues.map((issue) => `${issue.path.length === 0 ? 'custom_value' : issue.path.join('.')}: ${issue.message}`)
  return refuse('DECISION_INVALID', `custom_value is not a column or an object of column, task, positive, split, weight and keep: ${reasons.slice(0, 3).join('; ')}.`)
}

function columnOf({ custom, chosen }: { custom: CustomLabel | null; chosen: Option | null }, basis: LabelBasis): Result<ColumnFacts> {
  const option = chosen === null ? null : labelEffectSchema.parse(chosen.effect)
  const named = custom?.column ?? null
  if (named === null && option === null) return refuse('DECISION_INVALID', 'custom_value names no column; give choice_index or custom_value.column.')
  const found = named === null ? basis.columns.find((column) => column.id === option?.column) : findColumn(basis.columns, named)
  if (found === undefined) return unknownColumn(named ?? '', basis)
  if (option !== null && option.column !== found.id) return refuse('DECISION_INVALID', `choice_index says "${option.name}" and custom_value says "${found.name}"; name one.`)
  return accept(found)
}

function unknownColumn(named: string, basis: LabelBasis): Result<never> {
  const near = nearColumnNames(basis.columns, named)
  return refuse('LABEL_UNKNOWN_COLUMN', `The table has no column "${named}".${near.length === 0 ? '' : ` Near it are: ${near.join(', ')}.`}`)
}

function taskOf(text: string | null): Result<TargetRequest['task']> {
  if (text === null) return accept(null)
  if (text === 'binary_classification') return accept('binary')
  if (text === 'multiclass_classification') return accept('multiclass')
  if (text === 'binary' || text === 'multiclass' || text === 'regression' || text === 'classification') return accept(text)
  return refuse('DECISION_INVALID', `The label type ${JSON.stringify(text)} is unknown; there are ${labelTypes.join(', ')}.`)
}

interface Deciding {
  readonly basis: LabelBasis
  readonly facts: ColumnFacts
  /** What the card offers for this column, if it does. */
  readonly effect: LabelEffect | null
  readonly custom: CustomLabel | null
  readonly task: TargetRequest['task']
}

function decide({ basis, facts, effect, custom, task }: Deciding): Result<Omit<LabelDecision, 'choice_index'>> {
  const positive = custom?.positive ?? null
  const asked: TaskName | 'classification' | null = task ?? effect?.task ?? null
  const plan = planTarget({ facts, rows: basis.rows, task: asked, positive: positive === null ? null : String(positive) })
  if (!plan.ok) return plan
  const split = splitOf({ custom, basis, label: facts, offered: effect?.split ?? null })
  if (!split.ok) return split
  const weight = weightOf(custom, basis, facts)
  if (!weight.ok) return weight
  const keep = keptColumns(custom, basis, facts)
  if (!keep.ok) return keep
  return accept({ column: facts.id, name: facts.name, task: plan.value.task, positive: plan.value.positive, split: split.value, weight: weight.value, keep: keep.value })
}

interface SplitAnswer {
  readonly custom: CustomLabel | null
  readonly basis: LabelBasis
  readonly label: ColumnFacts
  readonly offered: Split | null
}

/** The split asked for, which keeps the run's seed; else the one on the card, else that of the run. */
function splitOf({ custom, basis, label, offered }: SplitAnswer): Result<Split> {
  const { test } = basis
  const plain: Split = { kind: 'index' in test ? 'index' : 'random', column: null, test }
  const asked = custom?.split ?? null
  if (asked === null) return accept(offered ?? plain)
  const share = asked.share ?? ('share' in test ? test.share : 0.2)
  const seed = 'seed' in test ? test.seed : 1
  const named = asked.column ?? null
  const kind = asked.kind ?? (named === null ? 'random' : 'group')
  if (kind === 'random') return named === null ? accept({ kind, column: null, test: { share, seed } }) : refuse('CUSTOM_REFUSED', `A random split takes no column; "${named}" is for group or time.`)
  if (named === null) return refuse('CUSTOM_REFUSED', `A split by ${kind} needs its column.`)
  const column = findColumn(basis.columns, named)
  if (column === undefined) return unknownColumn(named, basis)
  if (column.id === label.id) return refuse('CUSTOM_REFUSED', `"${column.name}" is predicted, so it cannot split the rows.`)
  if (column.distinct < 2) return refuse('CUSTOM_REFUSED', `"${column.name}" has fewer than two different values, so it cannot split the rows.`)
  if (kind === 'time' && (column.type === 'text' || column.type === 'boolean')) return refuse('CUSTOM_REFUSED', `"${column.name}" holds ${column.type === 'text' ? 'text' : 'true and false'}, which has no order in time.`)
  return accept({ kind, column: column.id, test: { share, seed } })
}

function weightOf(custom: CustomLabel | null, basis: LabelBasis, label: ColumnFacts): Result<string | null> {
  const named = custom?.weight ?? null
  if (named === null) return accept(null)
  const column = findColumn(basis.columns, named)
  if (column === undefined) return unknownColumn(named, basis)
  const fault = weightFault(column, label)
  return fault === null ? accept(column.id) : refuse('CUSTOM_REFUSED', fault, { suggestion: 'Answer again with another weight, or without one.' })
}

function keptColumns(custom: CustomLabel | null, basis: LabelBasis, label: ColumnFacts): Result<string[]> {
  const ids: string[] = []
  for (const named of custom?.keep ?? []) {
    const column = findColumn(basis.columns, named)
    if (column === undefined) return unknownColumn(named, basis)
    if (column.id === label.id) return refuse('CUSTOM_REFUSED', `"${column.name}" is predicted, so it cannot be kept as an input.`)
    if (!ids.includes(column.id)) ids.push(column.id)
  }
  return accept(ids)
}
