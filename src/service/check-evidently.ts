import { isStarted } from '#core/run'
import type { Monitor } from '#core/monitor'
import type { Table } from '#ml/table'
import type { MonitorDocument } from '#phases/7-monitor/monitor-document'
import { labelledOf } from '#phases/7-monitor/propose'
import { loadReference } from '#phases/7-monitor/reference-rows'
import { runTask } from '#phases/7-monitor/run-task'
import type { EvidentlyAnswer } from '#wire/monitor-check'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'

/** Judges a batch as Evidently's drift preset does. Its tests need the training rows themselves, so these are read anew. */
export async function evidentlyOf(input: ServiceInput, monitor: Monitor, { document, batch }: { document: MonitorDocument; batch: Table }): Promise<EvidentlyAnswer> {
  const { data, blobs, compute } = input
  const signal = new AbortController().signal
  const loaded = await input.runs.load(monitor.run_id)
  if (loaded === undefined || !isStarted(loaded.run)) throw new Error('a monitor without its run')
  const { run } = loaded
  const labelled = labelledOf({ label_selection: await outcomeOf(input, run, 'label_selection'), feature_engineering: await outcomeOf(input, run, 'feature_engineering') })
  const { table } = await loadReference(labelled, document.model, { data, blobs, signal })
  const { columns, evidently } = document.settings
  const reference = { rows: table.rows, columns: table.columns.filter(({ name }) => columns.includes(name)) }
  const settings = { numMethod: evidently.num_method, catMethod: evidently.cat_method, numThreshold: evidently.num_threshold, catThreshold: evidently.cat_threshold, driftShare: evidently.drift_share }
  const found = await runTask({ compute, signal }, 'checkEvidently', { reference, batch, settings })
  return {
    columns: found.columns.map((column) => ({ ...column })),
    drifted_columns: found.driftedColumns,
    drifted_share: found.driftedShare,
    drift_share: evidently.drift_share,
    dataset_drift: found.drifted,
  }
}
