import type { AlertRule, MonitorCheck } from '#core/monitor'
import type { MonitorSettings } from '#phases/7-monitor/monitor-document'
import type { CheckMonitorAnswer } from '#wire/monitor-check'
import { worstMetric } from './measure-batch.ts'

type Found = Omit<CheckMonitorAnswer, 'alerts'>
type Alert = CheckMonitorAnswer['alerts'][number]

interface Around {
  readonly settings: MonitorSettings
  /** Newest first. */
  readonly checks: readonly MonitorCheck[]
  readonly rules: readonly AlertRule[]
}

/** What a check alerts: the monitor's own level, worse performance, and every rule that does not rest. */
export function alertsOf(found: Found, { settings, checks, rules }: Around): Alert[] {
  const said = [driftAlert(found, { rule: 'monitor', value: settings.alert_share }), performanceAlert(found, settings)]
  for (const { rule_type, value, notify_in_app } of rules) {
    if (!notify_in_app) continue
    if (rule_type === 'threshold') said.push(driftAlert(found, { rule: rule_type, value }))
    else said.push(rule_type === 'trend' ? trendAlert(found, { value, checks }) : volumeAlert(found, value))
  }
  return said.filter((alert) => alert !== null)
}

/** A verdict of one batch is wrong too often to call somebody; what calls is far less likely by chance. */
function driftAlert(found: Found, { rule, value }: { rule: 'monitor' | 'threshold'; value: number }): Alert | null {
  const { evidently, columns, prediction, alert } = found
  if (evidently !== null) {
    if (!evidently.dataset_drift || evidently.drifted_share < value) return null
    return { rule, text: `Evidently's preset finds drift in ${evidently.drifted_columns} of ${evidently.columns.length} columns.` }
  }
  const watched = [...columns, ...(prediction === null ? [] : [prediction])]
  const drifted = watched.filter(({ verdict }) => verdict === 'drift').length
  if (alert === null || !alert.raised || drifted < value * watched.length) return null
  const far = alert.windows.find((window) => window.prediction || window.columns.length > 0)
  const named = columns.filter(({ column }) => alert.windows.some((window) => window.columns.includes(column)))
  const told = named.slice(0, 3).map(({ column, effect_on_score }) => `"${column}" (it moves the mean score by ${Number(effect_on_score.toPrecision(3)).toString().replace('-', '−')})`)
  const rest = named.length > 3 ? ` and ${named.length - 3} more` : ''
  const what = told.length === 0 ? 'the prediction' : `${told.join(', ')}${rest}`
  const when = far === undefined || far.checks === 1 ? 'in this batch' : `in the last ${far.checks} batches together`
  return { rule, text: `Drift of ${what} ${when}; the chance of this where nothing drifted is ${chanceText(far?.probability ?? 0)}.` }
}

/** A chance as it is read: 0.0031, or below so many millionths. */
function chanceText(chance: number): string {
  return chance < 1e-6 ? 'below one in a million' : Number(chance.toPrecision(2)).toString()
}

/** The level is that of the alerts of drift, as one more window. */
function performanceAlert({ performance, alert }: Found, { alert: set }: MonitorSettings): Alert | null {
  const worst = performance === null ? null : worstMetric(performance)
  const level = alert?.level ?? set.false_alert_rate / set.in_checks
  if (performance === null || worst === null || worst.probability > level) return null
  const found = performance.metrics[worst.name]
  const shown = (value: number | undefined) => (value === undefined ? '–' : String(Number(value.toPrecision(3))))
  return { rule: 'performance', text: `On ${performance.rows} labelled rows ${worst.name} is ${shown(found?.value)} (95 % interval ${shown(found?.low)} to ${shown(found?.high)}); on the test rows it was ${shown(found?.reference?.value)}.` }
}

function trendAlert({ verdict }: Found, { value, checks }: { value: number; checks: readonly MonitorCheck[] }): Alert | null {
  const needed = Math.max(1, Math.ceil(value))
  const ended = checks.findIndex((one) => one.verdict !== 'drift')
  const inARow = verdict === 'drift' ? 1 + (ended < 0 ? checks.length : ended) : 0
  return inARow >= needed ? { rule: 'trend', text: `Drift in at least ${needed} ${needed === 1 ? 'check' : 'checks in a row'}.` } : null
}

function volumeAlert({ rows }: Found, value: number): Alert | null {
  return rows < value ? { rule: 'volume', text: `${rows} ${rows === 1 ? 'row' : 'rows'} came; fewer than ${value} alert.` } : null
}
