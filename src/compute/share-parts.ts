import { setImmediate as turn } from 'node:timers/promises'
import type { Observed } from '#core/ports'
import { cancelled } from './cancelled.ts'
import type { Task } from './load-task.ts'
import { type DonePart, noneTaken, type SharedParts, takeParts } from './take-parts.ts'
import { describeFailure, rebuildFailure } from './task-failure.ts'

export interface ShareInput {
  readonly parts: readonly unknown[]
  /** Threads that may help, and how many of them are asked before the caller begins. */
  readonly helpers: number
  readonly ready: number
  /** Told how long the caller did a part alone; says whether more help is to be asked for. */
  readonly wantsHelp: (milliseconds: number) => boolean
  /** Asks one of them to take parts; it tells as progress how many of its own are done. */
  readonly help: (shared: SharedParts, observed: Observed) => Promise<DonePart[]>
  readonly load: () => Promise<Task>
  /** Why no further part may begin, apart from the caller's signal. */
  readonly stopped: () => Error | undefined
  readonly observed: Observed
}

/**
 * Does parts on the calling thread and its helpers, each taking the next one when it is free. Where a helper has not come to life
 * when all parts are taken, nobody waits for it.
 */
export async function shareParts({ parts, help, load, observed, ...input }: ShareInput): Promise<unknown[]> {
  const shared: SharedParts = { parts, taken: noneTaken() }
  const others = new AbortController()
  const signal = AbortSignal.any([observed.signal, others.signal])
  const answer = gather(parts.length, others)
  const progress = sumProgress(parts.length, observed)
  let asked = 0
  function ask(helpers: number): void {
    while (asked < helpers) {
      asked += 1
      const helper = asked
      help(shared, { signal, progress: (done, text) => progress(helper, done, text) }).then(answer.keep, answer.fail)
    }
  }
  ask(Math.min(input.ready, parts.length - 1))
  try {
    const task = await load()
    answer.keep(await takeParts(shared, async (part, own) => {
      // Lets in what the helpers send, and a caller who wants to stop.
      if (own > 0) await turn()
      const reason = input.stopped() ?? (signal.aborted ? cancelled(signal) : undefined)
      if (reason !== undefined) throw reason
      const began = performance.now()
      const value = await task(part, { progress: (fraction, text) => progress(0, own + fraction, text) })
      const open = Math.max(0, parts.length - Atomics.load(shared.taken, 0))
      if (asked < input.helpers && input.wantsHelp(performance.now() - began)) ask(Math.min(input.helpers, asked + open))
      progress(0, own + 1)
      return value
    }))
  } catch (error) {
    answer.fail(error instanceof DOMException ? error : rebuildFailure(describeFailure(error)))
  }
  return answer.all
}

/** Puts results in the order of their parts; the first failure ends the others. */
function gather(count: number, others: AbortController) {
  const { promise, resolve, reject } = Promise.withResolvers<unknown[]>()
  // A helper may fail while the caller is still at a part, before anybody waits for the answer.
  promise.catch(() => undefined)
  const results: unknown[] = new Array(count).fill(undefined)
  let left = count
  if (left === 0) resolve(results)
  function keep(done: readonly DonePart[]): void {
    for (const { index, value } of done) results[index] = value
    left -= done.length
    if (left === 0) resolve(results)
  }
  function fail(error: unknown): void {
    reject(error)
    others.abort()
  }
  return { all: promise, keep, fail }
}

/** Tells the share of all parts that is done, which only rises. */
function sumProgress(parts: number, observed: Observed) {
  const done: number[] = []
  let last = 0
  return (thread: number, count: number, text?: string): void => {
    done[thread] = count
    const share = done.reduce((sum, one) => sum + one, 0) / parts
    if (share <= last && text === undefined) return
    last = Math.max(last, share)
    observed.progress?.(last, text)
  }
}
