import { isOwed } from '#core/next-step'
import { advance } from './advance.ts'
import { expire } from './expire.ts'
import type { EngineInput } from './ports.ts'

export interface WorkerInput extends EngineInput {
  /** How many runs this worker moves at once. */
  readonly concurrency: number
}

/** Moves runs until it is stopped. Wake-ups, changes and sweeps come from outside, so that it owns no timer. */
export interface Worker {
  /** Somebody says that a run may be owed a step. */
  wake(runId: string): void
  /** A run changed: where it is ours and moved on without us, what we compute for it is abandoned. */
  changed(change: { run_id: string; seq: number; status: string }): void
  /** Finds runs that nobody alive works on, and decisions whose deadline has passed. */
  sweep(): Promise<void>
  /** Looks whether the runs that we compute for still stand where they stood. */
  check(): Promise<void>
  /** Abandons everything and returns when nothing of it runs any more. */
  stop(): Promise<void>
}

interface Active {
  seq: number
  step: AbortController
}

export function startWorker(input: WorkerInput): Worker {
  const active = new Map<string, Active>()
  const waiting = new Set<string>()
  const running = new Set<Promise<void>>()
  let stopped = false

  function wake(runId: string): void {
    if (stopped) return
    waiting.add(runId)
    pump()
  }

  function pump(): void {
    for (const runId of waiting) {
      if (stopped || active.size >= input.concurrency) return
      if (active.has(runId)) continue
      waiting.delete(runId)
      const work = moveWhileOwed(runId).finally(() => {
        running.delete(work)
        pump()
      })
      running.add(work)
    }
  }

  /** Holds the lease and moves the run as long as it is owed a step; looks again after giving the lease back, since a wake-up may have come in between. */
  async function moveWhileOwed(runId: string): Promise<void> {
    active.set(runId, { seq: 0, step: new AbortController() })
    try {
      while (!stopped && (await input.store.takeLease(runId, input.workerId))) {
        try {
          while (!stopped && (await moveOnce(runId)) === 'again');
        } finally {
          await input.store.releaseLease(runId, input.workerId)
        }
        const left = await input.store.load(runId)
        if (left === undefined || !isOwed(left.run)) break
      }
    } catch (error) {
      if (!input.store.isConnectionLoss(error)) input.log({ run_id: runId, text: 'moving the run failed; the sweep will try again', error })
    } finally {
      active.delete(runId)
    }
  }

  async function moveOnce(runId: string): Promise<'again' | 'rest'> {
    const step = new AbortController()
    const loaded = await input.store.load(runId)
    active.set(runId, { seq: loaded?.seq ?? 0, step })
    return advance(input, runId, { signal: step.signal, progress: reporter(input, runId, loaded?.run.status === 'running' ? loaded.run.current : '') })
  }

  function abandon(runId: string, seq: number): void {
    const ours = active.get(runId)
    if (ours !== undefined && seq > ours.seq) ours.step.abort()
  }

  return {
    wake,
    changed: ({ run_id, seq, status }) => {
      // Our own writes are told to us as well; they end a step, so nothing of it is left to abandon.
      if (status === 'cancelled' || active.has(run_id)) abandon(run_id, seq)
    },
    async sweep() {
      for (const runId of await input.store.overdue(input.clock.now())) await expire(input, runId)
      for (const runId of await input.store.abandoned(1_000)) wake(runId)
    },
    async check() {
      for (const runId of active.keys()) {
        const loaded = await input.store.load(runId)
        abandon(runId, loaded?.seq ?? Number.MAX_SAFE_INTEGER)
      }
    },
    async stop() {
      stopped = true
      waiting.clear()
      for (const { step } of active.values()) step.abort()
      await Promise.allSettled(running)
    },
  }
}

/** Reports progress to the store, at most every fifth of a second, one write at a time. */
function reporter(input: EngineInput, runId: string, phase: string) {
  let last = Number.NEGATIVE_INFINITY
  let writing = false
  return (fraction: number, text?: string) => {
    const now = input.clock.seconds()
    if (writing || now - last < 0.2) return
    last = now
    writing = true
    const at = { phase, fraction: Math.min(1, Math.max(0, fraction)), text: text ?? null }
    void input.store.progress(runId, at).catch(() => undefined).finally(() => {
      writing = false
    })
  }
}
