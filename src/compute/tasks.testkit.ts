import { threadId } from 'node:worker_threads'

interface Context {
  readonly progress: (fraction: number, text?: string) => void
}

class CodedError extends Error {
  readonly code: string
  readonly suggestion = 'Send more rows.'
  readonly detail = { rows: 3 }

  constructor(code: string) {
    super('three rows are too few')
    this.code = code
  }
}

/** Tasks that misbehave in the ways a test needs; a test runs them in place of those of `ml`. */
const tasks = {
  echo: (input: unknown) => input,
  spin() {
    for (;;) Math.sqrt(2)
  },
  spinFor(milliseconds: number) {
    const end = performance.now() + milliseconds
    while (performance.now() < end) Math.sqrt(2)
    return 'spun'
  },
  fillHeap() {
    const kept: object[] = []
    for (;;) kept.push({ kept: [1, 2, 3] })
  },
  fillOneArray() {
    const kept: number[] = []
    for (;;) kept.push(1.5)
  },
  fillBuffers() {
    const kept: Float64Array[] = []
    for (;;) kept.push(new Float64Array(1_000_000).fill(1))
  },
  steps(count: number, { progress }: Context) {
    for (let step = 1; step <= count; step += 1) progress(step / count, `step ${step}`)
    return count
  },
  flood(count: number, { progress }: Context) {
    for (let step = 1; step <= count; step += 1) progress(step / count)
  },
  fail(code: string) {
    throw new CodedError(code)
  },
  failOrSpin(code: string | null) {
    return code === null ? tasks.spin() : tasks.fail(code)
  },
  leave() {
    process.exit(3)
  },
  writeInto(shared: Float64Array) {
    shared.fill(7)
  },
  /** Keeps this thread busy, then says which one it is. */
  nameThread(milliseconds: number) {
    tasks.spinFor(milliseconds)
    return threadId
  },
  /** Ends when two threads have come here. */
  meet(arrived: Int32Array) {
    Atomics.add(arrived, 0, 1)
    Atomics.notify(arrived, 0)
    while (Atomics.load(arrived, 0) < 2) Atomics.wait(arrived, 0, 1, 50)
    return threadId
  },
  meetOrFail(arrived: Int32Array | string) {
    if (typeof arrived !== 'string') return tasks.meet(arrived)
    return tasks.fail(arrived)
  },
  answerFunction: () => () => 1,
}

export const taskLoaders = Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, async () => task]))
