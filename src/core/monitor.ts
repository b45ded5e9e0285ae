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

/** The payload of every event of a monitor, by type. Names, rows and notes are free text, so they are not in the chain. */
export const monitorEventPayloads = {
  'monitor-created': z.strictObject({ team_id: z.uuid(), model_id: z.uuid(), version_id: z.uuid(), run_id: z.uuid(), content: hashSchema }),
  'monitor-edited': z.strictObject({ part: z.enum(['name', 'description', 'items', 'alert_rules']) }),
  'monitor-checked': z.strictObject({ check_id: z.uuid(), rows: z.int(), verdict: driftVerdictSchema, drifted: z.int(), alerts: z.int(), result: hashSchema }),
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
  /** Keeps a check. False where the monitor is gone. */
  addCheck(check: MonitorCheck, asked: Asked): Promise<boolean>
  /** Newest first. */
  checks(monitorId: string, limit: number): Promise<MonitorCheck[]>
}
