import type { OptionAnswer } from '#sdk/client'
import type { Act } from '#studio/lib/desk.ts'
import { counted, share } from '#studio/lib/numbers.ts'
import type { MonitorSettings } from './monitoring-card.ts'
import { settingsOf } from './monitoring-card.ts'

/** What accepting would do: the chosen way, with what was set otherwise. */
export function monitoringAct(options: readonly OptionAnswer[], taken: number | null, wish: MonitorSettings | null): Act {
  const option = options.find(({ index }) => index === taken)
  if (option === undefined) return { answer: {}, button: 'Choose one', title: 'Nothing is chosen yet.', differs: false, blocked: 'Choose one of the ways first.' }
  const offered = settingsOf(option)
  if (offered === null || wish === null) return { answer: { choice_index: option.index }, button: 'Watch nothing', title: 'No monitor is made.', consequence: 'One can be made later of the model.', differs: !option.recommended }
  const change = changeOf(offered, wish)
  const changed = Object.keys(change).length > 0
  const due = wish.schedule === 'manual' ? 'Batches are checked when they are sent.' : `A batch is expected ${wish.schedule}.`
  return {
    answer: { choice_index: option.index, ...(changed ? { monitoring_config: change } : {}) },
    button: `Watch ${counted(wish.columns.length, 'column')}${wish.prediction ? ' and the prediction' : ''}`,
    title: `${counted(wish.columns.length, 'column')}${wish.prediction ? ' and the prediction' : ''}, false alarms at most ${share(wish.false_alarm_rate)}.`,
    consequence: `${due}${changed ? ' The false alarms of these settings are measured anew.' : ''}`,
    differs: !option.recommended || changed,
    blocked: wish.columns.length === 0 && !wish.prediction ? 'Watch at least one column, or the prediction.' : null,
  }
}

function changeOf(offered: MonitorSettings, wish: MonitorSettings) {
  const alerts = {
    ...(wish.alert_share === offered.alert_share ? {} : { drifted_share: wish.alert_share }),
    ...(wish.alert.false_alert_rate === offered.alert.false_alert_rate ? {} : { false_alert_rate: wish.alert.false_alert_rate }),
    ...(wish.alert.in_checks === offered.alert.in_checks ? {} : { in_checks: wish.alert.in_checks }),
  }
  return {
    ...(same(wish.columns, offered.columns) ? {} : { columns: [...wish.columns] }),
    ...(wish.prediction === offered.prediction ? {} : { prediction: wish.prediction }),
    ...(wish.false_alarm_rate === offered.false_alarm_rate ? {} : { false_alarm_rate: wish.false_alarm_rate }),
    ...(wish.schedule === offered.schedule ? {} : { schedule: wish.schedule }),
    ...(Object.keys(alerts).length === 0 ? {} : { alerts }),
  }
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name))
}
