import { orThrow } from '#core/errors'
import type { Cell } from '#core/ports'
import type { Model, NumericTerm, CategoryTerm, PairAxis, PairTerm, Term } from '#ml/model'
import { type Random, seededRandom } from '#ml/random'
import { type RawProfile, rawProfile } from './raw-profile.ts'
import { openScorer, type Scorer } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'
import { openWhatIf, type WhatIfModel } from './what-if-model.ts'

export const levels = ['east', 'north', 'south', 'west'] as const
export const sizes = [0, 1, 2, 3, 4, 5, 6] as const
export const weights = [0, 0.5, 1, 1.5, 2, 2.5] as const

/** A generated model of three raw columns, and of one that is made of two of them, with terms of every kind. */
export function generatedModel(seed: number): WhatIfModel & { readonly random: Random } {
  const random = seededRandom(seed)
  const outputs = random.below(4) === 0 ? 3 : 1
  const task = outputs === 3 ? 'multiclass' : random.below(3) === 0 ? 'regression' : 'binary'
  const derived = random.below(2) === 0
  const classes = task === 'binary' ? ['no', 'yes'] : task === 'multiclass' ? ['a', 'b', 'c'] : null
  const terms: Term[] = [numeric('size', { outputs, random }), numeric('weight', { outputs, random }), category({ outputs, random })]
  if (random.below(2) === 0) terms.push(pair('size', { outputs, random }))
  if (random.below(2) === 0) terms.push(pair('weight', { outputs, random }))
  if (derived) terms.push(numeric('load', { outputs, random }))
  if (random.below(3) === 0) terms.push({ kind: 'slope', feature: 'weight', missing: zeros(outputs), missingWeight: 0, importance: 1, mean: 1, scale: 1, slope: numbers(outputs, random), shift: zeros(outputs) })
  const model: Model = {
    format: 'signalbox-model',
    version: 2,
    trainer: 'glassbox',
    task,
    link: task === 'binary' ? 'logit' : task === 'multiclass' ? 'softmax' : 'identity',
    ...(classes === null ? {} : { classes }),
    intercepts: zeros(outputs),
    terms,
    training: { rows: 100, seed },
  }
  return { ...orThrow(openWhatIf(scorerOf(model, derived), profiles())), random }
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)
const numbers = (count: number, random: Random): number[] => Array.from({ length: count }, () => 2 * random.next() - 1)

interface Making {
  readonly outputs: number
  readonly random: Random
}

function curve(bins: number, { outputs, random }: Making) {
  const byOutput = (): number[][] => Array.from({ length: outputs }, () => numbers(bins, random))
  return { scores: byOutput(), deviation: byOutput(), weight: Array.from({ length: bins }, () => random.below(60)) }
}

function edgesOf(feature: string, random: Random): number[] {
  const all = feature === 'load' ? [0.5, 1.25, 2.25, 4.75, 7.25] : feature === 'size' ? [0.5, 1.5, 2.5, 3.5, 4.5, 5.5] : [0.25, 0.75, 1.25, 1.75, 2.25]
  return all.filter(() => random.below(3) > 0)
}

function numeric(feature: string, making: Making): NumericTerm {
  const edges = edgesOf(feature, making.random)
  return { kind: 'numeric', feature, edges, missing: zeros(making.outputs), missingWeight: 0, importance: 1, ...curve(edges.length + 1, making) }
}

function category(making: Making): CategoryTerm {
  return { kind: 'category', feature: 'site', levels: [...levels], bins: [0, 1, 2, 3], missing: zeros(making.outputs), missingWeight: 0, importance: 1, unseen: zeros(making.outputs), unseenWeight: 0, ...curve(4, making) }
}

function pair(feature: string, making: Making): PairTerm {
  const edges = edgesOf(feature, making.random)
  const axes: readonly [PairAxis, PairAxis] = [{ kind: 'numeric', feature, edges }, { kind: 'category', feature: 'site', levels: [...levels], slots: [1, 2, 3, 4], unseen: 5, size: 6 }]
  return { kind: 'pair', axes, importance: 1, ...curve((edges.length + 2) * 6, making) }
}

/** A scorer of a model of size, weight and site, and of load = size x weight. */
export function scorerOf(model: Model, derived: boolean): Scorer {
  const document: ScorerDocument = {
    format: 'signalbox-scorer',
    version: 1,
    pipeline: {
      spec: { version: '2.0', steps: derived ? [{ id: 'load', type: 'ExpressionTransformer', params: { expression: 'size * weight', output_column: 'load' } }] : [] },
      columns: [
        { id: 'c0', name: 'size', type: 'integer' },
        { id: 'c1', name: 'weight', type: 'number' },
        { id: 'c2', name: 'site', type: 'text' },
      ],
      reads: ['size', 'weight', 'site'],
      state: {},
    },
    label: 'y',
    task: model.task,
    classes: model.classes ?? null,
    positive: model.task === 'binary' ? 'yes' : null,
    features: [
      { name: 'size', type: 'integer' },
      { name: 'weight', type: 'number' },
      { name: 'site', type: 'text' },
      ...(derived ? [{ name: 'load', type: 'number' as const }] : []),
    ],
    calibration: { kind: 'identity' },
    threshold: model.task === 'binary' ? 0.5 : null,
    model,
  }
  return orThrow(openScorer(document))
}

function profiles(): Map<string, RawProfile> {
  const counted = (values: readonly Cell[]) => values.map((value, i) => ({ value, rows: 10 + i }))
  return new Map([
    ['size', rawProfile({ name: 'size', type: 'integer' }, counted(sizes))],
    ['weight', rawProfile({ name: 'weight', type: 'number' }, counted(weights))],
    ['site', rawProfile({ name: 'site', type: 'text' }, counted(levels))],
  ])
}
