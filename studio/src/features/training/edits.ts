import { z } from 'zod'
import { digits, plain } from '#studio/lib/numbers.ts'

const rangeSchema = z.object({ from: z.number().nullable(), to: z.number().nullable() })
const selectionSchema = z.object({ feature: z.string(), ranges: z.array(rangeSchema).optional(), levels: z.array(z.string()).optional(), missing: z.boolean().optional(), unseen: z.boolean().optional() })
export type Selection = z.infer<typeof selectionSchema>

const editSchema = z.object({
  term: z.array(z.string()),
  verb: z.enum(['monotonise', 'flatten', 'smooth', 'merge-bins', 'scale', 'cap', 'remove']),
  direction: z.enum(['increasing', 'decreasing', 'auto']).optional(),
  where: z.array(selectionSchema).optional(),
  strength: z.number().optional(),
  factor: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
  class: z.string().optional(),
})

/** A change of a fitted shape, as an answer sends it. */
export type Edit = z.infer<typeof editSchema>
export type Verb = Edit['verb']

export function readEdits(value: unknown): Edit[] {
  return z.array(editSchema).catch([]).parse(value)
}

export const verbWords: Readonly<Record<Verb, string>> = {
  flatten: 'Flatten a range',
  monotonise: 'Let it go one way',
  smooth: 'Smooth',
  'merge-bins': 'Merge bins',
  scale: 'Scale',
  cap: 'Cap',
  remove: 'Remove the term',
}

/** An edit as a sentence of a list. */
export function editWords(edit: Edit): string {
  const of = `${edit.term.join(' × ')}${edit.class === undefined ? '' : ` for ${edit.class}`}`
  const where = whereWords(edit.where)
  switch (edit.verb) {
    case 'flatten':
      return `${of} is flat where it is ${where}`
    case 'monotonise':
      return `${of} only ${edit.direction === 'decreasing' ? 'falls' : 'rises'}`
    case 'smooth':
      return `${of} is smoothed, strength ${digits(edit.strength ?? 0)}`
    case 'merge-bins':
      return `${of}: one score where it is ${where}`
    case 'scale':
      return `${of} counts × ${digits(edit.factor ?? 1)}`
    case 'cap':
      return `${of} adds ${[edit.low === undefined ? '' : `at least ${digits(edit.low)}`, edit.high === undefined ? '' : `at most ${digits(edit.high)}`].filter((part) => part !== '').join(' and ')}`
    case 'remove':
      return `${of} leaves the model`
  }
}

function whereWords(where: readonly Selection[] | undefined): string {
  const parts = (where ?? []).flatMap(({ ranges = [], levels = [], missing }) => [...ranges.map(rangeWords), ...(levels.length === 0 ? [] : [levels.join(', ')]), ...(missing === true ? ['missing'] : [])])
  return parts.length === 0 ? 'anything' : parts.join(' or ')
}

function rangeWords({ from, to }: z.infer<typeof rangeSchema>): string {
  if (from === null) return to === null ? 'anything' : `at most ${plain(to)}`
  return to === null ? `above ${plain(from)}` : `above ${plain(from)} up to ${plain(to)}`
}
