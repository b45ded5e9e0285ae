import { castTo, type OnnxBuilder } from './onnx-builder.ts'
import { readsOfTrees, treesSum } from './onnx-trees.ts'
import type { PortableModel, PortableRead, PortableTerm } from './portable-model.ts'

/** What stands for a missing text in a tensor, which has no gaps: the symbol for "null". */
export const missingText = '\u2400'

/** The scores of the model, [rows, outputs]; `values` are the names of what it reads, [rows, 1]. */
export function onnxScores(builder: OnnxBuilder, model: PortableModel, values: readonly string[]): string {
  const reads = model.trees === null ? model.reads : readsOfTrees(model.reads, model.trees)
  const slots = reads.map((read, i) => slotOf(builder, read, values[i] ?? ''))
  const outputs = model.intercepts.length
  const start = builder.doubles(model.intercepts, [1, outputs])
  const first = slots[0]
  // Without a read there is still one score for each row.
  const zeros = first === undefined ? null : builder.op('Gather', [builder.doubles([0], [1, 1]), builder.op('Mul', [first, builder.integers([0])])])
  let sum = zeros === null ? start : builder.op('Add', [zeros, start])
  for (const term of model.terms) sum = builder.op('Add', [sum, partOf(builder, term, { slots, values, outputs })])
  if (model.trees === null) return sum
  const byOutput = model.trees.map((trees) => builder.op('Unsqueeze', [treesSum(builder, trees, { reads, slots }), builder.integers([1])]))
  return builder.op('Add', [sum, byOutput.length === 1 ? (byOutput[0] ?? '') : builder.op('Concat', byOutput, { attributes: { axis: 1 } })])
}

/** Slot of each row, [rows]. */
function slotOf(builder: OnnxBuilder, read: PortableRead, value: string): string {
  if (read.kind === 'category') {
    const [keys, slots] = [[missingText, ...read.levels], [0, ...read.levels.map((_, i) => i + 2)]]
    const found = builder.op('LabelEncoder', [value], { domain: 'ai.onnx.ml', attributes: { keys_strings: keys, values_int64s: slots, default_int64: 1 } })
    return builder.op('Reshape', [found, builder.integers([-1])])
  }
  const above = read.edges.length === 0 ? null : builder.op('Cast', [builder.op('Greater', [value, builder.doubles(read.edges, [1, read.edges.length])])], castTo.int64)
  const flat = builder.op('Reshape', [isGap(builder, value), builder.integers([-1])])
  const place = above === null ? builder.integers([1]) : builder.op('Add', [builder.op('ReduceSum', [above, builder.integers([1])], { attributes: { keepdims: 0 } }), builder.integers([1])])
  return builder.op('Where', [flat, builder.integers([0]), place])
}

/** Whether a number is none, or infinite. */
function isGap(builder: OnnxBuilder, value: string): string {
  return builder.op('IsNaN', [builder.op('Sub', [value, value])])
}

interface Places {
  readonly slots: readonly string[]
  readonly values: readonly string[]
  readonly outputs: number
}

function partOf(builder: OnnxBuilder, term: PortableTerm, { slots, values, outputs }: Places): string {
  const table = (scores: readonly (readonly number[])[]): string => builder.doubles((scores[0] ?? []).flatMap((_, at) => scores.map((of) => of[at] ?? 0)), [scores[0]?.length ?? 0, outputs])
  if (term.kind === 'curve') return builder.op('Gather', [table(term.scores), slots[term.read] ?? ''])
  if (term.kind === 'pair') {
    const [first, second] = term.reads
    const cell = builder.op('Add', [builder.op('Gather', [builder.integers(term.starts), slots[first] ?? '']), builder.op('Gather', [builder.integers(term.offsets), slots[second] ?? ''])])
    return builder.op('Gather', [table(term.scores), cell])
  }
  const row = (list: readonly number[]): string => builder.doubles(list, [1, outputs])
  const value = values[term.read] ?? ''
  const line = builder.op('Add', [builder.op('Mul', [builder.op('Sub', [value, builder.doubles([term.mean], [1, 1])]), row(term.slope)]), row(term.shift)])
  return builder.op('Where', [isGap(builder, value), row(term.missing), line])
}

/** Probabilities, [rows, classes], and the predicted class or value, out of the scores. */
export function onnxAnswer(builder: OnnxBuilder, model: PortableModel, score: string): void {
  if (model.task === 'regression') {
    const { logScale } = model
    if (logScale === null) builder.op('Identity', [score], { as: 'pred' })
    else {
      const clipped = builder.op('Min', [builder.doubles([logScale.high], [1, 1]), builder.op('Max', [builder.doubles([logScale.low], [1, 1]), score])])
      builder.op('Mul', [builder.op('Exp', [clipped]), builder.doubles([logScale.smear], [1, 1])], { as: 'pred' })
    }
    return
  }
  const names = builder.texts(model.classes ?? [])
  if (model.task === 'multiclass') {
    builder.op('Softmax', [score], { as: 'proba', attributes: { axis: 1 } })
    builder.op('Gather', [names, builder.op('ArgMax', ['proba'], { attributes: { axis: 1, keepdims: 0 } })], { as: 'pred' })
    return
  }
  const yes = calibrated(builder, model, score)
  builder.op('Concat', [builder.op('Sub', [builder.doubles([1], [1, 1]), yes]), yes], { as: 'proba', attributes: { axis: 1 } })
  const chosen = builder.op('Cast', [builder.op('GreaterOrEqual', [yes, builder.doubles([model.threshold], [1, 1])])], castTo.int64)
  builder.op('Gather', [names, builder.op('Reshape', [chosen, builder.integers([-1])])], { as: 'pred' })
}

function calibrated(builder: OnnxBuilder, { calibration }: PortableModel, score: string): string {
  const one = (value: number): string => builder.doubles([value], [1, 1])
  if (calibration.kind === 'identity') return builder.op('Sigmoid', [score])
  if (calibration.kind === 'platt') return builder.op('Sigmoid', [builder.op('Add', [builder.op('Mul', [score, one(calibration.slope)]), one(calibration.intercept)])])
  const { scores, probabilities } = calibration
  // Level outside: a further knot on either side.
  const [xs, ys] = [[(scores[0] ?? 0) - 1, ...scores, (scores.at(-1) ?? 0) + 1], [probabilities[0] ?? 0, ...probabilities, probabilities.at(-1) ?? 0]]
  const held = builder.op('Min', [one(xs.at(-1) ?? 0), builder.op('Max', [one(xs[0] ?? 0), score])])
  const above = builder.op('ReduceSum', [builder.op('Cast', [builder.op('GreaterOrEqual', [held, builder.doubles(xs.slice(1, -1), [1, xs.length - 2])])], castTo.int64), builder.integers([1])], { attributes: { keepdims: 1 } })
  const at = (list: readonly number[]): string => builder.op('Gather', [builder.doubles(list), above])
  const [x, y, nextX, nextY] = [at(xs), at(ys), at(xs.slice(1)), at(ys.slice(1))]
  const share = builder.op('Div', [builder.op('Sub', [held, x]), builder.op('Sub', [nextX, x])])
  return builder.op('Add', [y, builder.op('Mul', [share, builder.op('Sub', [nextY, y])])])
}
