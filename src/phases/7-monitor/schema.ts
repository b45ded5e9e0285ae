import { z } from 'zod'
import { hashSchema } from '#core/hash'
import { evidentlySettingsSchema, falseAlarmRateSchema, measuredAlarmsSchema, methodSchema, monitorSettingsSchema, scheduleSchema } from './monitor-document.ts'

/** What an answer may say of the monitor; what it leaves out is as in the chosen option. An unknown key is refused by its name. */
export const monitoringConfigSchema = z.strictObject({
  columns: z.array(z.string()).nullish().describe('The inputs of the model to watch, by name.'),
  prediction: z.boolean().nullish().describe('Whether the prediction is watched too.'),
  false_alarm_rate: falseAlarmRateSchema.nullish().describe('Chance of any drift verdict on a batch that is as the training rows.'),
  schedule: scheduleSchema.nullish().describe('How often a batch is expected.'),
  alerts: z
    .strictObject({
      drifted_share: z.number().min(0).max(1).nullish().describe('A check alerts only where drift is found in at least this share of what is watched; 0 means in anything.'),
      false_alert_rate: z.number().min(0.0001).max(0.5).nullish().describe('Chance of any false alert in so many checks as in_checks says.'),
      in_checks: z.int().min(1).max(100_000).nullish(),
    })
    .nullish(),
  method: methodSchema.nullish().describe('Which tests give the verdicts: calibrated, or those of Evidently\'s drift preset.'),
  evidently: evidentlySettingsSchema.nullish().describe('What is chosen of that preset.'),
})
export type MonitoringConfig = z.infer<typeof monitoringConfigSchema>

const waySchema = z.strictObject({
  id: z.string(),
  /** Null watches nothing. */
  settings: monitorSettingsSchema.nullable(),
  measured: z.array(measuredAlarmsSchema),
})
export type Way = z.infer<typeof waySchema>

/** What reading an answer needs to know of the proposal. */
export const basisSchema = z.strictObject({
  /** Blob of the scorer. */
  model: hashSchema,
  /** Blob of the reference profile. */
  profile: hashSchema,
  inputs: z.array(z.string()),
  /** In the order of the options. */
  ways: z.array(waySchema),
})
export type Basis = z.infer<typeof basisSchema>

/** What was decided: the monitor to make, or none. */
export const monitoringDecisionSchema = z.strictObject({
  model: hashSchema,
  profile: hashSchema,
  settings: monitorSettingsSchema.nullable(),
  /** The false alarms of exactly these settings, where the proposal measured them. */
  measured: z.array(measuredAlarmsSchema).nullable(),
})
export type MonitoringDecision = z.infer<typeof monitoringDecisionSchema>
