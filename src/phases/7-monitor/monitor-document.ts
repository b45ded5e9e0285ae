import { z } from 'zod'
import { hashSchema } from '#core/hash'
import type { DriftProfile } from '#ml/drift-profile'
import { evidentlyTests } from '#ml/evidently-tests'

export const schedules = ['manual', 'hourly', 'daily', 'weekly', 'monthly'] as const
export const scheduleSchema = z.enum(schedules)
export type Schedule = z.infer<typeof scheduleSchema>

/** The rate of false alarms that a monitor may be set to. */
export const falseAlarmRateSchema = z.number().min(0.0001).max(0.5)

export const methods = ['calibrated', 'evidently'] as const
export const methodSchema = z.enum(methods)
export type Method = z.infer<typeof methodSchema>

/** What may be chosen of Evidently's drift preset; null is what it takes by itself. */
export const evidentlySettingsSchema = z.strictObject({
  num_method: z.enum(evidentlyTests).nullable().default(null),
  cat_method: z.enum(evidentlyTests).nullable().default(null),
  num_threshold: z.number().min(0).nullable().default(null),
  cat_threshold: z.number().min(0).nullable().default(null),
  drift_share: z.number().min(0).max(1).default(0.5),
})

/** How rarely an alert may be false: with this chance any in so many checks. */
export const alertSettingsSchema = z.strictObject({
  false_alert_rate: z.number().min(0.0001).max(0.5).default(0.05),
  in_checks: z.int().min(1).max(100_000).default(365),
})

/** What a monitor tests, how often it may be wrong, and when it is due. */
export const monitorSettingsSchema = z.strictObject({
  /** Names of the watched inputs of the model. */
  columns: z.array(z.string()),
  prediction: z.boolean(),
  /** Chance of any drift verdict on a batch that is as the training rows. */
  false_alarm_rate: falseAlarmRateSchema,
  /** How often a batch is expected; a monitor says when one is overdue. */
  schedule: scheduleSchema,
  /** A check alerts where drift is found in at least this share of what is watched; 0 means in anything. */
  alert_share: z.number().min(0).max(1),
  /** Which tests give the verdicts. */
  method: methodSchema.default('calibrated'),
  evidently: evidentlySettingsSchema.default(evidentlySettingsSchema.parse({})),
  alert: alertSettingsSchema.default(alertSettingsSchema.parse({})),
})
export type MonitorSettings = z.infer<typeof monitorSettingsSchema>

const counts = z.array(z.int().min(0))
const ruleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('numeric'), edges: z.array(z.number()), range: z.tuple([z.number(), z.number()]).nullable() }),
  z.strictObject({ kind: z.literal('category'), levels: z.array(z.string()), rare: z.array(z.string()) }),
])
const binned = { rule: ruleSchema, counts, tested: counts, means: z.array(z.number()) }

/** The reference profile: counts and means of the training rows. */
export const driftProfileSchema: z.ZodType<DriftProfile> = z.strictObject({
  rows: z.int().min(0),
  columns: z.array(z.strictObject({ feature: z.string(), ...binned, known: z.array(z.string()), importance: z.number() })),
  pairs: z.array(z.strictObject({ name: z.string(), features: z.array(z.string()), means: z.array(z.number()) })).exactOptional(),
  prediction: z.strictObject(binned),
})

/** How often a way to watch alarmed on batches that were drawn from the training rows. */
export const measuredAlarmsSchema = z.strictObject({
  rows: z.int(),
  batches: z.int(),
  alarms: z.int(),
  /** Of what is watched, how much batches of this size can be told by. */
  judged: z.int(),
  watched: z.int(),
})
export type MeasuredAlarms = z.infer<typeof measuredAlarmsSchema>

/** Everything that a check needs: no row of the data, only counts. */
export const monitorDocumentSchema = z.strictObject({
  format: z.literal('signalbox-monitor'),
  version: z.literal(1),
  /** Blob of the scorer: pipeline and model. */
  model: hashSchema,
  settings: monitorSettingsSchema,
  /** Blob of the reference profile. */
  profile: hashSchema,
  seed: z.int(),
  measured: z.array(measuredAlarmsSchema),
})
export type MonitorDocument = z.infer<typeof monitorDocumentSchema>
