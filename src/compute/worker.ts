import { parentPort, workerData } from 'node:worker_threads'
import type { JobMessage, ThreadMessage, ThreadSetup } from './messages.ts'
import { describeFailure } from './task-failure.ts'

/** Progress that differs by less than this share and says the same is not sent: a hot loop would flood the main thread. */
const smallestStep = 0.001

type Progress = (fraction: number, text?: string) => void
type Task = (input: unknown, context: { progress: Progress }) => unknown

// Node hands these over untyped; both are set by the pool in this folder.
const setup = workerData as ThreadSetup
const port = parentPort
if (port === null) throw new Error('#compute/worker runs in a worker thread only')

const loading = loadTasks()
// A module that cannot be loaded fails each job with its reason instead of ending the thread without one.
loading.catch(() => undefined)

port.on('message', async (message: JobMessage) => {
  const { job } = message
  try {
    const task = pick(await loading, message.task)
    const value = await task(message.input, { progress: progressOf(job) })
    send({ kind: 'done', job, value })
  } catch (thrown) {
    fail(job, thrown)
  }
})

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

function progressOf(job: number): Progress {
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

async function loadTasks(): Promise<object> {
  const module: unknown = await import(setup.module)
  const tasks: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'tasks') : undefined
  if (typeof tasks !== 'object' || tasks === null) throw new Error(`${setup.module} exports no record "tasks"`)
  return tasks
}

function pick(tasks: object, name: string): Task {
  const task: unknown = Object.hasOwn(tasks, name) ? Reflect.get(tasks, name) : undefined
  if (isTask(task)) return task
  throw new Error(`There is no compute task "${name}"; there are: ${Object.keys(tasks).join(', ')}.`)
}

function isTask(value: unknown): value is Task {
  return typeof value === 'function'
}
