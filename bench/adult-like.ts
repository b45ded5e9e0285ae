import { type Random, seededRandom } from '#ml/random'
import type { Column, Table, Target } from '#ml/table'
import type { FoldSplit } from '#service/split-fold'

/** Level counts of eight columns of text, and how six columns of numbers are drawn, as in a census table. */
const levelCounts = [9, 16, 7, 15, 6, 5, 2, 42]
const drawNumber: readonly ((random: Random) => number)[] = [
  (random) => 17 + Math.floor(73 * random.next() ** 1.6),
  (random) => Math.round(12_000 + 400_000 * random.next() ** 2 + 1000 * random.next()),
  (random) => 1 + Math.floor(8 * (random.next() + random.next())),
  (random) => (random.next() < 0.92 ? 0 : 114 * (1 + random.below(120)) ** 1.4),
  (random) => (random.next() < 0.95 ? 0 : 155 + 25 * random.below(90)),
  (random) => (random.next() < 0.45 ? 40 : 1 + Math.floor(49 * (random.next() + random.next()))),
]
/** Pairs of columns that act together. */
const pairCount = 14
const missingShare = 0.03

/** What a value of a column says: a number between about -1 and 1 by its bend, a level by a draw of its own. */
type Say = (value: number) => number

/**
 * Rows like those of a census table (6 numbers, some with a spike at 0; 8 texts of 2 to 42 levels; 3 % missing) with a binary target of which
 * the truth has a curve for each column and 14 pairs. The same seed gives the same rows.
 */
export function adultLike(rows: { readonly train: number; readonly test: number }, seed: number): FoldSplit {
  const random = seededRandom(seed)
  const says = [...drawNumber.map((draw) => bend(draw, random)), ...levelCounts.map((count) => levelEffects(count, random))]
  const pairs = drawPairs(says.length, random)
  const make = (count: number) => makeSide(count, { random, says, pairs })
  return { train: make(rows.train), test: make(rows.test) }
}

/** A wave over the range that the values come from. */
function bend(draw: (random: Random) => number, random: Random): Say {
  const sample = Array.from({ length: 500 }, () => draw(random)).sort((a, b) => a - b)
  const [low = 0, high = 1] = [sample[10], sample.at(-10)]
  const waves = 2 + 2 * random.next()
  return (value) => (Number.isNaN(value) ? 0.2 : Math.sin((waves * (value - low)) / (high - low)))
}

function levelEffects(count: number, random: Random): Say {
  const effects = Float64Array.from({ length: count }, () => 2 * random.next() - 1)
  return (code) => effects[code] ?? 0
}

function drawPairs(columns: number, random: Random): [number, number][] {
  const all: [number, number][] = []
  for (let a = 0; a < columns; a++) for (let b = a + 1; b < columns; b++) all.push([a, b])
  return Array.from({ length: pairCount }, () => all.splice(random.below(all.length), 1)[0] ?? [0, 1])
}

interface Truth {
  readonly random: Random
  readonly says: readonly Say[]
  readonly pairs: readonly (readonly [number, number])[]
}

function makeSide(rows: number, { random, says, pairs }: Truth): { table: Table; target: Target } {
  const columns: Column[] = [
    ...drawNumber.map((draw, i): Column => ({ name: `number_${i}`, kind: 'numeric', values: Float64Array.from({ length: rows }, () => (i % 3 === 2 && random.next() < missingShare ? Number.NaN : draw(random))) })),
    ...levelCounts.map((count, i): Column => ({ name: `text_${i}`, kind: 'category', levels: Array.from({ length: count }, (_, level) => `level ${level}`), codes: Int32Array.from({ length: rows }, () => (i % 3 === 1 && random.next() < missingShare ? -1 : drawLevel(count, random))) })),
  ]
  const values = columns.map((column) => (column.kind === 'numeric' ? column.values : column.codes))
  const said = new Float64Array(says.length)
  const codes = new Int32Array(rows)
  for (let row = 0; row < rows; row++) {
    let score = -1
    for (const [c, say] of says.entries()) {
      said[c] = say(values[c]?.[row] ?? Number.NaN)
      score += 0.8 * (said[c] ?? 0)
    }
    for (const [a, b] of pairs) score += 0.9 * (said[a] ?? 0) * (said[b] ?? 0)
    codes[row] = random.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0
  }
  return { table: { rows, columns }, target: { task: 'binary', codes, classes: ['no', 'yes'] } }
}

/** The first levels are the frequent ones. */
function drawLevel(count: number, random: Random): number {
  return Math.floor(count * random.next() ** 2)
}
