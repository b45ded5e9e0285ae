import { type Random, seededRandom } from './random.ts'
import type { Column, Table, Target } from './table.ts'

/** A table with a known truth: x1 bends the score, x2 lifts it, city shifts it, noise says nothing. */
export interface Synthetic {
  readonly table: Table
  readonly target: Target
}

/** Cities of the synthetic table and what each adds to the score. */
const CITIES = ['Bern', 'Lyon', 'Oslo', 'Rome', 'Wien']
const EFFECTS = [-1.2, 0.4, 1.5, 0, -0.5]

/** Makes a table of one task; every tenth value of x1 and every twelfth city is missing. */
export function makeSynthetic(task: Target['task'], rows: number, seed = 1): Synthetic {
  const random = seededRandom(seed, rows)
  const x1 = Float64Array.from({ length: rows }, (_, i) => (i % 10 === 9 ? Number.NaN : random.next() * 10))
  const x2 = Float64Array.from({ length: rows }, () => Math.round(gaussian(random) * 4) / 4)
  const noise = Float64Array.from({ length: rows }, () => random.next())
  const codes = Int32Array.from({ length: rows }, (_, i) => (i % 12 === 5 ? -1 : random.below(CITIES.length)))
  const score = Float64Array.from(x1, (value, i) => {
    const bend = Number.isNaN(value) ? 0.7 : 2 * Math.sin(value / 2)
    return bend + 1.2 * (x2[i] as number) + (EFFECTS[codes[i] as number] ?? 0.2)
  })
  const columns: Column[] = [
    { name: 'x1', kind: 'numeric', values: x1 },
    { name: 'x2', kind: 'numeric', values: x2 },
    { name: 'noise', kind: 'numeric', values: noise },
    { name: 'city', kind: 'category', codes, levels: CITIES },
  ]
  return { table: { rows, columns }, target: drawTarget(task, score, random) }
}

function drawTarget(task: Target['task'], score: Float64Array, random: Random): Target {
  if (task === 'regression') return { task, values: score.map((value) => value + 0.5 * gaussian(random)) }
  if (task === 'binary') {
    const codes = Int32Array.from(score, (value) => (random.next() < 1 / (1 + Math.exp(-value)) ? 1 : 0))
    return { task, codes, classes: ['no', 'yes'] }
  }
  const codes = Int32Array.from(score, (value) => {
    const level = value + 0.5 * gaussian(random)
    return level < -1 ? 0 : level < 1 ? 1 : 2
  })
  return { task, codes, classes: ['low', 'middle', 'high'] }
}

/** A draw from the standard normal distribution (Box-Muller). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}
