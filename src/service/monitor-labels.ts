import { accept, refuse, type Result } from '#core/errors'
import type { CapturedRow } from '#core/capture'
import type { Monitor } from '#core/monitor'
import { mostRows } from '#wire/prediction'
import type { LabelledPerformanceAnswer, SendLabelsBody } from '#wire/monitor-follow'
import { checkKeyed } from './captures.ts'
import { trainedVersion } from './deployed-model.ts'
import { ownDeployment } from './change-deployment.ts'
import { performanceOf } from './measure-batch.ts'
import { documentOf, ownMonitor, scorerOf } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'
import { readBatch } from './read-batch.ts'
import type { Caller } from './signalbox.ts'

/** Joins labels to the rows that a deployment has kept, and says how the model does on all that have one. */
export async function sendLabels(input: ServiceInput, caller: Caller, { monitorId, body }: { monitorId: string; body: SendLabelsBody }): Promise<Result<LabelledPerformanceAnswer>> {
  const { deployment_id, labels } = body
  const own = await ownPair(input, caller, { monitorId, deployment_id })
  if (!own.ok) return own
  const keyed = checkKeyed(await input.captures.settings(deployment_id))
  if (!keyed.ok) return keyed
  const { rows, unknown } = await input.captures.label(deployment_id, labels.map(({ key, label }) => ({ key: String(key), label })))
  return performanceAnswer(input, own.value, { deployment_id, labelled: rows, unknown_keys: unknown.slice(0, mostNamed) })
}

/** The same without new labels. */
export async function readPerformance(input: ServiceInput, caller: Caller, { monitorId, deployment_id }: { monitorId: string; deployment_id: string }): Promise<Result<LabelledPerformanceAnswer>> {
  const own = await ownPair(input, caller, { monitorId, deployment_id })
  return own.ok ? performanceAnswer(input, own.value, { deployment_id, labelled: 0, unknown_keys: [] }) : own
}

const mostNamed = 100

async function ownPair(input: ServiceInput, caller: Caller, { monitorId, deployment_id }: { monitorId: string; deployment_id: string }): Promise<Result<Monitor>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  return checkDeployment(input, caller, { monitor: monitor.value, deployment_id })
}

/** A monitor looks at deployments of its own model. */
export async function checkDeployment(input: ServiceInput, caller: Pick<Caller, 'team_id'>, { monitor, deployment_id }: { monitor: Monitor; deployment_id: string }): Promise<Result<Monitor>> {
  const deployment = await ownDeployment(input, caller, deployment_id)
  if (!deployment.ok) return deployment
  if (deployment.value.model_id === monitor.model_id) return accept(monitor)
  return refuse('DEPLOYMENT_OF_ANOTHER_MODEL', 'The deployment answers with another model than the monitor watches.')
}

async function performanceAnswer(input: ServiceInput, monitor: Monitor, said: Omit<LabelledPerformanceAnswer, 'monitor_id' | 'performance'>): Promise<Result<LabelledPerformanceAnswer>> {
  const { monitor_id, version_id } = monitor
  const rows = await input.captures.rows({ deployment_id: said.deployment_id, version_id, after: 0, limit: mostRows, labelled: true })
  const version = await input.models.version(version_id)
  if (rows.length === 0 || version === undefined) return accept({ monitor_id, ...said, performance: null })
  const document = await documentOf(input, monitor)
  const scorer = await scorerOf(input, document)
  const read = await readBatch(input, monitor, { scorer, sent: { rows: labelledRows(rows, scorer.document.label) } })
  if (!read.ok) return read
  const { batch, labels } = read.value
  const performance = await performanceOf(input, { scorer, trained: await trainedVersion(input, version), table: batch.table, labels, seed: document.seed })
  return accept({ monitor_id, ...said, performance })
}

/** Kept rows with the label among their cells, where one has come. */
export function labelledRows(rows: readonly CapturedRow[], label: string): Record<string, unknown>[] {
  return rows.map((row) => (row.label === null ? { ...row.cells } : { ...row.cells, [label]: row.label }))
}
