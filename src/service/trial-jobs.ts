import type { Json } from '#core/canonical-json'
import { type Refusal, type Result, SignalboxError } from '#core/errors'
import type { Progress } from '#core/ports'

/** Something that is measured in the background because a page asked for it; forgotten when the process ends. */
export interface TrialJob {
  readonly trial_id: string
  readonly run_id: string
  readonly status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly progress: number
  readonly message: string | null
  readonly result: Json
  readonly error: Refusal | null
}

export interface NewTrial {
  readonly run_id: string
  /** Two trials of the same run and key are the same measurement. */
  readonly key: string
  readonly work: (signal: AbortSignal, progress: Progress) => Promise<Result<Json>>
}

/** Measures one trial of a run after the other. */
export interface TrialJobs {
  /** The trial that already waits, runs or is done for this key, or a new one. */
  start(trial: NewTrial): TrialJob
  get(trialId: string): TrialJob | undefined
  cancel(trialId: string): void
  /** Cancels all, and returns when nothing of them runs any more. */
  stop(): Promise<void>
}

interface Entry {
  job: TrialJob
  readonly key: string
  readonly stopping: AbortController
}

/** Results of older trials are measured again where they are asked for again. */
const mostKept = 60

export function openTrialJobs({ newId, log }: { readonly newId: () => string; readonly log: (text: string, error?: unknown) => void }): TrialJobs {
  const entries = new Map<string, Entry>()
  const lines = new Map<string, Promise<void>>()

  async function work(entry: Entry, run: NewTrial['work']): Promise<void> {
    const { signal } = entry.stopping
    if (signal.aborted) return
    change(entry, { status: 'running' })
    try {
      const done = await run(signal, (fraction, text) => change(entry, { progress: Math.max(entry.job.progress, fraction), message: text ?? entry.job.message }))
      if (signal.aborted) return
      change(entry, done.ok ? { status: 'done', progress: 1, result: done.value } : { status: 'failed', error: done.refusal })
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof SignalboxError)) log('a trial failed', error)
      const fault = error instanceof SignalboxError ? error : new SignalboxError({ code: 'COMPUTE_FAILED', message: 'The trial failed unexpectedly.' })
      change(entry, { status: 'failed', error: fault.refusal() })
    }
  }

  function forgetOld(): void {
    for (const [id, { job }] of entries) {
      if (entries.size <= mostKept) return
      if (job.status !== 'running' && job.status !== 'waiting') entries.delete(id)
    }
  }

  return {
    start({ run_id, key, work: run }) {
      const known = [...entries.values()].find((entry) => entry.key === key && entry.job.run_id === run_id && entry.job.status !== 'failed' && entry.job.status !== 'cancelled')
      if (known !== undefined) return known.job
      const trial_id = newId()
      const entry: Entry = { key, stopping: new AbortController(), job: { trial_id, run_id, status: 'waiting', progress: 0, message: null, result: null, error: null } }
      entries.set(trial_id, entry)
      forgetOld()
      const line = (lines.get(run_id) ?? Promise.resolve()).then(() => work(entry, run))
      lines.set(run_id, line)
      void line.then(() => lines.get(run_id) === line && lines.delete(run_id))
      return entry.job
    },
    get: (trialId) => entries.get(trialId)?.job,
    cancel(trialId) {
      const entry = entries.get(trialId)
      if (entry === undefined || (entry.job.status !== 'waiting' && entry.job.status !== 'running')) return
      change(entry, { status: 'cancelled' })
      entry.stopping.abort()
    },
    async stop() {
      for (const { stopping } of entries.values()) stopping.abort()
      await Promise.all(lines.values())
    },
  }
}

function change(entry: Entry, to: Partial<TrialJob>): void {
  entry.job = { ...entry.job, ...to }
}
