import { accept, refuse, type Result } from '#core/errors'
import { calibratedProbability } from '#ml/calibration-map'
import { exp } from '#ml/exponential'
import { log } from '#ml/logarithm'
import { valueOfLogScore } from '#ml/score-scale'
import type { RowScore } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'
import type { WhatIfTarget } from './what-if-request.ts'

/** A target as sums that have to be at least so much, each a weighted sum of the scores by output. */
export interface Goal {
  /** In words, to follow "to reach". */
  readonly text: string
  readonly components: readonly { readonly weights: readonly number[]; readonly least: number }[]
  /** Of several classes: the least probability of the one, given its margins over the others. */
  readonly joint: number | null
  /** Whether what the scorer says reaches it: this decides in the end. */
  reached(said: RowScore): boolean
  /** The figure that the target speaks of. */
  measured(said: RowScore): number
  /** The same from the sums by component. */
  figureOf(sums: readonly number[]): number
  /** Whether a larger figure is nearer to the target. */
  readonly upwards: boolean
}

/** Reads a target against what the model predicts. */
export function readGoal(document: ScorerDocument, target: WhatIfTarget, threshold: number): Result<Goal> {
  if (target.kind === 'value') return document.task === 'regression' ? valueGoal(document, target) : unfit(document, 'a value')
  if (document.task === 'regression') return unfit(document, target.kind === 'class' ? 'a class' : 'a probability')
  const classes = document.classes ?? []
  const label = target.label ?? classes[1] ?? ''
  const place = classes.indexOf(label)
  if (place < 0) return refuse('VALIDATION_FAILED', `target: expected one of the classes ${classes.map((one) => JSON.stringify(one)).join(', ')}, received ${JSON.stringify(label)}.`)
  if (document.task === 'binary') return accept(binaryGoal(document, { target, label, isPositive: place === 1, threshold }))
  return severalGoal(document, { target, label, place })
}

function unfit({ task, label }: ScorerDocument, asked: string): Result<never> {
  const expected = task === 'regression' ? 'a value, since the model predicts a number' : 'a class or a probability, since the model predicts classes'
  return refuse('VALIDATION_FAILED', `target: expected ${expected} (${JSON.stringify(label)}), received ${asked}.`)
}

type ValueTarget = Extract<WhatIfTarget, { kind: 'value' }>

function valueGoal({ model, label }: ScorerDocument, { at_least, at_most }: ValueTarget): Result<Goal> {
  if (at_least === null && at_most === null) return refuse('VALIDATION_FAILED', 'target.value: expected at_least, at_most or both, received neither.')
  const valueAt = (score: number): number => (model.logScale ? valueOfLogScore(score, model.logScale) : score)
  const reaches = (value: number): boolean => (at_least === null || value >= at_least) && (at_most === null || value <= at_most)
  const components: { weights: number[]; least: number }[] = []
  if (at_least !== null) components.push({ weights: [1], least: model.logScale ? smallest((score) => valueAt(score) >= at_least) : at_least })
  if (at_most !== null) components.push({ weights: [-1], least: model.logScale ? smallest((score) => valueAt(-score) <= at_most) : -at_most })
  const parts = [at_least === null ? '' : `at least ${at_least}`, at_most === null ? '' : `at most ${at_most}`].filter((part) => part !== '')
  const measured = (said: RowScore): number => (said.task === 'regression' ? said.value : Number.NaN)
  return accept({ text: `${label} of ${parts.join(' and ')}`, components, joint: null, reached: (said) => reaches(measured(said)), measured, figureOf: ([sum = 0]) => valueAt(at_least === null ? -sum : sum), upwards: at_least !== null })
}

interface BinaryTarget {
  readonly target: Exclude<WhatIfTarget, ValueTarget>
  readonly label: string
  readonly isPositive: boolean
  readonly threshold: number
}

