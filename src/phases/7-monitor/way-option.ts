import type { Evidence, Option } from '#core/decision'
import { countText } from '#core/number-text'
import type { Split } from '#core/outcomes'
import type { DriftProfile } from '#ml/drift-profile'
import type { Power } from '#ml/drift-power'
import type { MeasuredAlarms, MonitorSettings } from './monitor-document.ts'
import { shareInterval, shareText } from './share-text.ts'
import { importanceOf, type OfferedWay } from './ways-to-watch.ts'

/** How small a change of its most important column a way sees, by size of batch. */
export interface MeasuredPower extends Power {
  readonly column: string
  readonly rows: number
}

export interface MeasuredWay extends OfferedWay {
  readonly alarms: readonly MeasuredAlarms[]
  readonly power: readonly MeasuredPower[]
}

interface Around {
  readonly index: number
  readonly profile: DriftProfile
  readonly split: Split
}

/** A way to watch as an option, with what was measured of it. */
export function wayOption({ id, title, settings, alarms, power }: MeasuredWay, { index, profile, split }: Around): Option {
  const common = { index, id, title, recommended: index === 0, score: null, effect: { settings } }
  if (settings === null) {
    const summary = 'Nothing is watched. A monitor can be made later with PUT /v1/monitors/create.'
    return { ...common, summary, evidence: [], risks: ['Nobody is told when the data no longer is what the model was trained on.'] }
  }
  return {
    ...common,
    summary: summaryOf(settings, profile),
    evidence: [...alarms.map((count) => alarmEvidence(count, settings)), ...power.map(powerEvidence), ...importanceEvidence(settings, profile)],
    risks: risksOf({ settings, alarms, profile, split }),
  }
}

function summaryOf({ columns, prediction, false_alarm_rate, schedule, alert }: MonitorSettings, profile: DriftProfile): string {
  const watched = `${countText(columns.length, 'input')}${prediction ? ' and the prediction' : ''}`
  const due = schedule === 'manual' ? 'Batches are checked when they are sent.' : `A batch is expected ${schedule}.`
  return `Compares each batch with ${countText(profile.rows, 'training row')}: ${watched}, with false alarms in ${shareText(false_alarm_rate)} of the batches at most. ${due} An alert is rarer than a verdict: with a chance of ${shareText(alert.false_alert_rate)} any false one in ${countText(alert.in_checks, 'check')}.`
}

function alarmEvidence(count: MeasuredAlarms, { false_alarm_rate }: MonitorSettings): Evidence {
  const { rows, batches, alarms, judged, watched } = count
  const [low, high] = shareInterval(alarms, batches)
  const told = judged < watched ? ` Batches of this size tell too little of ${watched - judged} of the ${watched} that are watched.` : ''
  const text = `${alarms} of ${countText(batches, 'batch', 'batches')} of ${countText(rows, 'row')}, drawn from the training rows, would have raised an alarm: ${shareText(alarms / batches)} (95 % interval ${shareText(low)} to ${shareText(high)}), set to ${shareText(false_alarm_rate)}.${told}`
  return { label: `False alarms, ${rows.toLocaleString('en-US')} rows`, text, value: alarms / batches, interval: [low, high], data: { ...count } }
}

function powerEvidence({ column, rows, kind, change, tried }: MeasuredPower): Evidence {
  const of = `In batches of ${countText(rows, 'row')}`
  const largest = tried.at(-1) ?? 0
  const shown = change ?? largest
  const share = `in ${shareText(shown)} of the rows`
  const what = { shift: `a shift of "${column}" by ${shown} standard deviations`, missing: `"${column}" missing ${share}`, new_level: `a new level of "${column}" ${share}` }[kind]
  const smaller = tried[0] === change ? 'it is the smallest change that was tried' : 'smaller changes that were tried do not'
  const text = change === null ? `${of}, even ${what} raises an alarm in fewer than 80 % of them.` : `${of}, ${what} raises an alarm in at least 80 % of them; ${smaller}.`
  return { label: `Smallest change seen, ${rows.toLocaleString('en-US')} rows`, text, value: change, interval: null, data: { column, kind, rows, tried: [...tried] } }
}

function importanceEvidence({ columns }: MonitorSettings, profile: DriftProfile): Evidence[] {
  const share = importanceOf(profile, columns)
  if (share === null) return []
  const text = `${columns.length} of ${countText(profile.columns.length, 'input')} are watched; they carry ${shareText(share)} of the importance.`
  return [{ label: 'Importance', text, value: share, interval: null, data: [...columns] }]
}

interface Risky {
  readonly settings: MonitorSettings
  readonly alarms: readonly MeasuredAlarms[]
  readonly profile: DriftProfile
  readonly split: Split
}

function risksOf({ settings, alarms, profile, split }: Risky): string[] {
  const risks: string[] = []
  if (alarms.length === 0) risks.push(`The ${countText(profile.rows, 'training row')} are too few to draw batches from, so the rate of false alarms was not measured.`)
  if (split.kind === 'group' && split.column !== null) risks.push('Rows of one group resemble each other, so a batch of few groups alarms more often than was measured.')
  if (split.kind === 'time') risks.push('The training rows were taken over time, and batches were drawn from all of it: one of a single season alarms more often than was measured.')
  const left = profile.columns.length - settings.columns.length
  if (left > 0) risks.push(`Changes of ${countText(left, 'input')} are seen only as far as they move the prediction.`)
  return risks
}
