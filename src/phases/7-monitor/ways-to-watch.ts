import type { DriftProfile } from '#ml/drift-profile'
import { alertSettingsSchema, evidentlySettingsSchema, type MonitorSettings } from './monitor-document.ts'

/** A way to watch that is offered. */
export interface OfferedWay {
  readonly id: string
  readonly title: string
  readonly settings: MonitorSettings | null
}

export const usualRate = 0.05
const strictRate = 0.01

/** The share of the importance that the narrow way keeps in sight. */
export const carriedShare = 0.9

/** What a monitor is set to where nothing else is asked for. */
export function usualSettings(profile: DriftProfile): MonitorSettings {
  const columns = profile.columns.map(({ feature }) => feature)
  return { columns, prediction: true, false_alarm_rate: usualRate, schedule: 'manual', alert_share: 0, method: 'calibrated', evidently: evidentlySettingsSchema.parse({}), alert: alertSettingsSchema.parse({}) }
}

/** The ways to watch this model; the narrow one only where it leaves something out. */
export function waysToWatch(profile: DriftProfile): OfferedWay[] {
  const all = usualSettings(profile)
  const narrow = importantColumns(profile)
  const ways: OfferedWay[] = [{ id: 'all-inputs', title: 'All inputs and the prediction', settings: all }]
  if (narrow.length > 0 && narrow.length < all.columns.length) {
    ways.push({ id: 'important-inputs', title: 'The inputs that move the prediction, and the prediction', settings: { ...all, columns: narrow } })
  }
  ways.push({ id: 'all-inputs-strict', title: 'All inputs and the prediction, with fewer false alarms', settings: { ...all, false_alarm_rate: strictRate } })
  ways.push({ id: 'none', title: 'No monitor', settings: null })
  return ways
}

/** The fewest columns that carry the wanted share of the importance, in the order of the model. */
function importantColumns({ columns }: DriftProfile): string[] {
  const total = columns.reduce((sum, { importance }) => sum + importance, 0)
  const kept = new Set<string>()
  let carried = 0
  for (const { feature, importance } of columns.toSorted((a, b) => b.importance - a.importance)) {
    if (carried >= carriedShare * total) break
    kept.add(feature)
    carried += importance
  }
  return columns.map(({ feature }) => feature).filter((feature) => kept.has(feature))
}

/** The share of the importance that some columns carry; null where the model reads none. */
export function importanceOf({ columns }: DriftProfile, watched: readonly string[]): number | null {
  const total = columns.reduce((sum, { importance }) => sum + importance, 0)
  if (total === 0) return null
  return columns.reduce((sum, { feature, importance }) => sum + (watched.includes(feature) ? importance : 0), 0) / total
}
