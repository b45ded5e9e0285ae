import { z } from 'zod'
import { alertRuleTypeSchema, driftVerdictSchema } from '#core/monitor'
import { idSchema } from './identifier.ts'
import { jsonValueSchema } from './json-value.ts'
import { queryIntegerSchema } from './query-value.ts'
import { checkMethods } from './monitor-check.ts'
import { timestampSchema } from './timestamp.ts'

const nameSchema = z.string().trim().min(1).max(500)
const descriptionSchema = z.string().max(10_000)
export const scheduleTypes = ['manual', 'hourly', 'daily', 'weekly', 'monthly'] as const

export const createMonitorBodySchema = z
  .object({
    model_id: idSchema,
    name: nameSchema,
    description: descriptionSchema.nullish(),
    /** A check alerts where drift is found in at least this share of what is watched; 0, the default, means in anything. */
    threshold: z.number().min(0).max(1).nullish(),
    data_source_type: z.string().max(100).nullish(),
    schedule_type: z.enum(scheduleTypes).nullish(),
    /** Inputs of the model to watch; all where it is absent. */
    columns: z.array(z.string()).max(10_000).nullish(),
    prediction: z.boolean().nullish(),
    /** Chance of any drift verdict on a batch that is as the training rows; 0.05 where it is absent. */
    false_alarm_rate: z.number().min(0.0001).max(0.5).nullish(),
    /** Which tests give the verdicts; calibrated where it is absent. */
    method: z.enum(checkMethods).nullish(),
    /** What is chosen of Evidently's drift preset. */
    evidently: z
      .object({
        num_method: z.string().nullish(),
        cat_method: z.string().nullish(),
        num_threshold: z.number().min(0).nullish(),
        cat_threshold: z.number().min(0).nullish(),
        drift_share: z.number().min(0).max(1).nullish(),
      })
      .nullish(),
    /** Chance of any false alert in so many checks; 0.05 in 365 where it is absent. */
    alerts: z.object({ false_alert_rate: z.number().min(0.0001).max(0.5).nullish(), in_checks: z.int().min(1).max(100_000).nullish() }).nullish(),
  })
  .meta({ id: 'CreateMonitor' })
export type CreateMonitorBody = z.infer<typeof createMonitorBodySchema>
export type CreateMonitorInput = z.input<typeof createMonitorBodySchema>

export const createMonitorAnswerSchema = z.object({ monitor_id: idSchema }).meta({ id: 'CreatedMonitor' })
export type CreateMonitorAnswer = z.infer<typeof createMonitorAnswerSchema>

const checkSummarySchema = z.object({
  check_id: idSchema,
  rows: z.int(),
  verdict: driftVerdictSchema,
  /** How much of what is watched drifted; the prediction counts as one. */
  drifted: z.int(),
  alerts: z.int(),
  created: timestampSchema,
})

export const monitorChecksAnswerSchema = z.array(checkSummarySchema.meta({ id: 'MonitorCheckSummary' }))
export type MonitorChecksAnswer = z.infer<typeof monitorChecksAnswerSchema>

export const checksQuerySchema = z.object({ limit: queryIntegerSchema({ min: 1, max: 1_000 }).default(50) })

export const monitorAnswerSchema = z
  .object({
    monitor_id: idSchema,
    id: idSchema,
    model_id: idSchema,
    version_id: idSchema,
    name: z.string(),
    description: z.string(),
    created_by: z.string(),
    created: timestampSchema,
    threshold: z.number(),
    data_source_type: z.string(),
    schedule_type: z.enum(scheduleTypes),
    columns: z.array(z.string()),
    prediction: z.boolean(),
    false_alarm_rate: z.number(),
    method: z.enum(checkMethods),
    /** Chance of any false alert in so many checks. */
    alerts: z.object({ false_alert_rate: z.number(), in_checks: z.int() }),
    /** Training rows that batches are compared with. */
    reference_rows: z.int(),
    /** False alarms on batches that were drawn from the training rows, by size. */
    measured: z.array(z.object({ rows: z.int(), batches: z.int(), alarms: z.int(), judged: z.int(), watched: z.int() })),
    last_check: checkSummarySchema.nullable(),
    /** When the next batch is due; null where none is expected at any time. */
    due: timestampSchema.nullable(),
    overdue: z.boolean(),
    /** Whether kept rows are checked by themselves: GET /v1/monitors/{id}/schedule tells when. */
    scheduled: z.boolean(),
  })
  .meta({ id: 'Monitor' })
