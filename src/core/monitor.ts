import { z } from 'zod'
import type { Json } from './canonical-json.ts'
import type { Asked } from './command.ts'
import type { Actor } from './event.ts'
import { hashSchema, type Hash } from './hash.ts'

/** What a check says of a batch, or of one column of it. */
export const driftVerdicts = ['ok', 'drift', 'not_enough_data'] as const
export const driftVerdictSchema = z.enum(driftVerdicts)
export type DriftVerdict = z.infer<typeof driftVerdictSchema>

/** A monitor of a model version. */
export interface Monitor {
  readonly monitor_id: string
  readonly team_id: string
  readonly model_id: string
  readonly version_id: string
  /** The run that trained the model. */
  readonly run_id: string
  /** Blob: settings and reference profile. */
  readonly content: Hash
  readonly name: string
  readonly description: string
  readonly data_source_type: string
  readonly created_by: string
  readonly created_at: string
}

/** A row that somebody keeps with a monitor, with what the model says of it. */
export interface MonitorItem {
  readonly item_id: string
  readonly monitor_id: string
  readonly scenario: Readonly<Record<string, Json>>
  readonly score: number | null
  readonly proba: number | null
  readonly notes: string | null
}

export const alertRuleTypes = ['threshold', 'trend', 'volume'] as const
export const alertRuleTypeSchema = z.enum(alertRuleTypes)

/** What an alert rests on: the monitor itself, a rule, or how the model does on labelled rows. */
export const alertRuleNames = ['monitor', 'performance', ...alertRuleTypes] as const
export type AlertRuleName = (typeof alertRuleNames)[number]

/** When a check alerts besides; at most one rule of each type. */
export interface AlertRule {
  readonly rule_type: z.infer<typeof alertRuleTypeSchema>
  readonly value: number
  readonly notify_in_app: boolean
}

/** A check that was made: its answer lies in a blob. */
export interface MonitorCheck {
  readonly check_id: string
  readonly monitor_id: string
  readonly rows: number
  readonly verdict: DriftVerdict
  /** How much of what is watched drifted. */
  readonly drifted: number
  readonly alerts: number
  readonly result: Hash
  readonly created_at: string
}

/** An alert as it is raised. */
export interface RaisedAlert {
  readonly alert_id: string
  readonly rule: AlertRuleName
  readonly text: string
}

/** An alert in the log, and who takes care of it. */
export interface MonitorAlert extends RaisedAlert {
  readonly monitor_id: string
  readonly check_id: string
  readonly raised_at: string
  readonly owner: string | null
  readonly acknowledged_by: string | null
  readonly acknowledged_at: string | null
  readonly note: string | null
}

/** When the rows that a deployment keeps are checked. */
export interface MonitorSchedule {
  readonly monitor_id: string
  readonly deployment_id: string
  readonly cron: string
  readonly time_zone: string
  readonly next_at: string
  /** Rows up to this position were checked. */
  readonly checked_to: number
  /** On an alert a challenger is trained where so many kept rows have a label; null never. */
  readonly retrain_from: number | null
}

export const proposalChoices = ['keep', 'promote', 'retrain'] as const
export const proposalChoiceSchema = z.enum(proposalChoices)
export type ProposalChoice = z.infer<typeof proposalChoiceSchema>

/** A challenger that was trained because of what a monitor saw. */
export interface MonitorProposal {
  readonly proposal_id: string
  readonly monitor_id: string
  readonly alert_id: string | null
  /** The run that trains the challenger. */
  readonly run_id: string
  readonly dataset_id: string
  readonly proposed_by: string
  readonly proposed_at: string
  readonly choice: ProposalChoice | null
  readonly decided_by: string | null
  readonly decided_at: string | null
  readonly rationale: string | null
}

export interface AlertChange {
  readonly owner?: string | null
  readonly note?: string | null
  readonly acknowledge: boolean
}

