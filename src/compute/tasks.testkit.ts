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
export const tasks = {
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
  answerFunction: () => () => 1,
}
