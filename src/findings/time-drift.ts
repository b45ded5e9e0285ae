import { correlationOf, ranksOf } from './correlation.ts'
import type { Issue } from './issue.ts'
import { type LabelLook, rowWords } from './label-look.ts'
import { numberText } from './number-text.ts'
import type { SampledColumn } from './sample-rows.ts'

const fewestRows = 100
const rowsPerBin = 500
const fewestTimes = 10
/** How steadily the label has to move, and how far against its own spread: along a time, and along the rows alone. */
const alongTime = { rank: 0.7, spread: 0.5 }
const alongRows = { rank: 0.85, spread: 0.75 }
/** The spread of the means in standard errors of one mean. */
const noise = 4
const rareClass = 0.05
const mostTold = 3
const mostBlocks = 50

interface Drift {
  readonly what: string
  readonly first: number
  readonly last: number
  readonly bins: number
}

/** A label that moves along a date, or along the rows of the file: a test at random would flatter a model. */
export function checkTimeDrift(given: LabelLook): Issue[] {
  const { sample, label } = given
  const labelled = Int32Array.from(sample.rowIds.keys()).filter((row) => (label.codes[row] ?? -1) >= 0)
  if (labelled.length < fewestRows) return []
  const times = sample.columns.filter(({ column, facts }) => (column.type === 'date' || column.type === 'timestamp') && facts.distinct >= fewestTimes && column.id !== label.column.id)
  const along = times.flatMap((time) => {
    const rows = labelled.filter((row) => (time.codes[row] ?? -1) >= 0)
    if (rows.length < labelled.length / 2 || rows.length < fewestRows) return []
    const drift = driftOf(given, rows.toSorted((a, b) => compareTimes(time, a, b)), alongTime)
    return drift === null ? [] : [issueOf(given, time, drift)]
  })
  if (along.length > 0) return along.slice(0, mostTold)
  if (isSortedBySomething(given, labelled)) return []
  const drift = driftOf(given, labelled, alongRows)
  return drift === null ? [] : [issueOf(given, null, drift)]
}

/** ISO texts of one type sort as the times they stand for. */
function compareTimes(time: SampledColumn, a: number, b: number): number {
  const [one, other] = [String(time.levels[time.codes[a] ?? 0]), String(time.levels[time.codes[b] ?? 0])]
  return one < other ? -1 : one > other ? 1 : a - b
}

function driftOf({ label, regression }: LabelLook, rows: Int32Array, wanted: { rank: number; spread: number }): Drift | null {
  const bins = Math.max(5, Math.min(10, Math.floor(rows.length / rowsPerBin)))
  const signals: { what: string; of: (row: number) => number }[] = regression
    ? [{ what: `the mean of "${label.column.name}"`, of: (row) => label.values?.[row] ?? 0 }]
    : label.levels.map((level, code) => ({ what: `the share of ${JSON.stringify(level)}`, of: (row) => Number(label.codes[row] === code) }))
  for (const { what, of } of signals) {
    const values = Float64Array.from(rows, of)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    if (!regression && (mean < rareClass || (signals.length === 2 && mean > 0.5))) continue
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    const sums = new Float64Array(bins)
    const counts = new Float64Array(bins)
    values.forEach((value, i) => {
      const bin = Math.floor((i * bins) / values.length)
      sums[bin] = (sums[bin] ?? 0) + value
      counts[bin] = (counts[bin] ?? 0) + 1
    })
    const means = sums.map((sum, bin) => sum / (counts[bin] ?? 1))
    const order = Float64Array.from(means.keys())
    const rank = correlationOf(ranksOf(means, order), order).correlation
    const spread = Math.max(...means) - Math.min(...means)
    const error = sd / Math.sqrt(values.length / bins)
    if (Math.abs(rank) + 1e-9 >= wanted.rank && spread >= wanted.spread * sd && spread >= noise * error) return { what, first: means[0] ?? 0, last: means[bins - 1] ?? 0, bins }
  }
  return null
}

/** A file sorted by the label or by a measure is in no order of time. */
function isSortedBySomething({ sample, label, regression }: LabelLook, rows: Int32Array): boolean {
  const order = Float64Array.from(sample.rowIds)
  const numbers = sample.columns.filter(({ values, facts }) => values !== null && facts.distinct > 10)
  const sorted = numbers.some(({ values }) => values !== null && !isCounter(values) && Math.abs(correlationOf(ranksOf(values, order), ranksOf(order, values)).correlation) > 0.9)
  // Texts that stand in blocks are what the file was sorted by.
  const blocks = sample.columns.filter(({ column, facts }) => column.type === 'text' && facts.distinct >= 2 && facts.distinct <= mostBlocks)
  if (blocks.some(({ codes, levels }) => runsOf(codes, rows) <= levels.length * 3)) return true
  return sorted || (!regression && runsOf(label.codes, rows) <= label.levels.length * 3)
}

/** How often the value changes from row to row, and the first. */
function runsOf(codes: Int32Array, rows: Int32Array): number {
  let runs = 1
  for (let i = 1; i < rows.length; i++) if (codes[rows[i] ?? 0] !== codes[rows[i - 1] ?? 0]) runs++
  return runs
}

/** Numbers that rise by the same step from row to row count the rows. */
function isCounter(values: Float64Array): boolean {
  const order = Float64Array.from(values.keys())
  return Math.abs(correlationOf(values, order).correlation) > 0.9999
}

function issueOf({ sample, label, regression }: LabelLook, time: SampledColumn | null, { what, first, last, bins }: Drift): Issue {
  const shown = (value: number): string => (regression ? numberText(Number(value.toPrecision(4))) : `${(value * 100).toFixed(1)} %`)
  const order = time === null ? 'the rows of the file' : `"${time.column.name}"`
  return {
    code: 'time_order', column: label.column.name, columns: [label.column.name, ...(time === null ? [] : [time.column.name])], severity: 'warn', count: sample.rows, safe: false,
    detail: `Along ${order}, ${what} goes from ${shown(first)} in the first to ${shown(last)} in the last of ${bins} equal parts (${rowWords(sample)}): rows sealed at random would flatter a model, so seal the latest.`,
    examples: [0, sample.rows - 1].map((at) => ({ row: sample.rowIds[at] ?? 0, column: label.column.name, before: label.levels[label.codes[at] ?? -1] ?? null })),
  }
}