/** The payload of every event of a monitor, by type. Names, rows and notes are free text, so they are not in the chain. */
export const monitorEventPayloads = {
  'monitor-created': z.strictObject({ team_id: z.uuid(), model_id: z.uuid(), version_id: z.uuid(), run_id: z.uuid(), content: hashSchema }),
  'monitor-edited': z.strictObject({ part: z.enum(['name', 'description', 'items', 'alert_rules', 'schedule']) }),
  'monitor-checked': z.strictObject({ check_id: z.uuid(), rows: z.int(), verdict: driftVerdictSchema, drifted: z.int(), alerts: z.int(), result: hashSchema }),
  'monitor-alert-answered': z.strictObject({ alert_id: z.uuid(), acknowledged: z.boolean() }),
  'monitor-retrain-proposed': z.strictObject({ proposal_id: z.uuid(), run_id: z.uuid(), alert_id: z.uuid().nullable() }),
  'monitor-retrain-decided': z.strictObject({ proposal_id: z.uuid(), choice: proposalChoiceSchema }),
  'monitor-deleted': z.strictObject({}),
} as const

export type MonitorEventType = keyof typeof monitorEventPayloads
export type NewMonitorEvent = {
  [T in MonitorEventType]: { type: T; actor: Actor; at: string; payload: z.infer<(typeof monitorEventPayloads)[T]> }
}[MonitorEventType]

/** Monitors and what hangs on them. Every change is an event of the monitor's own stream. */
export interface MonitorStore {
  get(monitorId: string): Promise<Monitor | undefined>
  /** Newest first; of one model where it is named. */
  list(of: { readonly team_id: string; readonly model_id?: string }): Promise<Monitor[]>
  /** Makes one; where the model has one of that name, that one comes back. */
  create(monitor: Omit<Monitor, 'created_by' | 'created_at'>, asked: Asked): Promise<Monitor>
  /** False where the monitor is gone. */
  edit(monitorId: string, change: { readonly name: string } | { readonly description: string }, asked: Asked): Promise<boolean>
  /** False where it is gone already. What only it refers to is erased. */
  delete(monitorId: string, asked: Asked): Promise<boolean>
  addItems(monitorId: string, items: readonly MonitorItem[], asked: Asked): Promise<boolean>
  item(itemId: string): Promise<MonitorItem | undefined>
  items(monitorId: string): Promise<MonitorItem[]>
  deleteItem(item: MonitorItem, asked: Asked): Promise<boolean>
  rules(monitorId: string): Promise<AlertRule[]>
  putRule(monitorId: string, rule: AlertRule, asked: Asked): Promise<boolean>
  /** Keeps a check with the alerts that it raised, and tells them to webhooks. False where the monitor is gone. */
  addCheck(check: MonitorCheck, asked: Asked, alerts?: readonly RaisedAlert[]): Promise<boolean>
  /** Newest first, of one monitor. */
  alerts(monitorId: string, limit: number): Promise<MonitorAlert[]>
  alert(alertId: string): Promise<MonitorAlert | undefined>
  answerAlert(alert: MonitorAlert, change: AlertChange, asked: Asked): Promise<boolean>
  schedule(monitorId: string): Promise<MonitorSchedule | undefined>
  putSchedule(schedule: MonitorSchedule, asked: Asked): Promise<boolean>
  /** False where there was none. */
  removeSchedule(monitorId: string, asked: Asked): Promise<boolean>
  /** Takes one that is due, for this caller alone, and sets when it is next; missed times are made up by one check. */
  takeDue(now: Date, nextOf: (schedule: MonitorSchedule) => Date): Promise<MonitorSchedule | undefined>
  /** Notes up to where rows were checked. */
  checkedTo(monitorId: string, position: number): Promise<void>
  proposals(monitorId: string): Promise<MonitorProposal[]>
  proposal(proposalId: string): Promise<MonitorProposal | undefined>
  addProposal(proposal: MonitorProposal, asked: Asked): Promise<boolean>
  /** False where somebody else has decided it. */
  decideProposal(proposal: MonitorProposal, decided: { readonly choice: ProposalChoice; readonly rationale: string | null }, asked: Asked): Promise<boolean>
  /** Newest first. */
  checks(monitorId: string, limit: number): Promise<MonitorCheck[]>
}