function binaryGoal({ calibration }: ScorerDocument, { target, label, isPositive, threshold }: BinaryTarget): Goal {
  const own = (probability: number): number => (isPositive ? probability : 1 - probability)
  const reaches = (probability: number): boolean => {
    if (target.kind === 'class') return isPositive ? probability >= threshold : probability < threshold
    return own(probability) >= (target.at_least ?? 0) && own(probability) <= (target.at_most ?? 1)
  }
  const at = (score: number): number => calibratedProbability(calibration, score)
  const rises = at(scoreLimit) >= at(-scoreLimit)
  const wantsMore = target.kind === 'class' ? isPositive : (target.at_least !== null) === isPositive
  const components: { weights: number[]; least: number }[] = []
  const both = target.kind === 'probability' && target.at_least !== null && target.at_most !== null
  for (const side of both ? [true, false] : [wantsMore]) {
    const sign = side === rises ? 1 : -1
    // Of a range, each side by itself can be reached from one end.
    const reachesSide = (probability: number): boolean => (both && target.kind === 'probability' ? ((side === isPositive) ? own(probability) >= (target.at_least ?? 0) : own(probability) <= (target.at_most ?? 1)) : reaches(probability))
    components.push({ weights: [sign], least: smallest((score) => reachesSide(at(sign * score))) })
  }
  const [first] = components
  const figureOf = ([sum = 0]: readonly number[]): number => own(at((first?.weights[0] ?? 1) * sum))
  const measured = (said: RowScore): number => (said.task === 'binary' ? own(said.probability) : Number.NaN)
  const upwards = target.kind === 'class' || target.at_least !== null
  return { text: textOf(target, label), components, joint: null, reached: (said) => said.task === 'binary' && reaches(said.probability), measured, figureOf, upwards }
}

function textOf(target: Exclude<WhatIfTarget, ValueTarget>, label: string): string {
  if (target.kind === 'class') return `the prediction ${JSON.stringify(label)}`
  const parts = [target.at_least === null ? '' : `at least ${target.at_least}`, target.at_most === null ? '' : `at most ${target.at_most}`].filter((part) => part !== '')
  return `a probability of ${JSON.stringify(label)} of ${parts.join(' and ')}`
}

interface SeveralTarget {
  readonly target: Exclude<WhatIfTarget, ValueTarget>
  readonly label: string
  readonly place: number
}

function severalGoal({ classes }: ScorerDocument, { target, label, place }: SeveralTarget): Result<Goal> {
  const names = classes ?? []
  if (target.kind === 'probability' && target.at_most !== null) {
    return refuse('VALIDATION_FAILED', 'target.probability.at_most: it is offered for two classes only.', { suggestion: 'Name the class that is wanted in target.class, or its probability with at_least.' })
  }
  const least = target.kind === 'probability' ? (target.at_least ?? 0) : null
  const rivals = names.flatMap((_, rival) => (rival === place ? [] : [rival]))
  const components = rivals.map((rival) => ({
    weights: names.map((_, k) => (k === place ? 1 : k === rival ? -1 : 0)),
    least: least === null ? 0 : least <= 0 ? -outOfReach : least >= 1 ? outOfReach : log(least / (1 - least)),
  }))
  const measured = (said: RowScore): number => (said.task === 'multiclass' ? (said.probabilities[label] ?? 0) : Number.NaN)
  const figureOf = (sums: readonly number[]): number => 1 / sums.reduce((odds, margin) => odds + exp(-margin), 1)
  const reached = (said: RowScore): boolean => said.task === 'multiclass' && (least === null ? said.prediction === label : measured(said) >= least)
  return accept({ text: textOf(target, label), components, joint: least, reached, measured, figureOf, upwards: true })
}

/** Scores beyond this change no probability any more. */
const scoreLimit = 1_000

/** A sum that no model has; finite, so that how far it is can be told. */
const outOfReach = 1e12

/** The smallest score from which on something holds; out of reach where it never does. */
function smallest(holds: (score: number) => boolean): number {
  let [low, high] = [-scoreLimit, scoreLimit]
  if (holds(low)) return -outOfReach
  if (!holds(high)) return outOfReach
  for (let left = 200; left > 0; left--) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}
