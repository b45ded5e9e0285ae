import { z } from 'zod'
import type { EvidenceAnswer, OptionAnswer, PendingDecision } from '#sdk/client'

const inputSchema = z.object({ name: z.string(), kind: z.string(), importance: z.number() })
export type WatchedInput = z.infer<typeof inputSchema>

const contextSchema = z.object({ reference_rows: z.number().optional(), inputs: z.array(inputSchema).optional(), test: z.string().optional(), notes: z.array(z.string()).optional() })
export type MonitoringContext = z.infer<typeof contextSchema>

export function monitoringContextOf({ context }: PendingDecision): MonitoringContext {
  const read = contextSchema.safeParse(context)
  return read.success ? read.data : {}
}

export const schedules = ['manual', 'hourly', 'daily', 'weekly', 'monthly'] as const

const settingsSchema = z.object({
  columns: z.array(z.string()),
  prediction: z.boolean(),
  false_alarm_rate: z.number(),
  schedule: z.enum(schedules),
  alert_share: z.number(),
  alert: z.object({ false_alert_rate: z.number(), in_checks: z.number() }),
})
export type MonitorSettings = z.infer<typeof settingsSchema>

/** What an option sets the monitor to; null where it makes none. */
export function settingsOf({ effect }: Pick<OptionAnswer, 'effect'>): MonitorSettings | null {
  const read = z.object({ settings: settingsSchema.nullable() }).safeParse(effect)
  return read.success ? read.data.settings : null
}

const alarmsSchema = z.object({ rows: z.number(), batches: z.number(), alarms: z.number(), judged: z.number(), watched: z.number() })

export interface MeasuredAlarm extends z.infer<typeof alarmsSchema> {
  readonly interval: readonly [number, number] | null
}

/** The false alarms that were measured of an option, by size of batch. */
export function alarmsOf({ evidence }: Pick<OptionAnswer, 'evidence'>): MeasuredAlarm[] {
  return evidence.flatMap(({ data, interval }) => {
    const read = alarmsSchema.safeParse(data)
    return read.success ? [{ ...read.data, interval }] : []
  })
}

/** What else was measured: the smallest change that is seen, and what the watched columns carry. */
export function furtherOf({ evidence }: Pick<OptionAnswer, 'evidence'>): EvidenceAnswer[] {
  return evidence.filter(({ data }) => !alarmsSchema.safeParse(data).success)
}