export type MonitorAnswer = z.infer<typeof monitorAnswerSchema>
export const monitorListAnswerSchema = z.array(monitorAnswerSchema)
export type MonitorListAnswer = z.infer<typeof monitorListAnswerSchema>

export const renameMonitorBodySchema = z.object({ monitor_id: idSchema, name: nameSchema }).meta({ id: 'RenameMonitor' })
export type RenameMonitorBody = z.infer<typeof renameMonitorBodySchema>
export const describeMonitorBodySchema = z.object({ monitor_id: idSchema, description: descriptionSchema }).meta({ id: 'DescribeMonitor' })
export type DescribeMonitorBody = z.infer<typeof describeMonitorBodySchema>

export const monitorChangeAnswerSchema = z
  .object({ monitor_id: idSchema, success: z.literal(true) })
  .meta({ id: 'ChangedMonitor' })
export type MonitorChangeAnswer = z.infer<typeof monitorChangeAnswerSchema>

const rowSchema = z.record(z.string(), jsonValueSchema)

export const addMonitorItemsBodySchema = z
  .object({
    monitor_id: idSchema,
    /** Each a raw row, or an object whose `scenario` is one; the model's score is kept with it. */
    monitor_items: z.array(rowSchema).max(1_000),
  })
  .meta({ id: 'AddMonitorItems' })
export type AddMonitorItemsBody = z.infer<typeof addMonitorItemsBodySchema>
export const addMonitorItemsAnswerSchema = z.object({ monitor_item_id: z.array(idSchema) }).meta({ id: 'AddedMonitorItems' })
export type AddMonitorItemsAnswer = z.infer<typeof addMonitorItemsAnswerSchema>

const monitorItemSchema = z
  .object({
    monitor_item_id: idSchema,
    id: idSchema,
    monitor_id: idSchema,
    scenario: rowSchema,
    /** What the model says of it: sum of the contributions, and in classification the probability. */
    score: z.number().nullable(),
    proba: z.number().nullable(),
    notes: z.string().nullable(),
  })
  .meta({ id: 'MonitorItem' })
/** One item by its own id, or all of a monitor by the monitor's. */
export const monitorItemsAnswerSchema = z.union([monitorItemSchema, z.array(monitorItemSchema)])
export type MonitorItemsAnswer = z.infer<typeof monitorItemsAnswerSchema>
export const deleteMonitorItemAnswerSchema = z
  .object({ monitor_item_id: idSchema, success: z.literal(true) })
  .meta({ id: 'DeletedMonitorItem' })
export type DeleteMonitorItemAnswer = z.infer<typeof deleteMonitorItemAnswerSchema>

export const alertRuleSchema = z
  .object({
    /** threshold: drift in this share of what is watched. trend: so many checks in a row with drift. volume: fewer rows than this. */
    rule_type: alertRuleTypeSchema,
    value: z.number().min(0).max(1e12),
    /** False keeps the rule and rests it. */
    notify_in_app: z.boolean().nullish(),
    /** This server sends no mail. */
    notify_email: z.literal(false).nullish(),
  })
  .meta({ id: 'AlertRule' })
export type AlertRuleBody = z.infer<typeof alertRuleSchema>
const alertRuleAnswerSchema = z.object({ rule_type: alertRuleTypeSchema, value: z.number(), notify_in_app: z.boolean(), notify_email: z.literal(false) })
export const alertRulesAnswerSchema = z
  .object({ monitor_id: idSchema, rules: z.array(alertRuleAnswerSchema) })
  .meta({ id: 'AlertRules' })
export type AlertRulesAnswer = z.infer<typeof alertRulesAnswerSchema>
