import { z } from 'zod'

const measured = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })

/** What the phase came to, as far as the page shows it. */
const trainedSchema = z.object({
  trainer: z.string(),
  trainer_title: z.string(),
  label: z.string(),
  classes: z.array(z.string()).nullable(),
  features: z.array(z.string()),
  monotone: z.record(z.string(), z.enum(['increasing', 'decreasing'])),
  threshold: z.number().nullable(),
  test_metrics: z.record(z.string(), measured),
  cv_metrics: z.record(z.string(), measured),
  rows: z.object({ train: z.number(), test: z.number(), looks: z.number() }),
  notes: z.array(z.string()),
})
export type TrainedOutcome = z.infer<typeof trainedSchema>

/** Null where the phase was skipped. */
export function readTrained(outcome: unknown): TrainedOutcome | null {
  return outcome === null || outcome === undefined ? null : trainedSchema.parse(outcome)
}

const editsSchema = z.object({ edits: z.object({ applied: z.array(z.object({ edit: z.unknown() })) }).optional() })

/** The edits that were made of the fitted shapes, in their order. */
export function appliedEdits(evaluation: unknown): unknown[] {
  return editsSchema.parse(evaluation).edits?.applied.map(({ edit }) => edit) ?? []
}

const calibratedSchema = z.object({ calibration: z.object({ kind: z.string(), out_of_fold: z.unknown() }).partial().nullish(), threshold: z.object({ value: z.number(), reason: z.string().nullable() }).nullish() })

/** An evaluation in the form of what is drawn of fresh rows: its calibration was settled out of fold, not on the sealed rows. */
export function sealedRows(evaluation: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { threshold } = calibratedSchema.parse(evaluation)
  return { ...evaluation, calibration: null, threshold: threshold ?? null }
}
