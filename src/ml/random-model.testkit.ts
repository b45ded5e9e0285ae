import type { Value } from './compiled-model.ts'
import type { Model, PairAxis, Term } from './model.ts'
import { type Random, seededRandom } from './random.ts'
import { gaussian } from './synthetic.testkit.ts'
import type { Column, Table } from './table.ts'

/** A model that nobody fitted, with terms of every kind, and a table that it can read. */
export interface RandomModel {
  readonly model: Model
  readonly table: Table
}

interface Feature {
  readonly name: string
  readonly levels: readonly string[] | null
}

/** Makes a model of two to six features, each read by none to several terms, and rows with every kind of value. */
export function randomModel(seed: number, rows: number): RandomModel {
  const random = seededRandom(seed)
  const outputs = random.below(3) === 0 ? 3 : 1
  const features = Array.from({ length: 2 + random.below(5) }, (_, i): Feature => {
    const levels = Array.from({ length: random.below(7) }, (_, j) => (j === 0 ? '' : `level ${j}`))
    return { name: `f${i}`, levels: random.below(2) === 0 ? levels : null }
  })
  const pick = (): Feature => features[random.below(features.length)] ?? { name: 'f0', levels: null }
  const terms = Array.from({ length: random.below(9) }, (): Term => randomTerm([pick(), pick()], outputs, random))
  const task = outputs === 3 ? 'multiclass' : random.below(2) === 0 ? 'binary' : 'regression'
  const model: Model = {
    format: 'signalbox-model',
    version: 2,
    trainer: 'glassbox',
    task,
    link: task === 'multiclass' ? 'softmax' : task === 'binary' ? 'logit' : 'identity',
    ...(task === 'regression' ? {} : { classes: ['a', 'b', 'c'].slice(0, outputs === 3 ? 3 : 2) }),
    intercepts: Array.from({ length: outputs }, () => gaussian(random)),
    terms,
    training: { rows: 10, seed },
  }
  return { model, table: { rows, columns: features.map((feature) => randomColumn(feature, rows, random)) } }
}

function randomTerm([one, other]: readonly [Feature, Feature], outputs: number, random: Random): Term {
  const numbers = (count: number): number[] => Array.from({ length: count }, () => gaussian(random))
  const byOutput = (count: number): number[][] => Array.from({ length: outputs }, () => numbers(count))
  const curve = (bins: number) => ({ scores: byOutput(bins), deviation: byOutput(bins), weight: numbers(bins).map(Math.abs) })
  const common = { feature: one.name, missing: numbers(outputs), missingWeight: random.below(9), importance: random.next() }
  const kind = random.below(3)
  if (kind === 0) {
    const axes = [randomAxis(one, random), randomAxis(other, random)] as const
    return { kind: 'pair', axes, importance: random.next(), ...curve(sizeOf(axes[0]) * sizeOf(axes[1])) }
  }
  if (one.levels !== null) {
    const bins = 1 + random.below(4)
    const levels = one.levels.filter(() => random.below(4) > 0)
    const unseen = { unseen: numbers(outputs), unseenWeight: random.below(9) }
    return { kind: 'category', ...common, levels, bins: levels.map(() => random.below(bins)), ...unseen, ...curve(bins) }
  }
  if (kind === 1) return { kind: 'slope', ...common, mean: gaussian(random), scale: 1 + random.next(), slope: numbers(outputs), shift: numbers(outputs) }
  const edges = randomEdges(random)
  return { kind: 'numeric', ...common, edges, ...curve(edges.length + 1) }
}

function randomAxis({ name, levels }: Feature, random: Random): PairAxis {
  if (levels === null) return { kind: 'numeric', feature: name, edges: randomEdges(random) }
  const size = 2 + random.below(4)
  const named = levels.filter(() => random.below(4) > 0)
  const unseen = 1 + random.below(size - 1)
  return { kind: 'category', feature: name, levels: named, slots: named.map(() => 1 + random.below(size - 1)), unseen, size }
}

function sizeOf(axis: PairAxis): number {
  return axis.kind === 'numeric' ? axis.edges.length + 2 : axis.size
}

/** Edges on a coarse lattice, so that those of several terms, and values, meet. */
function randomEdges(random: Random): number[] {
  return Array.from({ length: random.below(12) }, () => (random.below(41) - 20) / 4).sort((a, b) => a - b)
}

const strangeNumbers = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, Number.MIN_VALUE, -Number.MIN_VALUE, 1e300, -1e300]

function randomColumn({ name, levels }: Feature, rows: number, random: Random): Column {
  if (levels === null) {
    const draw = (): number => {
      const kind = random.below(4)
      if (kind === 0) return strangeNumbers[random.below(strangeNumbers.length)] ?? 0
      return kind === 1 ? (random.below(41) - 20) / 4 : 3 * gaussian(random)
    }
    return { name, kind: 'numeric', values: Float64Array.from({ length: rows }, draw) }
  }
  // The table has levels of its own, in another order than the model names them.
  const here = [...levels, 'new'].reverse()
  return { name, kind: 'category', levels: here, codes: Int32Array.from({ length: rows }, () => random.below(here.length + 1) - 1) }
}

/** The cells of one row by column name, missing ones as null, numbers now and then as text. */
export function rowOf({ columns }: Table, row: number): Record<string, Value> {
  return Object.fromEntries(
    columns.map((column): [string, Value] => {
      if (column.kind === 'category') return [column.name, column.levels[column.codes[row] ?? -1] ?? null]
      const value = column.values[row] ?? Number.NaN
      if (!Number.isFinite(value)) return [column.name, null]
      return [column.name, row % 3 === 0 && !Object.is(value, -0) ? String(value) : value]
    }),
  )
}
