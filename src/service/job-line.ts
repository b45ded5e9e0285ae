/** Background jobs that are kept in the store, worked off one at a time. */
export interface JobLine {
  /** Begins soon; whoever asks for the job learns how it ends. */
  start(jobId: string): void
  /** Takes up jobs that a process left behind. */
  sweep(): Promise<void>
  /** Takes no more, and returns when the one in hand has let go. */
  stop(): Promise<void>
}

interface JobLineInput {
  /** Ids of the jobs that are owed. */
  readonly owed: () => Promise<readonly string[]>
  /** Does one job; a failure is told by `failed`, and the job is owed still. */
  readonly work: (jobId: string, signal: AbortSignal) => Promise<unknown>
  readonly failed: (error: unknown, stopped: boolean) => void
}

/** A job that was begun so often without an end takes its process down with it. */
export const mostAttempts = 3

export function openJobLine({ owed, work, failed }: JobLineInput): JobLine {
  const stopping = new AbortController()
  const waiting = new Set<string>()
  let last: Promise<void> = Promise.resolve()

  function start(jobId: string): void {
    if (waiting.has(jobId)) return
    waiting.add(jobId)
    last = last.then(() => workOn(jobId)).finally(() => waiting.delete(jobId))
  }

  async function workOn(jobId: string): Promise<void> {
    if (stopping.signal.aborted) return
    try {
      await work(jobId, stopping.signal)
    } catch (error) {
      failed(error, stopping.signal.aborted)
    }
  }

  return {
    start,
    async sweep() {
      for (const jobId of await owed()) start(jobId)
    },
    async stop() {
      stopping.abort()
      await last
    },
  }
}
