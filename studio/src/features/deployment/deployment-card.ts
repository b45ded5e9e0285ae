import { z } from 'zod'
import type { EvidenceAnswer, OptionAnswer, PendingDecision } from '#sdk/client'

const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() })
export type Estimate = z.infer<typeof estimateSchema>

const groupSchema = z.object({
  group: z.string(),
  rows: z.number(),
  verdict: z.enum(['measured', 'too few']),
  measures: z.record(z.string(), estimateSchema.nullable()),
  ratio: z.number().nullable(),
  four_fifths: z.enum(['within', 'below', 'above']).nullable(),
  apart: z.boolean(),
})
export type FairnessGroup = z.infer<typeof groupSchema>

const fairnessSchema = z.object({ column: z.string(), input: z.boolean(), largest: z.string(), compared: z.string(), groups: z.array(groupSchema) })
export type ColumnFairness = z.infer<typeof fairnessSchema>

const contextSchema = z.object({
  recommendation: z.string().optional(),
  model: z.object({ label: z.string(), task: z.string(), classes: z.array(z.string()).nullish(), positive: z.string().nullish(), trainer_title: z.string(), threshold: z.number().nullish() }).optional(),
  checks: z.array(z.object({ id: z.string(), passed: z.boolean(), text: z.string() })).optional(),
  worst_gap: z.string().nullish(),
  notes: z.array(z.string()).optional(),
})
export type DeploymentContext = z.infer<typeof contextSchema>

export function deploymentContextOf({ context }: Pick<PendingDecision, 'context'>): DeploymentContext {
  const read = contextSchema.safeParse(context)
  return read.success ? read.data : {}
}

export interface Evidences {
  readonly metrics: readonly EvidenceAnswer[]
  readonly threshold: EvidenceAnswer | null
  readonly fairness: readonly { readonly text: string; readonly found: ColumnFairness }[]
}

/** What was measured, from the option that shows all of it. */
export function evidencesOf(options: readonly OptionAnswer[]): Evidences {
  const all = (options.find(({ id }) => id === 'active') ?? options[0])?.evidence ?? []
  const metricSchema = z.object({ metric: z.string() })
  return {
    metrics: all.filter(({ data }) => metricSchema.safeParse(data).success && !('sealed' in Object(data))),
    threshold: all.find(({ label }) => label === 'Threshold') ?? null,
    fairness: all.flatMap(({ text, data }) => {
      const read = fairnessSchema.safeParse(data)
      return read.success ? [{ text, found: read.data }] : []
    }),
  }
}

export const checkTitles: Readonly<Record<string, string>> = {
  same_answers: 'The same answer in a batch and alone',
  better_than_baseline: 'Better than the baseline',
  calibration: 'Probabilities can be taken at their word',
  holds_on_sealed_rows: 'Holds on the sealed rows',
}

const firstMetrics = ['auc', 'r2', 'logloss', 'accuracy']

/** What the checks came to, and how well the model did on the sealed rows, in a sentence. */
export function findingOf(context: DeploymentContext, metrics: readonly EvidenceAnswer[]): string {
  const names = metrics.map((one) => ({ one, name: z.object({ metric: z.string() }).safeParse(one.data).data?.metric ?? '' }))
  const main = firstMetrics.flatMap((name) => names.filter((found) => found.name === name))[0]?.one
  return [context.recommendation ?? '', main?.text ?? ''].filter((text) => text !== '').join(' ')
}
