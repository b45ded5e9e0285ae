import { z } from 'zod'
import type { OptionAnswer, PendingDecision } from '#sdk/client'
import { metric, plain } from '#studio/lib/numbers.ts'
import { seconds as secondsText } from './words.ts'

const directionSchema = z.enum(['increasing', 'decreasing'])
export type Direction = z.infer<typeof directionSchema>
export type Directions = Readonly<Record<string, Direction>>

const contextSchema = z.object({
  metric: z.object({ name: z.string(), title: z.string(), better: z.enum(['higher', 'lower']) }),
  recommendation: z.string(),
  cross_validation: z.object({ folds: z.int(), rows: z.int(), training_rows: z.int() }),
  features: z.array(z.object({ name: z.string(), kind: z.enum(['numeric', 'category']) })),
  left_out: z.array(z.object({ name: z.string(), text: z.string() }).partial()),
  monotone_proposals: z.object({ proposed: z.boolean(), text: z.string(), difference: z.object({ value: z.number(), interval: z.tuple([z.number(), z.number()]) }).nullable(), features: z.array(z.object({ feature: z.string(), direction: directionSchema, text: z.string() })) }),
  notes: z.array(z.string()),
  seconds: z.record(z.string(), z.number()).optional(),
})
export type TrainingContext = z.infer<typeof contextSchema>

export function readContext(card: Pick<PendingDecision, 'context'>): TrainingContext {
  return contextSchema.parse(card.context)
}

const effectSchema = z.object({ terms: z.number(), pairs: z.number(), trees: z.number() })
const meanSchema = z.object({ metric: z.string() })

/** One trainer of the board, its figures as they stand on the card. */
export interface BoardRow {
  readonly index: number
  readonly trainer: string
  readonly title: string
  readonly parts: string
  readonly recommended: boolean
  readonly value: number | null
  readonly interval: readonly [number, number] | null
  /** Against the best; null for the best itself. */
  readonly difference: { readonly value: number; readonly interval: readonly [number, number] | null } | null
  readonly gap: number | null
  readonly calibration: number | null
  readonly time: string | null
  readonly risks: readonly string[]
}

export function boardRow(option: OptionAnswer, { seconds }: TrainingContext): BoardRow {
  const of = (test: (label: string) => boolean) => option.evidence.find(({ label }) => test(label))
  const mean = option.evidence.find(({ data }) => meanSchema.safeParse(data).success)
  const against = of((label) => label.startsWith('Against') && label.endsWith('the best'))
  const busy = seconds?.[option.id]
  return {
    index: option.index,
    trainer: option.id,
    title: option.title,
    parts: partsText(option.effect),
    recommended: option.recommended,
    value: numberOf(mean?.value),
    interval: mean?.interval ?? null,
    difference: against === undefined ? null : { value: numberOf(against.value) ?? 0, interval: against.interval },
    gap: numberOf(of((label) => label.startsWith('Gap'))?.value),
    calibration: numberOf(of((label) => label === 'Calibration error')?.value),
    time: busy === undefined ? null : secondsText(busy),
    risks: option.risks,
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

function partsText(effect: unknown): string {
  const parts = effectSchema.safeParse(effect)
  if (!parts.success) return ''
  const { terms, pairs, trees } = parts.data
  if (trees > 0) return `${trees.toLocaleString('en-US')} trees, not readable`
  if (terms === 0) return 'knows no column'
  return pairs === 0 ? `${terms} terms` : `${terms - pairs} terms, ${pairs} pairs`
}

/** A measure between 0 and 1 has three decimals; one in units of the target as many as tell it apart. */
export function writeMetric(name: string): (value: number) => string {
  return name === 'rmse' || name === 'mae' ? plain : metric
}
