import type { OptionAnswer, PendingDecision } from '#sdk/client'
import type { Act, Answer } from '#studio/lib/desk.ts'
import { counted, share } from '#studio/lib/numbers.ts'
import { labelEffectOf, taskWords, type LabelEffect } from './label-card.ts'

export interface SplitChoice {
  readonly kind: 'random' | 'group' | 'time'
  readonly column: string | null
  /** Share of the rows that is sealed. */
  readonly share: number
}

/** What a person chose; what is null stays as the card proposes it. */
export interface LabelChoice {
  readonly index: number | null
  /** A column that is not among the options. */
  readonly other: string | null
  readonly positive: string | null
  /** Columns that say the label, and are kept all the same. */
  readonly keep: readonly string[]
  readonly split: SplitChoice | null
}

export function labelAct(choice: LabelChoice, option: OptionAnswer | undefined, { effect, recommended }: { readonly effect: LabelEffect | null; readonly recommended: number | null }): Act {
  if (choice.other !== null) {
    return { answer: { custom_value: customOf(choice, choice.other) }, button: `Predict ${choice.other}`, title: `Predict ${choice.other}.`, consequence: 'It is looked at once more, and refused with the reason where it cannot be predicted.', differs: true }
  }
  if (option === undefined || effect === null) return { answer: {}, button: 'Choose a column', title: 'Nothing is chosen yet.', differs: false, blocked: 'Choose the column to predict first.' }
  const changed = choice.positive !== null || choice.keep.length > 0 || choice.split !== null
  const left = effect.left_out.filter(({ name }) => !choice.keep.includes(name)).length
  return {
    answer: answerOf(option.index, changed ? customOf(choice, effect.name) : null),
    button: `Predict ${effect.name}`,
    title: `Predict ${effect.name} as ${taskWords[effect.task]}.`,
    consequence: `${left === 0 ? 'No column is left out for saying it' : `${counted(left, 'column')} left out for saying it`}. ${choice.split === null ? 'Test rows are sealed as proposed.' : `${share(choice.split.share)} of the rows are sealed.`}`,
    differs: option.index !== recommended || changed,
  }
}

function answerOf(index: number, custom: ReturnType<typeof customOf> | null): Answer {
  return custom === null ? { choice_index: index } : { choice_index: index, custom_value: custom }
}

function customOf({ positive, keep, split }: LabelChoice, column: string) {
  return {
    column,
    ...(positive === null ? {} : { positive }),
    ...(keep.length === 0 ? {} : { keep: [...keep] }),
    ...(split === null ? {} : { split: split.kind === 'random' ? { kind: split.kind, share: split.share } : { kind: split.kind, column: split.column, share: split.share } }),
  }
}

/** Which column is recommended and why, in a sentence; the subject of the card where none can be. */
export function labelFinding({ options, recommended_index: recommended, subject }: Pick<PendingDecision, 'options' | 'recommended_index' | 'subject'>): string {
  const option = options.find(({ index }) => index === recommended)
  const effect = option === undefined ? null : labelEffectOf(option)
  if (option === undefined || effect === null) return subject
  const reason = `${option.summary.charAt(0).toLowerCase()}${option.summary.slice(1)}`
  return `${options.length === 1 ? 'One column was weighed' : `${options.length} columns were weighed`}. ${effect.name} is recommended: ${reason}`
}
