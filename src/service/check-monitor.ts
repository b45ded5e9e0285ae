import type { Asked } from '#core/command'
import { accept, type Result } from '#core/errors'
import type { DriftVerdict, Monitor, MonitorCheck } from '#core/monitor'
import type { DriftCheck } from '#ml/check-drift'
import { isRefusal } from '#ml/refusal'
import type { MonitorDocument } from '#phases/7-monitor/monitor-document'
import { runTask } from '#phases/7-monitor/run-task'
import type { Scorer } from '#scoring/scorer'
import { checkMonitorAnswerSchema, type CheckMonitorAnswer } from '#wire/monitor-check'
import { alertAnswer, columnAnswer, pairAnswer, predictionAnswer } from './check-answer.ts'
import { evidentlyOf } from './check-evidently.ts'
import { trainedVersion } from './deployed-model.ts'
import { earlierBatch } from './earlier-batches.ts'
import { estimateOf, performanceOf } from './measure-batch.ts'
import { alertsOf } from './monitor-alerts.ts'
import { askedBy, documentOf, ownMonitor, profileOf, scorerOf, unknownMonitor } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'
import { type LabelledBatch, readBatch } from './read-batch.ts'
import type { BatchOfRows, BatchToCheck } from './monitors-facade.ts'
import type { Caller } from './signalbox.ts'

/** Compares a batch with the training rows, alerts, and keeps what was found. */
export async function checkMonitor(input: ServiceInput, caller: Caller, { monitorId, ...batch }: BatchToCheck & { monitorId: string }): Promise<Result<CheckMonitorAnswer>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  return checkBatch(input, monitor.value, { ...batch, source: sourceOf(batch.sent), asked: askedBy(input, caller) })
}

function sourceOf(sent: BatchOfRows): CheckMonitorAnswer['source'] {
  return 'rows' in sent ? 'rows' : 'dataset_id' in sent ? 'dataset' : 'file'
}

export interface CheckRequest extends BatchToCheck {
  readonly source: CheckMonitorAnswer['source']
  readonly asked: Asked
}

/** The check itself, whoever asks for it. */
export async function checkBatch(input: ServiceInput, monitor: Monitor, { sent, method, source, asked }: CheckRequest): Promise<Result<CheckMonitorAnswer>> {
  const document = await documentOf(input, monitor)
  const scorer = await scorerOf(input, document)
  const read = await readBatch(input, monitor, { scorer, sent })
  if (!read.ok) return read
  const checks = await input.monitors.checks(monitor.monitor_id, mostChecks)
  const compared = await compare(input, { document, scorer, read: read.value, checks })
  const checking = { monitor, document, scorer, read: read.value, checks, compared, method: method ?? document.settings.method, source }
  const found = await answerOf(input, checking)
  return input.guard.whileWriting(async () => {
    const { check_id, rows, verdict, created, alerts } = found
    const drifted = found.evidently === null ? driftedOf(compared) : found.evidently.drifted_columns
    const check = { check_id, monitor_id: monitor.monitor_id, rows, verdict, drifted, alerts: alerts.length, result: await input.blobs.put(found), created_at: created }
    const raised = alerts.map((alert) => ({ ...alert, alert_id: input.identity.newId() }))
    return (await input.monitors.addCheck(check, asked, raised)) ? accept(found) : unknownMonitor
  })
}

interface Comparing {
  readonly document: MonitorDocument
  readonly scorer: Scorer
  readonly read: LabelledBatch
  /** Newest first. */
  readonly checks: readonly MonitorCheck[]
}

async function compare(input: ServiceInput, { document, scorer, read, checks }: Comparing): Promise<DriftCheck> {
  const { columns, prediction, false_alarm_rate: rate, alert } = document.settings
  const before = await Promise.all(checks.slice(0, mostTogether).map(async ({ result }) => earlierBatch(checkMonitorAnswerSchema.parse(await input.blobs.get(result)))))
  const settings = { columns, prediction, rate, seed: document.seed, alert: { falseAlertRate: alert.false_alert_rate, inChecks: alert.in_checks } }
  const request = { model: scorer.document.model, profile: await profileOf(input, document), table: read.batch.table, settings, before }
  const checked = await runTask({ compute: input.compute, signal: new AbortController().signal }, 'checkDrift', request)
  if (isRefusal(checked)) throw new Error(`the model cannot read the batch: ${checked.message}`)
  return checked
}

function driftedOf({ columns, prediction }: DriftCheck): number {
  return [...columns, ...(prediction === null ? [] : [prediction])].filter(({ verdict }) => verdict === 'drift').length
}

interface Answering extends Comparing {
  readonly monitor: Monitor
  readonly compared: DriftCheck
  readonly method: CheckMonitorAnswer['method']
  readonly source: CheckMonitorAnswer['source']
}

async function answerOf(input: ServiceInput, checking: Answering): Promise<CheckMonitorAnswer> {
  const { monitor, document, scorer, read, compared, method, source } = checking
  const { monitor_id } = monitor
  const { settings, seed } = document
  const { batch, labels } = read
  const version = await input.models.version(monitor.version_id)
  const trained = version === undefined ? null : await trainedVersion(input, version)
  const measuring = trained === null || batch.table.rows === 0 ? null : { scorer, trained, table: batch.table, labels, seed }
  const evidently = method === 'evidently' ? await evidentlyOf(input, monitor, { document, batch: batch.table }) : null
  const performance = measuring === null ? null : await performanceOf(input, measuring)
  const classes = scorer.document.classes ?? []
  const verdict: DriftVerdict = evidently === null ? compared.verdict : evidently.dataset_drift ? 'drift' : 'ok'
  const base = {
    monitor_id,
    check_id: input.identity.newId(),
    created: input.now().toISOString(),
    rows: compared.rows,
    reference_rows: (await profileOf(input, document)).rows,
    verdict,
    false_alarm_rate: settings.false_alarm_rate,
    columns: compared.columns.map((drift) => columnAnswer(drift, { classes, batch })),
    pairs: compared.pairs.map((drift) => pairAnswer(drift, classes)),
    prediction: compared.prediction === null ? null : predictionAnswer(compared.prediction, classes),
    method,
    source,
    alert: compared.alert === null ? null : alertAnswer(compared.alert),
    performance,
    estimate: measuring === null ? null : await estimateOf(input, measuring),
    evidently,
  }
  return { ...base, alerts: alertsOf(base, { settings, checks: checking.checks, rules: await input.monitors.rules(monitor_id) }) }
}

/** How far back a trend is looked for, and how many earlier batches are put together with this one. */
const mostChecks = 1_000
const mostTogether = 6
