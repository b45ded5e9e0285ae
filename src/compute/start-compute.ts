import { SignalboxError } from '#core/errors'
import type { Compute, Observed } from '#core/ports'
import { countBufferBytes } from './input-bytes.ts'
import { megabyte } from './memory-watch.ts'
import { type Job, ThreadPool } from './thread-pool.ts'

export interface ComputeOptions {
  /** How many jobs run at the same time. */
  readonly threads: number
  /** Memory of one thread beside the buffers of its input. */
  readonly memoryLimitMb: number
  /** Buffers that one input may refer to; `memoryLimitMb` where it is not given. */
  readonly maxInputMb?: number
  /** URL of a module whose export `tasks` is used in place of `#ml/tasks`, for tests. */
  readonly module?: string
  readonly log?: (line: string) => void
}

/** Starts worker threads that run the tasks of `ml` by name; a thread comes to life with the first job that needs it. */
export function startCompute(options: ComputeOptions): Compute {
  const maxInputMb = options.maxInputMb ?? options.memoryLimitMb
  const pool = new ThreadPool({
    threads: options.threads,
    memoryLimitMb: options.memoryLimitMb,
    setup: { module: options.module ?? import.meta.resolve('#ml/tasks') },
    log: options.log ?? (() => undefined),
  })
  let closed: Promise<void> | undefined

  async function run(task: string, input: unknown, { signal, progress }: Observed): Promise<unknown> {
    if (closed !== undefined) throw shuttingDown()
    if (signal.aborted) throw cancelled(signal)
    const inputBytes = countBufferBytes(input)
    checkSize(inputBytes, maxInputMb)
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const job: Job = { task, input, inputBytes, progress: progress ?? (() => undefined), resolve, reject }
    const cancel = () => pool.cancel(job, cancelled(signal))
    signal.addEventListener('abort', cancel, { once: true })
    pool.submit(job)
    return promise.finally(() => signal.removeEventListener('abort', cancel))
  }

  return {
    run,
    parallel: (task, inputs, observed) => runAll({ run, task, inputs, observed }),
    close: () => (closed ??= pool.close(shuttingDown())),
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
      const result = await run(task, input, { signal, progress: (fraction, text) => report(index, fraction, text) })
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

function cancelled(signal: AbortSignal): Error {
  return new DOMException('The computation was cancelled.', { name: 'AbortError', cause: signal.reason })
}

function shuttingDown(): SignalboxError {
  return new SignalboxError({
    code: 'SHUTTING_DOWN',
    message: 'The computation was ended because the process is stopping.',
  })
}
