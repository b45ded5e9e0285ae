import { z } from 'zod'
import type { EvidenceAnswer, OptionAnswer, PendingDecision } from '#sdk/client'
import { count, interval, share } from '#studio/lib/numbers.ts'

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

/** What is recommended and how often it would be wrong, in a sentence. */
export function findingOf({ options, recommended_index: recommended }: Pick<PendingDecision, 'options' | 'recommended_index'>, context: MonitoringContext): string {
  const option = options.find(({ index }) => index === recommended)
  const largest = option === undefined ? undefined : alarmsOf(option).at(-1)
  if (option === undefined || largest === undefined) return ''
  const bounds = largest.interval === null ? '' : ` ${interval(largest.interval, share)}`
  const reference = context.reference_rows === undefined ? '' : `, each compared with ${count(context.reference_rows)} training rows`
  return `${option.title}${reference}: of ${count(largest.batches)} batches of ${count(largest.rows)} rows without any change, ${share(largest.alarms / largest.batches)}${bounds} raised a false alarm.`
}
