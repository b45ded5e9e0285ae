import { accept, refuse, type Result } from '#core/errors'
import type { Monitor } from '#core/monitor'
import type { DriftCheck } from '#ml/check-drift'
import { isRefusal } from '#ml/refusal'
import { type Batch, batchReader } from '#scoring/batch-reader'
import type { Scorer } from '#scoring/scorer'
import type { MonitorDocument } from '#phases/7-monitor/monitor-document'
import { runTask } from '#phases/7-monitor/run-task'
import type { CheckMonitorAnswer } from '#wire/monitor-check'
import { columnAnswer, pairAnswer, predictionAnswer } from './check-answer.ts'
import { readCsvRows } from './csv-rows.ts'
import { alertsOf } from './monitor-alerts.ts'
import { askedBy, documentOf, ownMonitor, profileOf, scorerOf, unknownMonitor } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'
import type { BatchOfRows, Caller } from './signalbox.ts'

/** Compares a batch with the training rows, alerts, and keeps what was found. */
export async function checkMonitor(input: ServiceInput, caller: Caller, { monitorId, sent }: { monitorId: string; sent: BatchOfRows }): Promise<Result<CheckMonitorAnswer>> {
  const monitor = await ownMonitor(input, caller, monitorId)
  if (!monitor.ok) return monitor
  const document = await documentOf(input, monitor.value)
  const scorer = await scorerOf(input, document)
  const batch = await readBatch(input, scorer, sent)
  if (!batch.ok) return batch
  const compared = await compare(input, { document, scorer, batch: batch.value })
  return input.guard.whileWriting(async () => {
    const answer = await answerOf(input, { monitor: monitor.value, document, scorer, batch: batch.value, compared })
    const { check_id, rows, verdict, created } = answer
    const check = { check_id, monitor_id: monitorId, rows, verdict, drifted: driftedOf(compared), alerts: answer.alerts.length, result: await input.blobs.put(answer), created_at: created }
    return (await input.monitors.addCheck(check, askedBy(input, caller))) ? accept(answer) : unknownMonitor
  })
}

const rowsAPart = 1_000

async function readBatch({ pause }: ServiceInput, { document }: Scorer, sent: BatchOfRows): Promise<Result<Batch>> {
  const read = 'csv' in sent ? await readCsvRows(sent.csv, { known: document.pipeline.reads, pause }) : accept(sent.rows)
  // A header without rows is a batch of none.
  if (!read.ok && read.refusal.code !== 'FILE_HEADER_ONLY') return read
  const reader = batchReader(document)
  if (!reader.ok) return refuse('INTERNAL', `The pipeline of the model cannot be opened: ${reader.refusal.message}`)
  for (const [i, row] of (read.ok ? read.value : []).entries()) {
    reader.value.add(row)
    if (i % rowsAPart === rowsAPart - 1) await pause()
  }
  return accept(reader.value.batch())
}

interface Comparing {
  readonly document: MonitorDocument
  readonly scorer: Scorer
  readonly batch: Batch
}

async function compare(input: ServiceInput, { document, scorer, batch }: Comparing): Promise<DriftCheck> {
  const { columns, prediction, false_alarm_rate: rate } = document.settings
  const { compute } = input
  const profile = await profileOf(input, document)
  const request = { model: scorer.document.model, profile, table: batch.table, settings: { columns, prediction, rate, seed: document.seed } }
  const checked = await runTask({ compute, signal: new AbortController().signal }, 'checkDrift', request)
  if (isRefusal(checked)) throw new Error(`the model cannot read the batch: ${checked.message}`)
  return checked
}

function driftedOf({ columns, prediction }: DriftCheck): number {
  return [...columns, ...(prediction === null ? [] : [prediction])].filter(({ verdict }) => verdict === 'drift').length
}

interface Answering extends Comparing {
  readonly monitor: Monitor
  readonly compared: DriftCheck
}

async function answerOf(input: ServiceInput, { monitor, document, scorer, batch, compared }: Answering): Promise<CheckMonitorAnswer> {
  const { monitor_id } = monitor
  const [rules, before] = await Promise.all([input.monitors.rules(monitor_id), input.monitors.checks(monitor_id, mostChecks)])
  const classes = scorer.document.classes ?? []
  const { settings } = document
  const facts = {
    rows: compared.rows,
    verdict: compared.verdict,
    drifted: driftedOf(compared),
    watched: settings.columns.length + (settings.prediction ? 1 : 0),
    before: before.map(({ verdict }) => verdict),
  }
  return {
    monitor_id,
    check_id: input.identity.newId(),
    created: input.now().toISOString(),
    rows: compared.rows,
    reference_rows: (await profileOf(input, document)).rows,
    verdict: compared.verdict,
    false_alarm_rate: settings.false_alarm_rate,
    columns: compared.columns.map((drift) => columnAnswer(drift, { classes, batch })),
    pairs: compared.pairs.map((drift) => pairAnswer(drift, classes)),
    prediction: compared.prediction === null ? null : predictionAnswer(compared.prediction, classes),
    alerts: alertsOf(facts, settings.alert_share, rules),
  }
}

/** How far back a trend is looked for. */
const mostChecks = 1_000
