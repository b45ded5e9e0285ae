import type { Column } from '#core/dataset'
import type { PhaseName } from '#core/phase-names'
import { queryTokens, type QueryToken } from '#core/query-tokens'

/** A message as the intents look at it. */
export interface Question {
  readonly text: string
  /** Lower-case words in their order; those of an unquoted column name count too, since "status" may be both. */
  readonly words: readonly string[]
  /** The columns that are named, in their order. */
  readonly columns: readonly Column[]
  /** Whole numbers that are named. */
  readonly numbers: readonly number[]
  /** Whether the label of the run is among the columns. */
  readonly namesLabel: boolean
  readonly phases: readonly PhaseName[]
}

const phaseStems: readonly (readonly [string, PhaseName])[] = [
  ['prepar', 'data_preparation'],
  ['clean', 'data_preparation'],
  ['label', 'label_selection'],
  ['target', 'label_selection'],
  ['engineer', 'feature_engineering'],
  ['train', 'model_training'],
  ['deploy', 'model_deployment'],
  ['report', 'report_creation'],
  ['monitor', 'monitoring_creation'],
  ['model', 'model_training'],
]

interface Known {
  readonly columns: readonly Column[]
  /** The label, by column id, where it is decided. */
  readonly label: string | null
}

export function readQuestion(text: string, { columns, label }: Known): Question {
  const tokens = queryTokens(text.replaceAll(/(\d),(?=\d{3}(?!\d))/gu, '$1'), columns)
  const spelt = columns.filter(({ name }) => isSpelt(text, name)).map(({ id }) => id)
  const named = [...new Set([...tokens.flatMap(({ column }) => (column === null ? [] : [column])), ...spelt])]
  const words = tokens.flatMap(({ word, column, quoted }) => (column === null ? [word] : quoted ? [] : wordsOf(word)))
  return {
    text,
    words: words.filter((word) => /[\p{L}\p{N}]/u.test(word)),
    columns: named.flatMap((id) => columns.filter((column) => column.id === id)),
    numbers: tokens.flatMap((token, i) => numberOf(token, tokens[i - 1])),
    namesLabel: label !== null && named.includes(label),
    phases: phaseStems.filter(([stem]) => words.some((word) => word.startsWith(stem))).map(([, phase]) => phase).filter((phase, i, all) => all.indexOf(phase) === i),
  }
}

/** Whether a name with marks inside, such as brackets, stands in the text as it is; words alone are found as words. */
function isSpelt(text: string, name: string): boolean {
  return /[^\p{L}\p{N}\s_.-]/u.test(name) && name.length > 2 && text.toLowerCase().includes(name.trim().toLowerCase())
}

/** A whole number, also as "17th"; what follows a minus is none. */
function numberOf({ word, column }: QueryToken, before: QueryToken | undefined): number[] {
  const digits = /^(\d{1,15})(?:st|nd|rd|th)?$/.exec(word)?.[1]
  return digits === undefined || column !== null || before?.word === '-' ? [] : [Number(digits)]
}

function wordsOf(name: string): string[] {
  return name.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Whether a word begins with the stem; a short stem has to be the whole word. */
export function hasStem(words: readonly string[], stem: string): boolean {
  return words.some((word) => (stem.length <= 3 ? word === stem : word.startsWith(stem)))
}

export function hasAnyStem(words: readonly string[], stems: string): boolean {
  return stems.split(' ').some((stem) => hasStem(words, stem))
}
