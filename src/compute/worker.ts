import { parentPort, workerData } from 'node:worker_threads'
import { loadTask, type Task, type TaskProgress } from './load-task.ts'
import type { JobMessage, ThreadMessage, ThreadSetup } from './messages.ts'
import { takeParts } from './take-parts.ts'
import { describeFailure } from './task-failure.ts'

/** Progress that differs by less than this share and says the same is not sent: a hot loop would flood the main thread. */
const smallestStep = 0.001

// Node hands these over untyped; both are set by the pool in this folder.
const setup = workerData as ThreadSetup
const port = parentPort
if (port === null) throw new Error('#compute/worker runs in a worker thread only')

port.on('message', async (message: JobMessage) => {
  const { job } = message
  try {
    const task = await loadTask(setup.module, message.task)
    send({ kind: 'done', job, value: await perform(task, message) })
  } catch (thrown) {
    fail(job, thrown)
  }
})

/** Does the job; of shared parts, those that no other thread took. */
function perform(task: Task, { job, input, shared }: JobMessage): unknown {
  const progress = progressOf(job)
  if (shared === undefined) return task(input, { progress })
  return takeParts(shared, (part, own) => task(part, { progress: (fraction, text) => progress(own + fraction, text) }))
}

function fail(job: number, thrown: unknown): void {
  const failure = describeFailure(thrown)
  try {
    send({ kind: 'failed', job, failure })
  } catch {
    // Its detail cannot cross between threads; the words can.
    const { detail: _, ...words } = failure
    send({ kind: 'failed', job, failure: words })
  }
}

function send(message: ThreadMessage): void {
  port?.postMessage(message)
}

function progressOf(job: number): TaskProgress {
  let last = Number.NEGATIVE_INFINITY
  let lastText: string | undefined
  return (fraction, text) => {
    const isNews = text !== lastText || Math.abs(fraction - last) >= smallestStep || (fraction >= 1 && last < 1)
    if (!isNews) return
    last = fraction
    lastText = text
    send({ kind: 'progress', job, fraction, ...(text === undefined ? {} : { text }) })
  }
}
