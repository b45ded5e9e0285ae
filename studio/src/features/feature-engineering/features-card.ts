import { z } from 'zod'
import type { OptionAnswer, PendingDecision } from '#sdk/client'
import { gainOf, type OptionGroup } from '#studio/components/options/option-verdict.ts'

const addedSchema = z.object({ name: z.string(), from: z.array(z.string()), kind: z.string(), text: z.string() })
const effectSchema = z.object({
  added: z.array(addedSchema),
  left_out: z.array(z.object({ name: z.string(), reason: z.string(), text: z.string() })),
  steps: z.array(z.object({ type: z.string(), params: z.record(z.string(), z.unknown()), description: z.string().optional() })),
})

export type FeatureEffect = z.infer<typeof effectSchema>

const empty: FeatureEffect = { added: [], left_out: [], steps: [] }

export function featureEffectOf({ effect }: Pick<OptionAnswer, 'effect'>): FeatureEffect {
  const read = effectSchema.safeParse(effect)
  return read.success ? read.data : empty
}

const intervalSchema = z.tuple([z.number(), z.number()])
const contextSchema = z.object({
  curve: z.object({ knee: z.number(), points: z.array(z.object({ name: z.string(), gain: z.number(), interval: intervalSchema.nullable() })) }).nullish(),
  cross_validation: z.object({ folds: z.number(), rows: z.number() }).optional(),
  features: z.array(z.object({ name: z.string(), type: z.string() })).optional(),
  left_out: z.array(z.object({ name: z.string(), reason: z.string(), text: z.string() })).optional(),
  metric: z.object({ title: z.string(), value: z.number(), better: z.string() }).nullish(),
  notes: z.array(z.string()).optional(),
  limits: z.array(z.string()).optional(),
})

export type FeaturesContext = z.infer<typeof contextSchema>

export function featuresContextOf({ context }: Pick<PendingDecision, 'context'>): FeaturesContext {
  const read = contextSchema.safeParse(context)
  return read.success ? read.data : {}
}

/** What is said of an option in a word: why a column should go, or that the gain is told from chance. */
export type Verdict = 'add' | 'leak' | 'redundant' | 'identifier' | 'noise' | 'asked' | 'covers' | 'worse' | 'luck'

export function verdictOf(option: OptionAnswer): Verdict {
  const [, kind = ''] = option.id.split(':')
  if (option.id.startsWith('out:')) {
    if (kind === 'asked') return 'asked'
    if (kind === 'rebuild' || kind === 'near') return 'leak'
    return kind === 'same' ? 'redundant' : kind === 'identifier' ? 'identifier' : 'noise'
  }
  const gain = gainOf(option)
  if (option.recommended) return 'add'
  if (gain === null || (gain.interval[0] <= 0 && gain.interval[1] >= 0)) return 'covers'
  return gain.interval[1] < 0 ? 'worse' : 'luck'
}

/** Added features that clear the noise first, then what should go, then what shows no gain. */
export function featureGroups(options: readonly OptionAnswer[]): OptionGroup[] {
  const adds = (option: OptionAnswer) => !option.id.startsWith('out:')
  const bands: OptionGroup[] = [
    { group: 'recommended', words: { title: 'Add', text: 'recommended on the evidence beside it' }, options: options.filter((option) => adds(option) && option.recommended) },
    { group: 'recommended', words: { title: 'Leave out', text: 'should go before training' }, options: options.filter((option) => !adds(option) && option.recommended) },
    { group: 'offered', words: { title: 'Could be left out', text: 'the model does no worse without it that could be told from chance' }, options: options.filter((option) => !adds(option) && !option.recommended) },
    { group: 'offered', words: { title: 'Gains, and is not recommended', text: 'by luck after so many tries, or no more beyond what is recommended' }, options: options.filter((option) => adds(option) && !option.recommended && verdictOf(option) === 'luck') },
    { group: 'covers', words: { title: 'No distinguishable gain', text: 'the interval covers zero' }, options: options.filter((option) => adds(option) && !option.recommended && verdictOf(option) === 'covers') },
    { group: 'covers', words: { title: 'Makes it worse', text: 'the interval lies below zero' }, options: options.filter((option) => adds(option) && !option.recommended && verdictOf(option) === 'worse') },
  ]
  return bands.filter(({ options: inside }) => inside.length > 0)
}

/** An option as its row shows it: the new column's name and formula, or what is left out and why. */
export function rowOf(option: OptionAnswer): OptionAnswer {
  const { added } = featureEffectOf(option)
  const [first] = added
  if (first === undefined) return option
  return { ...option, title: added.map(({ name }) => name).join(', '), summary: added.length === 1 ? first.text : added.map(({ text }) => text).join('; ') }
}

const outcomeSchema = z.object({ features: z.array(z.object({ name: z.string(), type: z.string() })), left_out: z.array(z.object({ name: z.string(), reason: z.string(), text: z.string() })) })

/** The columns that went to training, and those that did not; null where the phase was skipped. */
export function featuresOutcomeOf(outcome: unknown): z.infer<typeof outcomeSchema> | null {
  const read = outcomeSchema.safeParse(outcome)
  return read.success ? read.data : null
}
