import type { Signalbox } from '#sdk/client'
import type { RunStateAnswer } from '#wire/run-state'
import { print, type PrintFlags } from './print.ts'
import { phaseTitle } from './card-text.ts'
import { comparisonText } from './comparison-text.ts'
import { workersWhileWaiting } from './decisions.ts'
import { checkFile, startFile, type StartFlags } from './start-file.ts'
import { textTable } from './text-table.ts'
import { withClient, type ClientFlags } from './with-client.ts'

type Flags = ClientFlags & PrintFlags

interface ListFlags extends Flags {
  readonly status?: RunStateAnswer['status'] | undefined
  readonly limit?: number | undefined
}

/** The runs of the team, newest first. */
export async function listRuns(flags: ListFlags): Promise<void> {
  const { status, limit } = flags
  const page = await withClient(flags, (client) => client.agentic.listRuns({ ...(status === undefined ? {} : { status }), ...(limit === undefined ? {} : { limit }) }))
  const rows = page.runs.map((run) => [run.run_id, run.status, run.current_phase, run.label, run.created_at.slice(0, 16), run.name])
  const more = page.next_cursor === null ? '' : 'There are more runs; --limit shows up to 200.\n'
  print(flags, page, page.runs.length === 0 ? 'There are no runs.\n' : `${textTable(['run', 'status', 'phase', 'label', 'created', 'name'], rows)}${more}`)
}

/** Starts a gated run on a file and waits for its first card; prints the run's id. */
export async function startRun(file: string, flags: Flags & StartFlags): Promise<void> {
  checkFile(file)
  const run = await withClient({ ...flags, workers: workersWhileWaiting }, async (client) => {
    const runId = await startFile(client, file, flags)
    return (await client.agentic.waitForDecision(runId)).run
  })
  print(flags, run, `${run.run_id}\n`)
}

/** A run as it stands. */
export async function showRun(runId: string, flags: Flags): Promise<void> {
  const run = await withClient(flags, (client) => client.agentic.getRunState(runId))
  print(flags, run, runText(run))
}

function runText(run: RunStateAnswer): string {
  const { results } = run
  const facts: (readonly [string, string | null])[] = [
    ['run', run.run_id],
    ['name', run.name],
    ['status', `${run.status}, ${Math.round(run.progress * 100)} %`],
    ['phase', run.current_phase === null ? null : phaseTitle(run.current_phase)],
    ['message', run.message],
    ['retrains', run.parent_run_id],
    ['label', run.label === null ? null : `${run.label} (${run.task ?? ''})`],
    ['model', results.model_hash],
    ['version', results.version_id],
    ['deployment', results.deployment_id],
    ['report', results.report_id],
    ['monitor', results.monitor_id],
    ['error', run.error === null ? null : `${run.error.message} ${run.error.suggestion}`],
  ]
  const metrics = Object.entries(results.metrics).map(([name, value]) => [name, value.toPrecision(4), results.metric_intervals[name]?.map((end) => end.toPrecision(4)).join(' to ') ?? null])
  const measured = metrics.length === 0 ? '' : `\n${textTable(['metric', 'test rows', '95 % interval'], metrics)}`
  const compared = results.comparison === null ? '' : `\n${comparisonText(results.comparison)}`
  return `${textTable(['', ''], facts.filter(([, value]) => value !== null)).trimStart()}${measured}${compared}`
}

/** The planned phases in order. */
export async function listPhases(runId: string, flags: Flags): Promise<void> {
  const phases = await withClient(flags, (client) => client.agentic.getPhases(runId))
  const rows = phases.map(({ phase, status, started_at, completed_at, error }) => [phase, status, started_at?.slice(0, 19) ?? null, completed_at?.slice(0, 19) ?? null, error])
  print(flags, phases, textTable(['phase', 'status', 'started', 'completed', 'error'], rows))
}

/** Ends a run for good. */
export async function cancelRun(runId: string, flags: Flags): Promise<void> {
  print(flags, await withClient(flags, (client) => client.agentic.cancelRun(runId)), 'The run is cancelled.\n')
}

/** Goes on without the phase that computes or waits. */
export async function skipPhase(runId: string, flags: Flags): Promise<void> {
  const done = await withClient(flags, (client) => client.agentic.skipPhase(runId))
  const also = done.also_skipped.length === 0 ? '' : ` So are ${done.also_skipped.join(', ')}, which need it.`
  print(flags, done, `${done.skipped_phase} is skipped.${also} ${done.next_phase === null ? 'The run has ended.' : `Next is ${done.next_phase}.`}\n`)
}

/** Lets a paused run go on, or a failed one try again. */
export async function resumeRun(runId: string, flags: Flags): Promise<void> {
  const done = await withClient(flags, (client) => client.agentic.resumeRun(runId))
  print(flags, done, `The run is ${done.status}${done.current_phase === null ? '' : ` at ${done.current_phase}`}.\n`)
}

/** Deletes an ended run and what only it refers to. */
export async function deleteRun(runId: string, flags: Flags): Promise<void> {
  print(flags, await withClient(flags, (client) => client.agentic.deleteRun(runId)), 'The run is deleted.\n')
}

/** The steps from the raw table to what the model reads. */
export async function showDag(runId: string, flags: Flags): Promise<void> {
  const dag = await withClient(flags, (client) => client.agentic.getPreprocessingDag(runId))
  const into = (id: string) => dag.edges.filter(({ target }) => target === id).map(({ source }) => source).join(', ') || null
  const rows = dag.nodes.map(({ id, type, label, columns }) => [id, type, label, columns.length, into(id)])
  print(flags, dag, textTable(['node', 'type', 'what', 'columns', 'after'], rows))
}

/** Which raw column became which term of the model. */
export async function showLineage(runId: string, flags: Flags): Promise<void> {
  const lineage = await withClient(flags, (client: Signalbox) => client.agentic.getColumnLineage(runId))
  const rows = lineage.edges.map(({ source, target, text }) => [source, target, text])
  const left = lineage.columns.filter(({ left_out }) => left_out !== null).map(({ name, left_out }) => [name, left_out])
  print(flags, lineage, `${textTable(['from', 'to', 'by'], rows)}${left.length === 0 ? '' : `\n${textTable(['left out', 'why'], left)}`}`)
}
