import { chooseLambda } from './choose-lambda.ts'
import type { Context } from './context.ts'
import { gramMatrix } from './design-gram.ts'
import type { FitRequest } from './fit-request.ts'
import { designRows } from './linear-design.ts'
import { learnEncodings } from './linear-encoding.ts'
import { type LinearTerm, linearTerm } from './linear-term.ts'
import type { Model } from './model.ts'
import { solveLinear } from './solve-linear.ts'
import { interceptsOfTarget, linkOfTask } from './start-score.ts'
import { type Column, outputsOf } from './table.ts'

/** Fits a linear, logistic or softmax regression with an L2 penalty chosen by cross-validation. */
export async function fitLinear(request: FitRequest, context: Context): Promise<Model> {
  const { table, target, seed } = request
  const lambda = request.settings?.linear?.lambda ?? (await chooseLambda({ table, target, seed }, context))
  const encodings = learnEncodings(table)
  const design = designRows(table, encodings)
  const { width } = design
  const coefficients = new Float64Array(outputsOf(target) * width)
  for (const [k, start] of interceptsOfTarget(target).entries()) coefficients[k * width] = start
  solveLinear(coefficients, { design, target, gram: gramMatrix(design), lambda, steps: 200, tolerance: 1e-13 })
  const outputs = Array.from({ length: outputsOf(target) }, (_, k) => coefficients.subarray(k * width, (k + 1) * width))
  const built: LinearTerm[] = []
  let start = 1
  for (const [i, encoding] of encodings.entries()) {
    const end = start + encoding.width
    const own = outputs.map((output) => output.slice(start, end))
    built.push(linearTerm(encoding, table.columns[i] as Column, own))
    start = end
  }
  return {
    format: 'signalbox-model',
    version: 1,
    trainer: 'linear',
    task: target.task,
    link: linkOfTask(target.task),
    ...(target.task === 'regression' ? {} : { classes: [...target.classes] }),
    intercepts: outputs.map((output, k) =>
      built.reduce((sum, { means }) => sum + (means[k] as number), output[0] as number),
    ),
    terms: built.map(({ term }) => term),
    training: { rows: table.rows, seed, lambda },
  }
}
