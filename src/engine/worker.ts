import { isOwed } from '#core/next-step'
import { advance, type Advanced } from './advance.ts'
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
  const moving = new Moving(input)
  return {
    wake: (runId) => moving.wake(runId),
    // Our own writes are told to us as well; they end a step, so nothing of it is left to abandon.
    changed: ({ run_id, seq }) => moving.abandon(run_id, seq),
    async sweep() {
      for (const runId of await input.store.overdue(input.clock.now())) await expire(input, runId)
      for (const runId of await input.store.abandoned(1_000)) moving.wake(runId)
    },
    async check() {
      for (const runId of moving.active()) {
        const loaded = await input.store.load(runId)
        moving.abandon(runId, loaded?.seq ?? Number.MAX_SAFE_INTEGER)
      }
    },
    stop: () => moving.stop(),
  }
}

/** The runs that this worker moves, and those that wait for a place. */
class Moving {
  readonly #input: WorkerInput
  readonly #active = new Map<string, Active>()
  readonly #waiting = new Set<string>()
  readonly #running = new Set<Promise<void>>()
  #stopped = false

  constructor(input: WorkerInput) {
    this.#input = input
  }

  wake(runId: string): void {
    if (this.#stopped) return
    this.#waiting.add(runId)
    this.#pump()
  }

  active(): string[] {
    return [...this.#active.keys()]
  }

  /** Ends what we compute for a run that has moved on without us. */
  abandon(runId: string, seq: number): void {
    const ours = this.#active.get(runId)
    if (ours !== undefined && seq > ours.seq) ours.step.abort()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#waiting.clear()
    for (const { step } of this.#active.values()) step.abort()
    await Promise.allSettled(this.#running)
  }

  #pump(): void {
    for (const runId of this.#waiting) {
      if (this.#stopped || this.#active.size >= this.#input.concurrency) return
      if (this.#active.has(runId)) continue
      this.#waiting.delete(runId)
      const work = this.#moveWhileOwed(runId).finally(() => {
        this.#running.delete(work)
        this.#pump()
      })
      this.#running.add(work)
    }
  }

  /** Holds the lease and moves the run as long as it is owed a step; looks again after giving the lease back, since a wake-up may have come in between. */
  async #moveWhileOwed(runId: string): Promise<void> {
    const { store, workerId, log } = this.#input
    this.#active.set(runId, { seq: 0, step: new AbortController() })
    try {
      while (!this.#stopped && (await store.takeLease(runId, workerId))) {
        try {
          while (!this.#stopped && (await this.#moveOnce(runId)) === 'again');
        } finally {
          await store.releaseLease(runId, workerId)
        }
        const left = await store.load(runId)
        if (left === undefined || !isOwed(left.run)) break
      }
    } catch (error) {
      if (!store.isConnectionLoss(error)) log({ run_id: runId, text: 'moving the run failed; the sweep will try again', error })
    } finally {
      this.#active.delete(runId)
    }
  }

  async #moveOnce(runId: string): Promise<Advanced> {
    const step = new AbortController()
    const loaded = await this.#input.store.load(runId)
    this.#active.set(runId, { seq: loaded?.seq ?? 0, step })
    const phase = loaded?.run.status === 'running' ? loaded.run.current : ''
    return advance(this.#input, runId, { signal: step.signal, progress: reporter(this.#input, runId, phase) })
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
