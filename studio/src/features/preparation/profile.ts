import { z } from 'zod'
import type { PendingDecision } from '#sdk/client'

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  missing: z.number(),
  distinct: z.number(),
  top: z.array(z.object({ value: z.string().nullable(), count: z.number() })),
  numeric: z.object({ min: z.number(), max: z.number(), mean: z.number(), sd: z.number().nullable(), zeros: z.number(), quantiles: z.array(z.number()), histogram: z.array(z.number()) }).nullable(),
  text: z.object({ shortest: z.number(), longest: z.number(), padded: z.number() }).nullable(),
})

/** One column of the table as the card tells it. */
export type ColumnProfile = z.infer<typeof columnSchema>

const contextSchema = z.object({
  profile: z.object({ rows: z.number(), columns: z.array(columnSchema) }),
  copies: z.object({ rows: z.number(), text: z.string() }).optional(),
  told: z.array(z.object({ detail: z.string(), column: z.string().nullish() })).optional(),
  notes: z.array(z.string()).optional(),
})

export type PreparationContext = z.infer<typeof contextSchema>

/** What the card says of the table; null where a card of another version says it differently. */
export function contextOf({ context }: Pick<PendingDecision, 'context'>): PreparationContext | null {
  const read = contextSchema.safeParse(context)
  return read.success ? read.data : null
}

const effectSchema = z.object({
  steps: z.array(z.object({ type: z.string(), columns: z.array(z.string()).optional(), params: z.record(z.string(), z.json()), description: z.string().optional() })),
  left_out: z.array(z.union([z.string(), z.looseObject({ name: z.string() })])),
})

/** The steps that an option stands for, and the columns that it leaves out of the model. */
export interface StepEffect {
  readonly steps: z.infer<typeof effectSchema>['steps']
  readonly leftOut: readonly string[]
}

export function effectOf(effect: unknown): StepEffect {
  const read = effectSchema.safeParse(effect)
  if (!read.success) return { steps: [], leftOut: [] }
  return { steps: read.data.steps, leftOut: read.data.left_out.map((one) => (typeof one === 'string' ? one : one.name)) }
}

/** Columns that an option touches. */
export function columnsOf(effect: unknown): readonly string[] {
  const { steps, leftOut } = effectOf(effect)
  return [...new Set([...steps.flatMap(({ columns = [] }) => columns), ...leftOut])]
}

const rowSchema = z.array(z.object({ row: z.number(), column: z.string(), before: z.unknown(), after: z.unknown() }))

export type ChangedCell = z.infer<typeof rowSchema>[number]

/** Cells before and after, out of the evidence that holds rows. */
export function changedCells(evidence: readonly { readonly data: unknown }[]): readonly ChangedCell[] {
  return evidence.flatMap(({ data }) => {
    const read = rowSchema.safeParse(data)
    return read.success ? read.data : []
  })
}

const outcomeSchema = z.object({
  table: z.object({ rows: z.number(), columns: z.array(z.object({ name: z.string() })) }),
  left_out: z.array(z.object({ name: z.string() })),
  spec: z.object({ steps: z.array(z.object({ id: z.string(), type: z.string(), description: z.string().optional() })) }),
})

/** What the phase came to; null where it was skipped. */
export function outcomeOf(outcome: unknown): z.infer<typeof outcomeSchema> | null {
  const read = outcomeSchema.safeParse(outcome)
  return read.success ? read.data : null
}
