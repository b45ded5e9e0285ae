import { Worker } from 'node:worker_threads'
import { SignalboxError } from '#core/errors'
import { headroomMb, megabyte, type MemoryWatch, watchMemory } from './memory-watch.ts'
import type { JobMessage, ThreadMessage, ThreadSetup } from './messages.ts'
import type { SharedParts } from './take-parts.ts'
import { rebuildFailure } from './task-failure.ts'
import { threadEnvironment } from './thread-environment.ts'

/** A piece of work and who waits for it; exactly one of `resolve` and `reject` is called, once. */
export interface Job {
  readonly task: string
  readonly input: unknown
  readonly shared?: SharedParts | undefined
  /** Bytes of the buffers in the input; they do not count against the memory limit. */
  readonly inputBytes: number
  readonly progress: (fraction: number, text?: string) => void
  /** Told, before it is resolved, for how many seconds its thread was busy with it. */
  readonly took: (seconds: number) => void
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

export interface ThreadPoolOptions {
  readonly threads: number
  readonly memoryLimitMb: number
  readonly setup: ThreadSetup
  readonly log: (line: string) => void
}

interface Thread {
  readonly worker: Worker
  job: { readonly id: number; readonly work: Job; readonly watch: MemoryWatch; readonly began: number } | undefined
}

/**
 * Threads that do one job at a time, started when first needed and kept. A cancelled job takes its thread with it,
 * which is the only way to stop a loop; the next job gets a new one. By hand, because piscina leaves queued jobs
 * waiting for ever after a cancel or a memory breach when it has no minimum of threads.
 */
export class ThreadPool {
  readonly #options: ThreadPoolOptions
  readonly #threads = new Set<Thread>()
  readonly #queue: Job[] = []
  /** Ends of threads that are on their way out. */
  readonly #ending = new Set<Promise<unknown>>()
  #nextId = 1

  constructor(options: ThreadPoolOptions) {
    this.#options = options
  }

  /** Threads that live. */
  get size(): number {
    return this.#threads.size
  }

  submit(job: Job): void {
    this.#queue.push(job)
    this.#dispatch()
  }

  /** Rejects the job and frees what it holds; does nothing when it is over already. */
  cancel(job: Job, reason: Error): void {
    const position = this.#queue.indexOf(job)
    if (position >= 0) {
      this.#queue.splice(position, 1)
      job.reject(reason)
    }
    for (const thread of this.#threads) if (thread.job?.work === job) this.#retire(thread, reason)
  }

  /** Rejects all jobs and resolves when no thread runs any more. */
  async close(reason: Error): Promise<void> {
    for (const job of this.#queue.splice(0)) job.reject(reason)
    for (const thread of this.#threads) this.#retire(thread, reason)
    await Promise.all(this.#ending)
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#findIdle()
      const work = thread === undefined ? undefined : this.#queue.shift()
      if (thread === undefined || work === undefined) return
      this.#begin(thread, work)
    }
  }

  #findIdle(): Thread | undefined {
    for (const thread of this.#threads) if (thread.job === undefined) return thread
    return this.#threads.size < this.#options.threads ? this.#start() : undefined
  }

  #begin(thread: Thread, work: Job): void {
    const message: JobMessage = { job: this.#nextId, task: work.task, input: work.input, shared: work.shared }
    this.#nextId += 1
    try {
      thread.worker.postMessage(message)
    } catch (error) {
      // The input holds something that cannot cross between threads, such as a function.
      work.reject(asError(error))
      return
    }
    const limitBytes = this.#options.memoryLimitMb * megabyte + work.inputBytes
    const watch = watchMemory({
      worker: thread.worker,
      limitBytes,
      breach: () => this.#retire(thread, this.#memoryBreach()),
    })
    thread.job = { id: message.job, work, watch, began: performance.now() }
    thread.worker.ref()
  }

  #start(): Thread {
    const worker = new Worker(new URL(import.meta.resolve('#compute/worker')), {
      workerData: this.#options.setup,
      env: threadEnvironment(),
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryLimitMb + headroomMb },
    })
    const thread: Thread = { worker, job: undefined }
    this.#threads.add(thread)
    worker.on('message', (message: ThreadMessage) => this.#hear(thread, message))
    worker.on('messageerror', (error) => this.#retire(thread, asError(error)))
    worker.on('error', (error) => this.#retire(thread, this.#explain(asError(error))))
    worker.on('exit', (code) => this.#retire(thread, failed(`its thread ended with code ${code}`)))
    worker.unref()
    return thread
  }

  #hear(thread: Thread, message: ThreadMessage): void {
    // A message of a job that was cancelled may still be on its way.
    if (thread.job?.id !== message.job) return
    const { work, watch, began } = thread.job
    if (message.kind === 'progress') {
      try {
        work.progress(message.fraction, message.text)
      } catch (error) {
        this.#retire(thread, asError(error))
      }
      return
    }
    thread.job = undefined
    thread.worker.unref()
    watch.stop()
    work.took((performance.now() - began) / 1000)
    if (message.kind === 'done') work.resolve(message.value)
    else work.reject(rebuildFailure(message.failure))
    // Garbage of this job must not count against the next one.
    if (watch.lastBytes() > (this.#options.memoryLimitMb * megabyte) / 2) this.#retire(thread, new Error('it was full'))
    this.#dispatch()
  }

  #retire(thread: Thread, reason: Error): void {
    if (!this.#threads.delete(thread)) return
    const work = thread.job?.work
    thread.job?.watch.stop()
    thread.job = undefined
    if (work === undefined) this.#options.log(`an idle compute thread ended: ${reason.message}`)
    else work.reject(reason)
    const end = thread.worker.terminate()
    this.#ending.add(end)
    end.finally(() => this.#ending.delete(end)).catch(() => undefined)
    this.#dispatch()
  }

  #explain(error: Error): Error {
    return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? this.#memoryBreach(error)
      : failed(error.message, error)
  }

  #memoryBreach(cause?: Error): SignalboxError {
    const message = `The computation needs more than the ${this.#options.memoryLimitMb} MB of memory that a worker may use.`
    return new SignalboxError({ code: 'COMPUTE_MEMORY_LIMIT', message, cause })
  }
}

function failed(reason: string, cause?: Error): SignalboxError {
  return new SignalboxError({ code: 'COMPUTE_FAILED', message: `The computation failed: ${reason}`, cause })
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
