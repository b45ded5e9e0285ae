import type { AlertRule, DriftVerdict } from '#core/monitor'
import type { CheckMonitorAnswer } from '#wire/monitor-check'

type Alert = CheckMonitorAnswer['alerts'][number]

export interface AlertFacts {
  readonly rows: number
  readonly verdict: DriftVerdict
  readonly drifted: number
  readonly watched: number
  /** Verdicts of the checks before this one, newest first. */
  readonly before: readonly DriftVerdict[]
}

/** What a check alerts: the monitor's own share of drift, and every rule that does not rest. */
export function alertsOf(facts: AlertFacts, own: number, rules: readonly AlertRule[]): Alert[] {
  const said = [alertOf(facts, { rule: 'monitor', value: own })]
  for (const { rule_type, value, notify_in_app } of rules) if (notify_in_app) said.push(alertOf(facts, { rule: rule_type, value }))
  return said.filter((alert) => alert !== null)
}

function alertOf({ rows, verdict, drifted, watched, before }: AlertFacts, { rule, value }: { rule: Alert['rule']; value: number }): Alert | null {
  switch (rule) {
    case 'monitor':
    case 'threshold': {
      const least = value === 0 ? 'anything' : `at least ${Number((100 * value).toPrecision(4))} % of it`
      return drifted > 0 && drifted >= value * watched ? { rule, text: `Drift in ${drifted} of the ${watched} that are watched; the alert is set to ${least}.` } : null
    }
    case 'trend': {
      const needed = Math.max(1, Math.ceil(value))
      const ended = before.findIndex((one) => one !== 'drift')
      const inARow = verdict === 'drift' ? 1 + (ended < 0 ? before.length : ended) : 0
      return inARow >= needed ? { rule, text: `Drift in at least ${needed} ${needed === 1 ? 'check' : 'checks in a row'}.` } : null
    }
    case 'volume':
      return rows < value ? { rule, text: `${rows} ${rows === 1 ? 'row' : 'rows'} came; fewer than ${value} alert.` } : null
  }
}
