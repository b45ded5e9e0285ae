import { z } from 'zod'
import { modelComparisonSchema } from '#core/model-comparison'
import { trainedSchema, type Trained } from '#core/outcomes'
import { nextStep } from '#core/next-step'
import type { PhaseName } from '#core/phase-names'
import { runTextsSchema } from '#core/run-settings'
import { isEnded, isStarted, type Run, type StartedRun } from '#core/run'
import type { JsonBlobs } from '#core/ports'
import type { RunRow } from '#core/store-ports'
import type { RunListEntry } from '#wire/run-list'
import type { RunError, RunResults, RunSettingsAnswer, RunStateAnswer } from '#wire/run-state'

/** The phase that a run is at, or null where it has ended or not begun. */
export function currentPhase(run: Run): PhaseName | null {
  if (!isStarted(run)) return null
  const step = nextStep(run)
  if (step.kind === 'begin' || step.kind === 'propose' || step.kind === 'apply') return step.phase
  return run.status === 'waiting_input' || run.status === 'paused' || run.status === 'failed' ? run.current : null
}

/** The share of the planned phases that is over, the present one counted by its own progress. */
export function progressOf({ run, progress }: Pick<RunRow, 'run' | 'progress'>): number {
  if (!isStarted(run)) return 0
  if (run.status === 'completed') return 1
  const over = run.phases.filter(({ status }) => status === 'completed' || status === 'skipped').length
  const within = run.status === 'running' ? (progress ?? 0) : 0
  return Math.min(1, (over + within) / run.phases.length)
}

export function listEntry(row: RunRow): RunListEntry {
  const { run } = row
  return {
    run_id: run.run_id,
    name: row.name,
    status: run.status,
    current_phase: currentPhase(run),
    progress: progressOf(row),
    dataset_id: run.dataset_id,
    parent_run_id: run.parent_run_id,
    label: row.label,
    task: taskOf(row.task),
    created_at: run.created_at,
    started_at: run.started_at,
    completed_at: isEnded(run) ? run.completed_at : null,
    message: messageOf(row),
    owner: run.created_by.name,
    phases: isStarted(run) ? run.phases.map(({ phase, status }) => ({ phase, status })) : [],
  }
}

const taskSchema = z.enum(['binary', 'multiclass', 'regression'])

function taskOf(task: string | null): z.infer<typeof taskSchema> | null {
  return task === null ? null : taskSchema.parse(task)
}

/** Everything that get_run_state tells. */
export async function runState(blobs: JsonBlobs, row: RunRow): Promise<RunStateAnswer> {
  const { run } = row
  const texts = runTextsSchema.parse(await blobs.get(run.texts))
  const { phases: _phases, ...entry } = listEntry(row)
  return {
    ...entry,
    name: texts.name,
    description: texts.description,
    settings: isStarted(run) ? settingsOf(run, texts) : null,
    results: await resultsOf(blobs, run),
    error: isStarted(run) ? await errorOf(blobs, run) : null,
  }
}

function messageOf({ run, progress_text }: RunRow): string | null {
  if (!isStarted(run)) return run.status === 'queued' ? 'Opened; start_run starts it.' : 'Cancelled before it was started.'
  switch (run.status) {
    case 'queued':
      return 'Waiting for a worker.'
    case 'running':
      return progress_text
    case 'waiting_input':
      return `Waits for the decision of ${run.current}.`
    case 'paused':
      return run.open === null
        ? `The decision of ${run.current} was not answered by its deadline; its default was taken. Resume the run to go on.`
        : `The decision of ${run.current} was not answered by its deadline and has no default. Resume the run to answer it.`
    case 'completed':
    case 'failed':
    case 'cancelled':
      return null
  }
}

function settingsOf(run: StartedRun, texts: { user_query: string | null; target: string | null }): RunSettingsAnswer {
  const { plan, gates, replay: _replay, ...rest } = run.settings
  return { phase_plan: plan, require_approval: gates, ...rest, user_query: texts.user_query, target: texts.target }
}

const failureSchema = z.object({ message: z.string(), suggestion: z.string() })

/** Why a run failed, or null where it did not. */
export async function errorOf(blobs: JsonBlobs, run: StartedRun): Promise<RunError | null> {
  const error = run.phases.find(({ status }) => status === 'failed')?.error ?? null
  return error === null ? null : { code: error.code, ...failureSchema.parse(await blobs.get(error.text)) }
}

/** The outcome of training, once it is there. */
export async function trainedOf(blobs: JsonBlobs, run: StartedRun): Promise<Trained | null> {
  const outcome = run.phases.find(({ phase }) => phase === 'model_training')?.outcome ?? null
  return outcome === null ? null : trainedSchema.parse(await blobs.get(outcome))
}

/** How a retrained model stands beside its parent's; null where there is nothing to compare. */
export async function comparisonOf(blobs: JsonBlobs, run: StartedRun): Promise<RunResults['comparison']> {
  const hash = run.phases.find(({ phase }) => phase === 'model_training')?.comparison
  return hash === undefined ? null : modelComparisonSchema.parse(await blobs.get(hash))
}

async function resultsOf(blobs: JsonBlobs, run: Run): Promise<RunResults> {
  const trained = isStarted(run) ? await trainedOf(blobs, run) : null
  const published = isStarted(run) ? run.published : []
  const idOf = (kind: string) => published.find((publication) => publication.kind === kind)?.id ?? null
  const metrics = Object.entries(trained?.test_metrics ?? {})
  return {
    metrics: Object.fromEntries(metrics.map(([metric, { value }]) => [metric, value])),
    metric_intervals: Object.fromEntries(metrics.flatMap(([metric, { low, high }]) => (low === null || high === null ? [] : [[metric, [low, high]]]))),
    model_id: published.find(({ kind }) => kind === 'model_version')?.model_id ?? null,
    version_id: idOf('model_version'),
    model_hash: trained?.model ?? null,
    deployment_id: idOf('deployment'),
    report_id: idOf('report'),
    monitor_id: idOf('monitor'),
    comparison: isStarted(run) ? await comparisonOf(blobs, run) : null,
  }
}
