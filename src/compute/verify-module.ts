import { Worker } from 'node:worker_threads'
import { SignalboxError } from '#core/errors'

const longestMilliseconds = 60_000
const memoryMb = 1024

/** Runs `verify` of an exported module in a thread of its own, which ends with it and takes the module along. */
export async function verifyModule(text: string): Promise<unknown> {
  const worker = new Worker(new URL(import.meta.resolve('#compute/module-worker')), { workerData: text, env: {}, resourceLimits: { maxOldGenerationSizeMb: memoryMb } })
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const late = setTimeout(() => reject(new SignalboxError({ code: 'INTERNAL', message: 'The module took too long to score its check rows.' })), longestMilliseconds)
  worker.on('message', resolve)
  worker.on('error', reject)
  worker.on('exit', (code) => reject(new Error(`the thread of the module ended with code ${code}`)))
  try {
    return await promise
  } finally {
    clearTimeout(late)
    await worker.terminate()
  }
}
