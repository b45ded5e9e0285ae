import { z } from 'zod'
import type { EvidenceAnswer, OptionAnswer } from '#sdk/client'

const splitSchema = z.object({ kind: z.enum(['random', 'group', 'time', 'index']), column: z.string().nullable(), test: z.unknown() })
const leftOutSchema = z.object({ column: z.string(), name: z.string(), reason: z.string(), text: z.string() })

const effectSchema = z.object({
  column: z.string(),
  name: z.string(),
  task: z.enum(['binary', 'multiclass', 'regression']),
  classes: z.array(z.string()).nullable(),
  positive: z.string().nullable(),
  split: splitSchema,
  left_out: z.array(leftOutSchema),
})

export type LabelEffect = z.infer<typeof effectSchema>

export const taskWords = { binary: 'one of two classes', multiclass: 'one of several classes', regression: 'a number' } as const

/** What an option would decide; null where a card of another version says it differently. */
export function labelEffectOf({ effect }: OptionAnswer): LabelEffect | null {
  const read = effectSchema.safeParse(effect)
  return read.success ? read.data : null
}

const levelsSchema = z.array(z.object({ value: z.string(), rows: z.number() }))
const spreadSchema = z.object({ min: z.number(), max: z.number(), histogram: z.array(z.number()), quantiles: z.array(z.number()) })
const strongestSchema = z.array(z.object({ name: z.string(), metric: z.string(), value: z.number(), interval: z.tuple([z.number(), z.number()]).nullish() }))
const crossSchema = z.object({ cross_table: z.array(z.object({ value: z.unknown(), label: z.unknown(), rows: z.number() })), exceptions: z.number().optional() })
const examplesSchema = z.object({ columns: z.unknown(), rows: z.array(z.object({ row: z.number(), column: z.string(), before: z.unknown() })) })

function read<T>(schema: z.ZodType<T>, evidence: EvidenceAnswer | undefined): T | null {
  const found = schema.safeParse(evidence?.data)
  return found.success ? found.data : null
}

/** The evidence of a label by what it is about. */
export function labelEvidence({ evidence }: OptionAnswer) {
  const named = (label: string) => evidence.find((one) => one.label === label)
  const known = new Set(['task', 'balance', 'spread', 'missing', 'left out', 'strongest column', 'split', 'steps'])
  return {
    texts: ['task', 'missing', 'steps'].flatMap((label) => named(label)?.text ?? []),
    balance: read(levelsSchema, named('balance')),
    spread: named('spread')?.text ?? null,
    numbers: read(spreadSchema, named('spread')),
    strongest: read(strongestSchema, named('strongest column')),
    strongestText: named('strongest column')?.text ?? null,
    split: named('split')?.text ?? null,
    otherSplits: read(z.array(z.string()), named('split')) ?? [],
    proofs: evidence.filter(({ label }) => label === 'left out').map((one) => ({ column: String(one.value ?? ''), text: one.text, cross: read(crossSchema, one)?.cross_table ?? null })),
    leaks: evidence.filter(({ label }) => !known.has(label)).map((one) => ({ label: one.label, text: one.text, rows: read(examplesSchema, one)?.rows ?? [] })),
  }
}

const labelledSchema = z.object({
  label: z.object({ name: z.string() }),
  task: z.enum(['binary', 'multiclass', 'regression']),
  positive: z.string().nullable(),
  rows: z.object({ train: z.number(), test: z.number(), labelled: z.number(), unlabelled: z.number() }),
  split: splitSchema,
  left_out: z.array(leftOutSchema),
})

/** What the phase came to; null where it was skipped. */
export function labelledOf(outcome: unknown): z.infer<typeof labelledSchema> | null {
  const read = labelledSchema.safeParse(outcome)
  return read.success ? read.data : null
}

/** How the sealed rows were chosen. */
export function splitWords({ kind, column }: LabelEffect['split']): string {
  if (kind === 'group') return `all rows of one ${column ?? 'group'} on one side`
  if (kind === 'time') return `the latest by ${column ?? 'time'}`
  return kind === 'index' ? 'as the run was started with' : 'at random, alike in every class or tenth of the label'
}
