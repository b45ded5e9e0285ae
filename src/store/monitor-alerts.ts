import type { Selectable } from 'kysely'
import { alertRuleNames, type Monitor, type MonitorAlert, type MonitorCheck, type MonitorStore, type RaisedAlert } from '#core/monitor'
import type { Database, Trx } from './database.ts'
import { patient } from './database.ts'
import { appendToMonitor, withinMonitor } from './monitor-log.ts'
import type { Tables } from './tables.ts'
import { writeMessage } from './webhook-outbox.ts'

/** The log of alerts over Postgres. */
export function monitorAlerts(database: Database): Pick<MonitorStore, 'alerts' | 'alert' | 'answerAlert'> {
  const { db } = database
  const within = withinMonitor(database)
  const reading = patient({
    async alerts(monitorId: string, limit: number) {
      const rows = await db.selectFrom('monitor_alert').selectAll().where('monitor_id', '=', monitorId).orderBy('position', 'desc').limit(limit).execute()
      return rows.map(readAlert)
    },
    async alert(alertId: string) {
      const row = await db.selectFrom('monitor_alert').selectAll().where('alert_id', '=', alertId).executeTakeFirst()
      return row === undefined ? undefined : readAlert(row)
    },
  })
  return {
    ...reading,
    answerAlert: ({ monitor_id, alert_id }, { owner, note, acknowledge }, { actor, now: at }) =>
      within(monitor_id, async (trx) => {
        const said = { ...(owner === undefined ? {} : { owner }), ...(note === undefined ? {} : { note }) }
        const seen = acknowledge ? { acknowledged_by: actor.name, acknowledged_at: new Date(at) } : {}
        if (Object.keys({ ...said, ...seen }).length > 0) await trx.updateTable('monitor_alert').set({ ...said, ...seen }).where('alert_id', '=', alert_id).execute()
        await appendToMonitor(trx, monitor_id, { type: 'monitor-alert-answered', actor, at, payload: { alert_id, acknowledged: acknowledge } })
      }),
  }
}

function readAlert({ position: _position, rule, raised_at, acknowledged_at, ...alert }: Selectable<Tables['monitor_alert']>): MonitorAlert {
  const known = alertRuleNames.find((name) => name === rule)
  if (known === undefined) throw new Error(`an alert of an unknown rule "${rule}"`)
  return { ...alert, rule: known, raised_at: raised_at.toISOString(), acknowledged_at: acknowledged_at?.toISOString() ?? null }
}

interface Raising {
  readonly check: MonitorCheck
  readonly alerts: readonly RaisedAlert[]
  readonly at: string
}

/** Writes alerts into the log and tells webhooks, in the check's own transaction. Messages hold ids and counts only. */
export async function raiseAlerts(trx: Trx, { monitor_id, model_id, version_id, team_id }: Monitor, { check, alerts, at }: Raising): Promise<void> {
  const { check_id, rows, verdict, drifted } = check
  for (const { alert_id, rule, text } of alerts) {
    await trx.insertInto('monitor_alert').values({ alert_id, monitor_id, check_id, rule, text, raised_at: new Date(at), acknowledged_at: null }).execute()
    await writeMessage(trx, team_id, { type: 'monitor.alert', at, data: { monitor_id, model_id, version_id, check_id, alert_id, rule, rows, verdict, drifted } })
  }
}
