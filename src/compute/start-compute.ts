import { SignalboxError } from '#core/errors'
import type { Compute, Observed } from '#core/ports'
import { cancelled } from './cancelled.ts'
import { countBufferBytes } from './input-bytes.ts'
import { loadTask } from './load-task.ts'
import { megabyte } from './memory-watch.ts'
import { shareParts } from './share-parts.ts'
import type { DonePart, SharedParts } from './take-parts.ts'
import { describeFailure, rebuildFailure } from './task-failure.ts'
import { type Job, ThreadPool } from './thread-pool.ts'

export interface ComputeOptions {
  /** How many jobs run at the same time. */
  readonly threads: number
  /** Memory of one thread beside the buffers of its input. */
  readonly memoryLimitMb: number
  /** Buffers that one input may refer to; `memoryLimitMb` where it is not given. */
  readonly maxInputMb?: number
  /**
   * The calling thread is one of the `threads` and does parts of `parallel` itself; the others come to life when it has worked
   * alone for as long as their start would cost it, or at once for large inputs. For a process that has nothing else to do: it is
   * busy for as long as a part takes, and only the other threads have a memory limit.
   */
  readonly callerHelps?: boolean
  /** URL of a module whose export `taskLoaders` is used in place of that of `#ml/task-loaders`, for tests. */
  readonly module?: string
  readonly log?: (line: string) => void
}

/**
 * Until its start, its loading and V8's compiling for it have paid off, a new thread takes this much from the others (measured on two
 * cores, where V8 compiles on threads of its own): work below it is done sooner alone.
 */
const startMilliseconds = 500

/** Parts with buffers of so many bytes take longer than that anyway; of a single long part, nobody would learn it in time. */
const largeBytes = 2 * megabyte

/** Starts worker threads that run the tasks of `ml` by name; a thread comes to life with the first job that needs it. */
export function startCompute(options: ComputeOptions): Compute {
  const maxInputMb = options.maxInputMb ?? options.memoryLimitMb
  const module = options.module ?? import.meta.resolve('#ml/task-loaders')
  const threads = options.callerHelps === true ? options.threads - 1 : options.threads
  const { memoryLimitMb, log = () => undefined } = options
  const pool = new ThreadPool({ threads, memoryLimitMb, setup: { module }, log })
  let closed: Promise<void> | undefined
  let alone = 0

  function checkStart(inputs: readonly unknown[], signal: AbortSignal): number {
    if (closed !== undefined) throw shuttingDown()
    if (signal.aborted) throw cancelled(signal)
    for (const input of inputs) checkSize(countBufferBytes(input), maxInputMb)
    return countBufferBytes(inputs)
  }

  function submit(work: Pick<Job, 'task' | 'input' | 'shared' | 'inputBytes'>, { signal, progress, took }: Observed): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const job: Job = { ...work, progress: progress ?? (() => undefined), took: (seconds) => took?.(0, seconds), resolve, reject }
    const cancel = () => pool.cancel(job, cancelled(signal))
    signal.addEventListener('abort', cancel, { once: true })
    pool.submit(job)
    return promise.finally(() => signal.removeEventListener('abort', cancel))
  }

  async function run(task: string, input: unknown, observed: Observed): Promise<unknown> {
    const inputBytes = checkStart([input], observed.signal)
    if (threads > 0) return submit({ task, input, inputBytes }, observed)
    return runHere({ module, task, input, observed })
  }

  async function share(task: string, parts: readonly unknown[], observed: Observed): Promise<unknown[]> {
    const inputBytes = checkStart(parts, observed.signal)
    // What a thread sends back for shared parts is a list of them.
    const help = (shared: SharedParts, watched: Observed) => submit({ task, input: undefined, shared, inputBytes }, watched) as Promise<DonePart[]>
    function wantsHelp(milliseconds: number): boolean {
      alone += milliseconds
      return alone > startMilliseconds
    }
    const stopped = () => (closed === undefined ? undefined : shuttingDown())
    const ready = inputBytes > largeBytes ? threads : pool.size
    return shareParts({ parts, helpers: threads, ready, wantsHelp, help, load: () => loadTask(module, task), stopped, observed })
  }

  return {
    run,
    parallel: options.callerHelps === true ? share : (task, inputs, observed) => runAll({ run, task, inputs, observed }),
    close: () => (closed ??= pool.close(shuttingDown())),
  }
}

interface RunHereInput {
  readonly module: string
  readonly task: string
  readonly input: unknown
  readonly observed: Observed
}

async function runHere({ module, task, input, observed }: RunHereInput): Promise<unknown> {
  try {
    const run = await loadTask(module, task)
    return await run(input, { progress: observed.progress ?? (() => undefined) })
  } catch (error) {
    throw rebuildFailure(describeFailure(error))
  }
}

interface RunAllInput {
  readonly run: Compute['run']
  readonly task: string
  readonly inputs: readonly unknown[]
  readonly observed: Observed
}

async function runAll({ run, task, inputs, observed }: RunAllInput): Promise<unknown[]> {
  const others = new AbortController()
  const signal = AbortSignal.any([observed.signal, others.signal])
  const fractions = inputs.map(() => 0)
  let failure: { readonly error: unknown } | undefined
  const report = (index: number, fraction: number, text?: string) => {
    fractions[index] = fraction
    observed.progress?.(fractions.reduce((sum, part) => sum + part, 0) / fractions.length, text)
  }
  const runPart = async (input: unknown, index: number) => {
    try {
      const took = (_: number, seconds: number) => observed.took?.(index, seconds)
      const result = await run(task, input, { signal, took, progress: (fraction, text) => report(index, fraction, text) })
      if (failure === undefined && fractions[index] !== 1) report(index, 1)
      return result
    } catch (error) {
      // The first failure is the one to tell; those that follow are the ends of the other parts.
      failure ??= { error }
      others.abort()
      return undefined
    }
  }
  const results = await Promise.all(inputs.map(runPart))
  if (failure !== undefined) throw failure.error
  return results
}

function checkSize(bytes: number, maxInputMb: number): void {
  if (bytes <= maxInputMb * megabyte) return
  throw new SignalboxError({
    code: 'COMPUTE_MEMORY_LIMIT',
    message: `The columns of this table take ${Math.ceil(bytes / megabyte)} MB, and a computation may be given ${maxInputMb} MB.`,
  })
}

function shuttingDown(): SignalboxError {
  return new SignalboxError({
    code: 'SHUTTING_DOWN',
    message: 'The computation was ended because the process is stopping.',
  })
}
