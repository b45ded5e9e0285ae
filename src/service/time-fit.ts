import { SignalboxError } from '#core/errors'
import type { Compute } from '#core/ports'
import { fit as fitTable } from '#ml/fit'
import type { FitRequest } from '#ml/fit-request'
import { measure } from '#ml/measure'
import type { Metrics } from '#ml/metrics'
import type { Model } from '#ml/model'
import { predict } from '#ml/predict'
import type { Prediction } from '#ml/prediction'
import { isRefusal, type Refusal } from '#ml/refusal'
import { type Table, takeRows } from '#ml/table'
import type { FoldSplit } from './split-fold.ts'

/** What timing needs of its surroundings. */
export interface TimingParts {
  /** Milliseconds from any start. */
  readonly clock: () => number
  readonly openCompute: () => Compute
  readonly signal: AbortSignal
}

export interface FitTimes {
  readonly model: Model
  readonly metrics: Metrics
  /** Seconds of the first fit, the start of its threads included. */
  readonly first: number
  /** Seconds of the fastest of the fits that followed it with the same threads. */
  readonly repeated: number
  /** Nanoseconds to predict a row in batch. */
  readonly predictRow: number
}

/** Fits and predicts one fold and times both; in a process that has fitted nothing yet the first fit is a cold one. */
export async function timeFit(split: FoldSplit, settings: Omit<FitRequest, 'table' | 'target'>, parts: TimingParts): Promise<FitTimes> {
  const request = { ...settings, ...split.train }
  const { clock, signal } = parts
  const began = clock()
  const compute = parts.openCompute()
  try {
    const fitOnce = () => fitTable(request, { parallel: (task, inputs) => compute.parallel(task, inputs, { signal }), signal })
    const model = expectAccepted(await fitOnce())
    const first = (clock() - began) / 1000
    const repeated = await fastest(fitOnce, { clock, atLeast: 3, atMost: 10, enoughSeconds: 3 })
    const metrics = measure(split.test.target, predictAll(model, split.test.table))
    return { model, metrics, first, repeated, predictRow: await timePrediction(model, split.test.table, clock) }
  } finally {
    await compute.close()
  }
}

interface Repeats {
  readonly clock: () => number
  readonly atLeast: number
  readonly atMost: number
  /** No further repeat begins after so many seconds. */
  readonly enoughSeconds: number
}

/** Seconds of the fastest of several runs. */
async function fastest(work: () => unknown, { clock, atLeast, atMost, enoughSeconds }: Repeats): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  let spent = 0
  for (let i = 0; i < atMost && (i < atLeast || spent < enoughSeconds); i++) {
    const began = clock()
    await work()
    const seconds = (clock() - began) / 1000
    best = Math.min(best, seconds)
    spent += seconds
  }
  return best
}

/** Fewer rows than this say little of the time that a row takes. */
const predictedRows = 100_000

/** Nanoseconds a row, over the rows of a table repeated until they are many. */
async function timePrediction(model: Model, table: Table, clock: () => number): Promise<number> {
  const rows = Math.max(predictedRows, table.rows)
  const many = takeRows(table, Int32Array.from({ length: rows }, (_, i) => i % table.rows))
  const seconds = await fastest(() => predictAll(model, many), { clock, atLeast: 5, atMost: 12, enoughSeconds: 0.5 })
  return (seconds * 1e9) / rows
}

function predictAll(model: Model, table: Table): Prediction {
  return expectAccepted(predict(model, table))
}

function expectAccepted<T>(result: T | Refusal): T {
  if (!isRefusal(result)) return result
  throw new SignalboxError({ code: 'LABEL_UNUSABLE', message: result.message, suggestion: 'Change the table or the trainer as the message says.' })
}
