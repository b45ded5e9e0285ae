import { choosePenalty } from './choose-lambda.ts'
import type { Context } from './context.ts'
import { solveElasticNet } from './elastic-net.ts'
import type { FitRequest } from './fit-request.ts'
import { curvatureRows } from './linear-curvature.ts'
import { designRows } from './linear-design.ts'
import { type LinearEncoding, learnEncodings } from './linear-encoding.ts'
import { startingPoint } from './linear-path.ts'
import { hasAbsolutePart, type LinearProblem, type Penalty } from './linear-problem.ts'
import { solveRidge } from './linear-ridge.ts'
import { type LinearTerm, linearTerm } from './linear-term.ts'
import type { Model } from './model.ts'
import { rowsThatCount, spreadOf, takeWeights } from './row-weights.ts'
import { linkOfTask } from './start-score.ts'
import { type Column, outputsOf, takeRows, takeTarget } from './table.ts'

/**
 * Fits a linear, logistic or softmax regression with an elastic-net penalty (see LinearProblem for the objective),
 * chosen by cross-validation where it is not given. Rows of weight zero are as if they were not there; a weight of 3
 * is as good as the row three times.
 */
export async function fitLinear(request: FitRequest, context: Context): Promise<Model> {
  const { seed } = request
  const { table, target, weights, unit } = rowsToLearnFrom(request)
  const settings = request.settings?.linear
  const penalty: Penalty =
    settings?.lambda === undefined
      ? await choosePenalty({ table, target, weights, settings, seed }, context)
      : { lambda: settings.lambda, l1Ratio: settings.l1Ratio ?? 0 }
  const encodings = learnEncodings(table, weights)
  const problem = { design: designRows(table, encodings), target, weights, penalty }
  const outputs = solve(problem).map((output) => output.map((coefficient) => coefficient * unit))
  const terms = termsOf({ encodings, columns: table.columns, weights, outputs })
  return {
    format: 'signalbox-model',
    version: 2,
    trainer: 'linear',
    task: target.task,
    link: linkOfTask(target.task),
    ...(target.task === 'regression' ? {} : { classes: [...target.classes] }),
    intercepts: outputs.map((output, k) =>
      terms.reduce((sum, { means }) => sum + (means[k] as number), output[0] as number),
    ),
    terms: terms.map(({ term }) => term),
    training: { rows: request.table.rows, seed, ...penalty },
  }
}

type Rows = Pick<FitRequest, 'table' | 'target' | 'weights'>

/** Rows of a weight above zero, and a target of numbers divided by `unit`, its standard deviation. */
function rowsToLearnFrom({ table, target, weights }: Rows): Rows & { readonly unit: number } {
  const rows = rowsThatCount(table.rows, weights)
  if (rows.length < table.rows) {
    const own = takeWeights(weights, rows)
    return rowsToLearnFrom({ table: takeRows(table, rows), target: takeTarget(target, rows), weights: own })
  }
  if (target.task !== 'regression') return { table, target, weights, unit: 1 }
  const { mean, deviation } = spreadOf(target.values, weights)
  const unit = deviation > Math.abs(mean) * 1e-12 ? deviation : Math.max(1, Math.abs(mean))
  return { table, target: { ...target, values: target.values.map((value) => value / unit) }, weights, unit }
}

/** Share of the objective that a step must be good for, in the end. */
const TOLERANCE = 1e-20

/** Coefficients by output, to about nine digits. */
function solve(problem: LinearProblem): Float64Array[] {
  const { width } = problem.design
  const point = startingPoint(problem)
  const curvature = curvatureRows(problem)
  if (hasAbsolutePart(problem.penalty)) solveElasticNet(point, problem, { tolerance: TOLERANCE, steps: 200, curvature })
  else solveRidge(point, problem, { tolerance: TOLERANCE, steps: 20, rounds: 10, curvature })
  const outputs = Array.from({ length: outputsOf(problem.target) }, (_, k) =>
    point.subarray(k * width, (k + 1) * width),
  )
  if (outputs.length > 1) centreIntercepts(outputs)
  return outputs
}

/** Moving all intercepts alike changes no probability; their mean is made zero, so that the model is one of its kind. */
function centreIntercepts(outputs: readonly Float64Array[]): void {
  const mean = outputs.reduce((sum, output) => sum + (output[0] as number), 0) / outputs.length
  for (const output of outputs) output[0] = (output[0] as number) - mean
}

interface Solved {
  readonly encodings: readonly LinearEncoding[]
  readonly columns: readonly Column[]
  readonly weights: FitRequest['weights']
  readonly outputs: readonly Float64Array[]
}

function termsOf({ encodings, columns, weights, outputs }: Solved): LinearTerm[] {
  let start = 1
  return encodings.map((encoding, i) => {
    const end = start + encoding.width
    const coefficients = outputs.map((output) => output.subarray(start, end))
    start = end
    return linearTerm(encoding, { column: columns[i] as Column, weights, coefficients })
  })
}
