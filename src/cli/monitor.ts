import { openAsBlob, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { CheckMonitorAnswer } from '#wire/monitor-check'
import { CommandFailure } from './failure.ts'
import { print, type PrintFlags } from './print.ts'
import { textTable } from './text-table.ts'
import { withClient, type ClientFlags } from './with-client.ts'

type MonitorFlags = ClientFlags & PrintFlags

/** Checks the rows of a file and prints the verdicts, what moves the score most first. */
export async function checkFile(file: string, flags: MonitorFlags & { readonly monitor: string; readonly method?: 'calibrated' | 'evidently' }): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw new CommandFailure(`There is no file ${file}.`)
  const blob = await openAsBlob(file)
  const answer = await withClient(flags, (client) => client.monitors.checkFile(flags.monitor, blob, { fileName: basename(file), ...(flags.method === undefined ? {} : { method: flags.method }) }))
  print(flags, answer, checkText(answer))
}

export async function listMonitors(flags: MonitorFlags): Promise<void> {
  const monitors = await withClient(flags, async (client) => client.monitors.listOfTeam((await client.connect()).team_id))
  const rows = monitors.map(({ monitor_id, name, columns, overdue, last_check }) => [monitor_id, name, `${columns.length} inputs`, last_check === null ? 'not checked yet' : `${last_check.verdict} ${last_check.created}`, overdue ? 'overdue' : ''])
  print(flags, monitors, rows.length === 0 ? 'There is no monitor yet.\n' : textTable(['monitor', 'name', 'watches', 'last check', ''], rows))
}

export async function listChecks(monitorId: string, flags: MonitorFlags & { readonly limit?: number | undefined }): Promise<void> {
  const checks = await withClient(flags, (client) => client.monitors.checks(monitorId, flags.limit === undefined ? {} : { limit: flags.limit }))
  const rows = checks.map(({ created, rows: count, verdict, drifted }) => [created, count, verdict, drifted])
  print(flags, checks, rows.length === 0 ? 'Nothing was checked yet.\n' : textTable(['checked', 'rows', 'verdict', 'drifted'], rows))
}

/** The pairs that move the score most; `--json` has all. */
const mostPairs = 5

function checkText({ rows, verdict, columns, pairs, prediction, alerts, reference_rows, estimate, performance, evidently }: CheckMonitorAnswer): string {
  const lines = columns.map(({ column, verdict: said, p_value, moved_share, effect_on_score, new_categories }) => [column, said, shown(p_value), `${Number((100 * moved_share).toPrecision(2))} %`, shown(effect_on_score), new_categories.slice(0, 3).join(', ')])
  const header = ['input', 'verdict', 'p', 'moved', 'effect on score', 'new values']
  const last = prediction === null ? [] : [['(prediction)', prediction.verdict, shown(prediction.p_value), `${Number((100 * prediction.moved_share).toPrecision(2))} %`, shown(prediction.effect_on_score), '']]
  const together = pairs.slice(0, mostPairs).map(({ name, effect_on_score }) => [name, '', '', '', shown(effect_on_score), ''])
  const said = alerts.map(({ text }) => `Alert: ${text}\n`).join('')
  const theirs = evidently === null ? '' : `\nEvidently: ${evidently.drifted_columns} of ${evidently.columns.length} columns drift\n${textTable(['column', 'test', 'score', 'threshold', ''], evidently.columns.map(({ column, method, score, threshold, drifted }) => [column, method ?? '–', shown(score), shown(threshold), drifted === true ? 'drift' : '']))}`
  const measured = performance === null ? metricsText('Expected', estimate?.metrics ?? {}) : metricsText(`On ${performance.rows} labelled rows`, performance.metrics)
  return `${verdict}: ${rows} rows beside ${reference_rows} training rows\n\n${textTable(header, [...lines, ...together, ...last])}${theirs}${measured}${said === '' ? '' : `\n${said}`}`
}

type Measured = Readonly<Record<string, { readonly value: number; readonly low: number; readonly high: number; readonly reference: { readonly value: number } | null }>>

function metricsText(title: string, metrics: Measured): string {
  const rows = Object.entries(metrics).map(([name, { value, low, high, reference }]) => [name, shown(value), `${shown(low)} to ${shown(high)}`, shown(reference?.value ?? null)])
  return rows.length === 0 ? '' : `\n${title}\n${textTable(['metric', 'value', '95 % interval', 'test rows'], rows)}`
}

function shown(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(3)))
}
