import { tableSchema, type Table } from '#core/dataset'
import { isStarted } from '#core/run'
import type { Monitor, MonitorSchedule } from '#core/monitor'
import { mostRows } from '#wire/prediction'
import { documentOf, monitorAsCaller, scorerOf } from './monitor-context.ts'
import { labelledRows } from './monitor-labels.ts'
import { proposeRetrain } from './monitor-proposals.ts'
import type { ServiceInput } from './ports.ts'

/** Trains a challenger on the training table and the kept rows that have a label, where there are enough and none waits already. */
export async function proposeFromKept(input: ServiceInput, monitor: Monitor, { deployment_id, retrain_from }: MonitorSchedule & { readonly retrain_from: number }): Promise<void> {
  const { monitor_id, version_id, run_id } = monitor
  if ((await input.monitors.proposals(monitor_id)).some(({ choice }) => choice === null)) return
  const kept = await input.captures.rows({ deployment_id, version_id, after: 0, limit: mostRows, labelled: true })
  if (kept.length < retrain_from) return
  const loaded = await input.runs.load(run_id)
  if (loaded === undefined || !isStarted(loaded.run)) return
  const { document } = await scorerOf(input, await documentOf(input, monitor))
  const trainedOn = tableSchema.parse(await input.blobs.get(loaded.run.dataset))
  const dataset_id = await storeTogether(input, monitor, { table: trainedOn, rows: labelledRows(kept, document.label) })
  const [alert] = await input.monitors.alerts(monitor_id, 1)
  const proposed = await proposeRetrain(input, monitorAsCaller(monitor), { monitorId: monitor_id, body: { dataset_id, alert_id: alert?.alert_id } })
  if (!proposed.ok) input.log(`a challenger could not be proposed: ${proposed.refusal.message}`)
}

/** Stores the rows of a table and others after them as a dataset of the monitor's team. */
async function storeTogether(input: ServiceInput, { team_id, name }: Monitor, { table, rows }: { table: Table; rows: readonly Record<string, unknown>[] }): Promise<string> {
  const { signal } = new AbortController()
  let text = ''
  for await (const chunk of input.reader.writeCsv(table, { signal })) text += chunk
  const lines = rows.map((row) => table.columns.map((column) => csvCell(row[column.name])).join(','))
  const ended = text.endsWith('\n') ? text : `${text}\n`
  const bytes = new TextEncoder().encode(`${ended}${lines.join('\n')}\n`)
  return input.guard.whileWriting(async () => {
    const hash = await input.files.putBytes(bytes)
    const read = await input.reader.read({ path: await input.files.localPath(hash), fileName: 'training-and-labelled.csv' }, { signal })
    await input.files.delete(hash)
    const dataset_id = input.identity.newId()
    const shown = `${name}: training rows and ${rows.length} labelled ones`
    await input.datasets.add({ dataset_id, team_id, name: shown, description: '', file_name: 'training-and-labelled.csv', size: bytes.length, table: read.table, report: read.report, created_at: input.now() })
    return dataset_id
  })
}

function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return `"${String(value).replaceAll('"', '""')}"`
}
