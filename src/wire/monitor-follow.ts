import { z } from 'zod'
import { modelComparisonSchema } from '#core/model-comparison'
import { alertRuleNames, proposalChoiceSchema } from '#core/monitor'
import { runStatuses } from '#core/phase-names'
import { idSchema } from './identifier.ts'
import { performanceAnswerSchema } from './monitor-check.ts'
import { queryIntegerSchema } from './query-value.ts'
import { timestampSchema } from './timestamp.ts'

export const putScheduleBodySchema = z
  .object({
    /** Five fields: minute, hour, day, month, weekday. */
    cron: z.string().min(1).max(200),
    time_zone: z.string().min(1).max(100).default('UTC'),
    /** The deployment whose kept rows are checked. */
    deployment_id: idSchema,
    /** On an alert, where so many kept rows have a label, a challenger is trained on them and the training table, and proposed; absent, never. */
    retrain_from: z.int().min(1).max(100_000).nullish(),
  })
  .meta({ id: 'PutSchedule' })
export type PutScheduleBody = z.infer<typeof putScheduleBodySchema>
export type PutScheduleInput = z.input<typeof putScheduleBodySchema>

export const scheduleAnswerSchema = z
  .object({ monitor_id: idSchema, deployment_id: idSchema, cron: z.string(), time_zone: z.string(), next_at: timestampSchema, retrain_from: z.int().nullable() })
  .meta({ id: 'MonitorSchedule' })
export type ScheduleAnswer = z.infer<typeof scheduleAnswerSchema>

export const sendLabelsBodySchema = z
  .object({
    deployment_id: idSchema,
    labels: z.array(z.object({ key: z.union([z.string(), z.number()]), label: z.union([z.string(), z.number(), z.boolean()]) })).min(1).max(100_000),
  })
  .meta({ id: 'SendLabels' })
export type SendLabelsBody = z.infer<typeof sendLabelsBodySchema>

export const performanceQuerySchema = z.object({ deployment_id: idSchema })

export const labelledPerformanceAnswerSchema = z
  .object({
    monitor_id: idSchema,
    deployment_id: idSchema,
    /** Kept rows that got a label now; 0 where only performance was asked for. */
    labelled: z.int(),
    /** Keys that no kept row has; at most 100 are named. */
    unknown_keys: z.array(z.string()),
    /** How the model does on all kept rows that have a label; null where none has. */
    performance: performanceAnswerSchema.nullable(),
  })
  .meta({ id: 'LabelledPerformance' })
export type LabelledPerformanceAnswer = z.infer<typeof labelledPerformanceAnswerSchema>

export const alertAnswerSchema = z
  .object({
    alert_id: idSchema,
    monitor_id: idSchema,
    check_id: idSchema,
    rule: z.enum(alertRuleNames),
    text: z.string(),
    raised: timestampSchema,
    /** Who takes care of it. */
    owner: z.string().nullable(),
    acknowledged_by: z.string().nullable(),
    acknowledged: timestampSchema.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'MonitorAlert' })
export type AlertAnswer = z.infer<typeof alertAnswerSchema>
export const alertListAnswerSchema = z.array(alertAnswerSchema)
export const alertsQuerySchema = z.object({ limit: queryIntegerSchema({ min: 1, max: 1_000 }).default(50) })

export const answerAlertBodySchema = z
  .object({
    owner: z.string().max(500).nullish(),
    note: z.string().max(10_000).nullish(),
    /** That somebody has seen it; with the key's name and the time. */
    acknowledge: z.boolean().default(true),
  })
  .meta({ id: 'AnswerAlert' })
export type AnswerAlertBody = z.infer<typeof answerAlertBodySchema>
export type AnswerAlertInput = z.input<typeof answerAlertBodySchema>

export const proposeRetrainBodySchema = z
  .object({
    /** Rows with labels to train the challenger on. */
    dataset_id: idSchema,
    /** The alert that it answers. */
    alert_id: idSchema.nullish(),
  })
  .meta({ id: 'ProposeRetrain' })
export type ProposeRetrainBody = z.infer<typeof proposeRetrainBodySchema>

export const proposalAnswerSchema = z
  .object({
    proposal_id: idSchema,
    monitor_id: idSchema,
    alert_id: idSchema.nullable(),
    /** The run that trains the challenger; its card stands in the inbox. */
    run_id: idSchema,
    run_status: z.enum(runStatuses).nullable(),
    dataset_id: idSchema,
    /** The challenger, once it is trained. */
    version_id: idSchema.nullable(),
    /** How it stands beside the model in use on the sealed rows of that. */
    comparison: modelComparisonSchema.nullable(),
    /** training: wait. open: decide. */
    status: z.enum(['training', 'open', 'decided', 'failed']),
    options: z.array(z.object({ choice: proposalChoiceSchema, title: z.string(), summary: z.string(), recommended: z.boolean() })),
    choice: proposalChoiceSchema.nullable(),
    decided_by: z.string().nullable(),
    decided: timestampSchema.nullable(),
    rationale: z.string().nullable(),
    proposed_by: z.string(),
    proposed: timestampSchema,
  })
  .meta({ id: 'RetrainProposal' })
export type ProposalAnswer = z.infer<typeof proposalAnswerSchema>
export const proposalListAnswerSchema = z.array(proposalAnswerSchema)

export const decideProposalBodySchema = z
  .object({
    choice: proposalChoiceSchema,
    /** With promote: the deployment that is to answer with the challenger; absent, every active one of the monitored version. */
    deployment_id: idSchema.nullish(),
    /** With retrain: other rows to train on. */
    dataset_id: idSchema.nullish(),
    rationale: z.string().max(10_000).nullish(),
  })
  .meta({ id: 'DecideProposal' })
export type DecideProposalBody = z.infer<typeof decideProposalBodySchema>
