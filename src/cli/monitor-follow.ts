import { readFileSync } from 'node:fs'
import type { ProposalAnswer } from '#wire/monitor-follow'
import { CommandFailure } from './failure.ts'
import { print, type PrintFlags } from './print.ts'
import { textTable } from './text-table.ts'
import { withClient, type ClientFlags } from './with-client.ts'

type Flags = ClientFlags & PrintFlags

export interface CreateFlags extends Flags {
  readonly name: string
  readonly method?: 'calibrated' | 'evidently' | undefined
}

export async function createMonitor(modelId: string, { name, method, ...flags }: CreateFlags): Promise<void> {
  const made = await withClient(flags, (client) => client.monitors.create({ model_id: modelId, name, method }))
  print(flags, made, `${made.monitor_id}\n`)
}

export interface CaptureFlags extends Flags {
  readonly share?: number | undefined
  readonly maxRows?: number | undefined
  readonly keyColumn?: string | undefined
  readonly end?: boolean | undefined
  readonly delete?: boolean | undefined
}

/** Sets, ends or deletes what a deployment keeps; without an option it tells how that stands. */
export async function capture(deploymentId: string, { share, maxRows, keyColumn, end, delete: gone, ...flags }: CaptureFlags): Promise<void> {
  const sets = share !== undefined || maxRows !== undefined || keyColumn !== undefined
  const deleted = gone === true ? await withClient(flags, (client) => client.captures.deleteRows(deploymentId)) : null
  const answer = await withClient(flags, ({ captures }) => {
    if (end === true) return captures.end(deploymentId)
    return sets ? captures.set(deploymentId, { share, max_rows: maxRows, key_column: keyColumn }) : captures.get(deploymentId)
  })
  const keeps = answer.active ? `keeps ${100 * (answer.share ?? 0)} % of the rows, ${answer.max_rows} at most${answer.key_column === null ? '' : `, by the key "${answer.key_column}"`}` : 'keeps no rows'
  print(flags, { ...answer, ...(deleted === null ? {} : { deleted: deleted.deleted }) }, `${keeps}; ${answer.rows} are kept, ${answer.labelled} with a label\n${deleted === null ? '' : `${deleted.deleted} rows deleted\n`}`)
}

export interface ScheduleFlags extends Flags {
  readonly cron?: string | undefined
  readonly deployment?: string | undefined
  readonly timeZone?: string | undefined
  readonly retrainFrom?: number | undefined
  readonly remove?: boolean | undefined
}

export async function schedule(monitorId: string, { cron, deployment, timeZone, retrainFrom, remove, ...flags }: ScheduleFlags): Promise<void> {
  if (remove === true) {
    const gone = await withClient(flags, (client) => client.monitors.removeSchedule(monitorId))
    return print(flags, gone, 'The monitor checks nothing by itself any more.\n')
  }
  if ((cron === undefined) !== (deployment === undefined)) throw new CommandFailure('--cron and --deployment belong together.', { exitCode: 2 })
  const answer = await withClient(flags, ({ monitors }) => {
    if (cron === undefined || deployment === undefined) return monitors.schedule(monitorId)
    return monitors.putSchedule(monitorId, { cron, deployment_id: deployment, time_zone: timeZone, retrain_from: retrainFrom })
  })
  print(flags, answer, `"${answer.cron}" in ${answer.time_zone}, next at ${answer.next_at}\n`)
}

export async function listAlerts(monitorId: string, flags: Flags): Promise<void> {
  const alerts = await withClient(flags, (client) => client.monitors.alerts(monitorId))
  const rows = alerts.map(({ alert_id, raised, rule, owner, acknowledged, text }) => [alert_id, raised, rule, owner ?? '', acknowledged === null ? 'open' : 'seen', text])
  print(flags, alerts, rows.length === 0 ? 'There was no alert.\n' : textTable(['alert', 'raised', 'rule', 'owner', '', 'what'], rows))
}

export async function acknowledge(alertId: string, { owner, note, ...flags }: Flags & { readonly owner?: string | undefined; readonly note?: string | undefined }): Promise<void> {
  const answer = await withClient(flags, (client) => client.monitors.answerAlert(alertId, { owner, note }))
  print(flags, answer, `seen by ${answer.acknowledged_by}${answer.owner === null ? '' : `, owner ${answer.owner}`}\n`)
}

/** Sends labels out of a JSON file of `[{"key", "label"}]`, or only tells how the model does on those that have come. */
export async function labels(monitorId: string, { deployment, file, ...flags }: Flags & { readonly deployment: string; readonly file?: string | undefined }): Promise<void> {
  const answer = await withClient(flags, ({ monitors }) => (file === undefined ? monitors.performance(monitorId, deployment) : monitors.sendLabels(monitorId, { deployment_id: deployment, labels: JSON.parse(readFileSync(file, 'utf8')) })))
  const shown = (value: number | undefined) => (value === undefined ? '–' : String(Number(value.toPrecision(3))))
  const rows = Object.entries(answer.performance?.metrics ?? {}).map(([name, { value, low, high, reference, verdict }]) => [name, shown(value), `${shown(low)} to ${shown(high)}`, shown(reference?.value), verdict ?? ''])
  const measured = rows.length === 0 ? 'No kept row has a label.\n' : `${answer.performance?.rows} labelled rows\n\n${textTable(['metric', 'now', '95 % interval', 'test rows', ''], rows)}`
  print(flags, answer, `${answer.labelled} rows got a label${answer.unknown_keys.length === 0 ? '' : `, ${answer.unknown_keys.length} keys are unknown`}\n${measured}`)
}

export async function propose(monitorId: string, { dataset, alert, ...flags }: Flags & { readonly dataset: string; readonly alert?: string | undefined }): Promise<void> {
  const answer = await withClient(flags, (client) => client.monitors.proposeRetrain(monitorId, { dataset_id: dataset, alert_id: alert }))
  print(flags, answer, proposalText(answer))
}

export async function listProposals(monitorId: string, flags: Flags): Promise<void> {
  const found = await withClient(flags, (client) => client.monitors.proposals(monitorId))
  print(flags, found, found.length === 0 ? 'No challenger was proposed.\n' : found.map(proposalText).join('\n'))
}

export interface DecideFlags extends Flags {
  readonly deployment?: string | undefined
  readonly dataset?: string | undefined
  readonly rationale?: string | undefined
}

export async function decide(proposalId: string, choice: string, { deployment, dataset, rationale, ...flags }: DecideFlags): Promise<void> {
  if (choice !== 'keep' && choice !== 'promote' && choice !== 'retrain') throw new CommandFailure(`There is no choice "${choice}".`, { suggestion: 'Use keep, promote or retrain.', exitCode: 2 })
  const answer = await withClient(flags, (client) => client.monitors.decideProposal(proposalId, { choice, deployment_id: deployment, dataset_id: dataset, rationale }))
  print(flags, answer, proposalText(answer))
}

function proposalText({ proposal_id, status, choice, comparison, options, run_id }: ProposalAnswer): string {
  const told = options.map((option) => `  ${option.choice}${option.recommended ? ' ★' : ''}: ${option.title}\n`).join('')
  return `${proposal_id}  ${choice ?? status}  (run ${run_id})\n${comparison === null ? '' : `${comparison.text}\n`}${status === 'open' ? told : ''}`
}
