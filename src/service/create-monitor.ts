import { accept, refuse, type Result } from '#core/errors'
import { isStarted } from '#core/run'
import type { ModelVersionRow } from '#core/store-ports'
import { storeMonitor } from '#phases/7-monitor/build-monitor'
import { measureWays, profileReference } from '#phases/7-monitor/measure-monitor'
import { evidentlySettingsSchema, type MonitorSettings } from '#phases/7-monitor/monitor-document'
import { labelledOf } from '#phases/7-monitor/propose'
import { checkEvidentlySettings, readColumns } from '#phases/7-monitor/read-answer'
import { usualSettings } from '#phases/7-monitor/ways-to-watch'
import type { DriftProfile } from '#ml/drift-profile'
import type { CreateMonitorAnswer, CreateMonitorBody } from '#wire/monitor'
import { trainedVersion } from './deployed-model.ts'
import { askedBy } from './monitor-context.ts'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** Makes a monitor of the newest version of a model, from the rows that it was trained on. */
export async function createMonitor(input: ServiceInput, caller: Caller, body: CreateMonitorBody): Promise<Result<CreateMonitorAnswer>> {
  const { team_id } = caller
  const { model_id, name } = body
  const version = (await input.models.versions({ team_id, model_id })).at(-1)
  if (version === undefined) return refuse('NOT_FOUND', 'There is no such model.', { suggestion: 'GET /v1/models/teams/{team_id} lists the models of your team.' })
  const known = (await input.monitors.list({ team_id, model_id })).find((monitor) => monitor.name === name)
  if (known !== undefined) return accept({ monitor_id: known.monitor_id })
  return input.guard.whileWriting(async () => {
    const content = await buildContent(input, version, body)
    if (!content.ok) return content
    const { version_id, run } = version
    const monitor = { monitor_id: input.identity.newId(), team_id, model_id, version_id, run_id: run.run_id, content: content.value, name, description: body.description ?? '', data_source_type: body.data_source_type ?? 'csv' }
    const made = await input.monitors.create(monitor, askedBy(input, caller))
    return accept({ monitor_id: made.monitor_id })
  })
}

async function buildContent(input: ServiceInput, version: ModelVersionRow, body: CreateMonitorBody): Promise<Result<string>> {
  const { run } = version
  if (!isStarted(run)) throw new Error('a run that was not started has published a model')
  const { model } = await trainedVersion(input, version)
  const labelled = labelledOf({ label_selection: await outcomeOf(input, run, 'label_selection'), feature_engineering: await outcomeOf(input, run, 'feature_engineering') })
  const { data, blobs, compute } = input
  const tools = { data, blobs, compute, signal: new AbortController().signal, seed: run.settings.seed }
  const reference = await profileReference(labelled, model, tools)
  const settings = settingsOf(reference.profile, body)
  if (!settings.ok) return settings
  const [measured] = await measureWays(reference, [settings.value], tools)
  const profile = await blobs.put(reference.profile)
  return accept(await storeMonitor(blobs, { model, profile, settings: settings.value, measured: measured ?? [], seed: tools.seed }))
}

function settingsOf(profile: DriftProfile, body: CreateMonitorBody): Result<MonitorSettings> {
  const usual = usualSettings(profile)
  const columns = body.columns == null ? accept(usual.columns) : readColumns(body.columns, usual.columns)
  if (!columns.ok) return columns
  const prediction = body.prediction ?? usual.prediction
  if (columns.value.length === 0 && !prediction) return refuse('CUSTOM_REFUSED', 'Neither a column nor the prediction would be watched.', { suggestion: 'Name at least one column, or set prediction to true.' })
  const evidently = evidentlySettingsSchema.safeParse(withoutNulls(body.evidently ?? {}))
  if (!evidently.success) return refuse('CUSTOM_REFUSED', `evidently: ${evidently.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`)
  const settings: MonitorSettings = {
    columns: columns.value,
    prediction,
    false_alarm_rate: body.false_alarm_rate ?? usual.false_alarm_rate,
    schedule: body.schedule_type ?? usual.schedule,
    alert_share: body.threshold ?? usual.alert_share,
    method: body.method ?? usual.method,
    evidently: evidently.data,
    alert: { false_alert_rate: body.alerts?.false_alert_rate ?? usual.alert.false_alert_rate, in_checks: body.alerts?.in_checks ?? usual.alert.in_checks },
  }
  const fits = checkEvidentlySettings(settings)
  return fits.ok ? accept(settings) : fits
}

/** A client sends null for what it leaves to the server. */
function withoutNulls(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined))
}
