import { correlationOf, ranksOf } from './correlation.ts'
import { percent } from './finding.ts'
import type { Issue } from './issue.ts'
import { type LabelLook, rowWords } from './label-look.ts'
import type { SampledColumn } from './sample-rows.ts'

/** A column that tells the label so well in the sample that it is looked at on all rows. */
export interface Suspect {
  readonly column: SampledColumn
  /** What was measured, where it is near enough to be told by itself; null where only a proof on all rows counts. */
  readonly text: string | null
}

const fewestRows = 20
/** Rows that may hold another label, of all and of those without the most frequent one: what 2 % of flips leave. */
const mostErrors = 0.025
const mostOfRest = 0.5
const suspectErrors = 0.03
const nearlyOrdered = 0.99
/** A label with noise of a tenth of its spread has a correlation of 0.995 with itself, less what a sample varies by. */
const nearlyStraight = 0.9925
const trimmedStraight = 0.9975
const nearlyRanked = 0.995
const trimmedShare = 0.05
const nearlyExplained = 0.99

/** Columns that are nearly the label: with a few values flipped, with a little noise, or in other words. */
export function findSuspects(given: LabelLook): Suspect[] {
  return given.sample.columns.flatMap((column) => {
    if (column.column.id === given.label.column.id) return []
    const both = given.label.codes.reduce((rows, code, row) => rows + Number(code >= 0 && (column.codes[row] ?? -1) >= 0), 0)
    const told = given.regression ? numberSuspect(given, column, both) : classSuspect(given, column, both)
    return told === null || both < fewestRows ? presenceSuspect(given, column) : [told]
  })
}

/** Whether a column is there may tell the label whatever it holds; all rows are asked. */
function presenceSuspect({ label, regression }: LabelLook, column: SampledColumn): Suspect[] {
  if (regression || column.facts.missing === 0) return []
  const [there, gone] = [new Int32Array(label.levels.length), new Int32Array(label.levels.length)]
  label.codes.forEach((code, row) => {
    const side = (column.codes[row] ?? -1) >= 0 ? there : gone
    if (code >= 0) side[code] = (side[code] ?? 0) + 1
  })
  const mixed = label.levels.filter((_, code) => (there[code] ?? 0) > 0 && (gone[code] ?? 0) > 0).length
  return mixed <= 1 ? [{ column, text: null }] : []
}

function classSuspect(given: LabelLook, column: SampledColumn, both: number): Suspect | null {
  const { label, sample } = given
  const counts = new Map<number, Int32Array>()
  const classes = new Int32Array(label.levels.length)
  label.codes.forEach((code, row) => {
    const value = column.codes[row] ?? -1
    if (code < 0 || value < 0) return
    const group = counts.get(value) ?? new Int32Array(label.levels.length)
    counts.set(value, group)
    group[code] = (group[code] ?? 0) + 1
    classes[code] = (classes[code] ?? 0) + 1
  })
  const rest = both - Math.max(...classes)
  const repeats = counts.size <= Math.max(20, Math.sqrt(both))
  const errors = [...counts.values()].reduce((sum, group) => sum + group.reduce((all, rows) => all + rows, 0) - Math.max(...group), 0)
  if (repeats && rest > 0 && errors <= both * suspectErrors) {
    const near = errors <= both * mostErrors && errors <= rest * mostOfRest && rest >= 5
    const text = `knowing "${column.column.name}" gives "${label.column.name}" on ${(both - errors).toLocaleString('en-US')} of ${both.toLocaleString('en-US')} rows (${percent(1 - errors / both)}), while the most frequent label is right on ${percent(1 - rest / both)}`
    return { column, text: near ? `${text}, on ${rowWords(sample)}` : null }
  }
  const auc = column.values === null || label.levels.length !== 2 ? 0.5 : areaUnder(column.values, label.codes)
  if (Math.max(auc, 1 - auc) < nearlyOrdered || Math.min(...classes) < 5) return null
  return { column, text: `"${column.column.name}" orders the two values of "${label.column.name}" almost without exception (area under the curve ${Math.max(auc, 1 - auc).toFixed(4)} on ${rowWords(sample)})` }
}

/** The chance that a row of the first class has the larger number, ties counted half. */
function areaUnder(values: Float64Array, codes: Int32Array): number {
  const known = Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code))
  const ranks = ranksOf(values, known)
  let [sum, ones, others] = [0, 0, 0]
  ranks.forEach((rank, row) => {
    if (Number.isNaN(rank)) return
    if (codes[row] === 0) {
      sum += rank + 1
      ones++
    } else others++
  })
  return ones === 0 || others === 0 ? 0.5 : (sum - (ones * (ones + 1)) / 2) / (ones * others)
}

function numberSuspect(given: LabelLook, column: SampledColumn, both: number): Suspect | null {
  const { label, sample } = given
  if (label.values === null) return null
  if (column.values === null) return levelSuspect(given, column, both)
  if (column.facts.distinct < 11) return null
  const { correlation } = correlationOf(label.values, column.values)
  const ranks = Math.abs(correlationOf(ranksOf(label.values, column.values), ranksOf(column.values, label.values)).correlation)
  const near = Math.abs(correlation) >= nearlyStraight && ranks >= 0.95
  const trimmed = near || ranks < 0.9 ? 0 : trimmedCorrelation(label.values, column.values)
  if (!near && trimmed < trimmedStraight) {
    if (ranks < nearlyRanked) return null
    return { column, text: `"${column.column.name}" and "${label.column.name}" rise and fall together almost without exception: the correlation of their ranks is ${ranks.toFixed(4)} on ${rowWords(sample)}` }
  }
  const figure = near ? `their correlation is ${correlation.toFixed(4)}` : `but for ${percent(trimmedShare)} of the rows their correlation is ${trimmed.toFixed(4)}`
  return { column, text: `"${column.column.name}" is "${label.column.name}" with hardly any noise: ${figure} on ${rowWords(sample)}` }
}

/** The correlation without the rows that lie farthest from the line through the others. */
function trimmedCorrelation(label: Float64Array, values: Float64Array): number {
  let kept = Int32Array.from(label.keys()).filter((row) => Number.isFinite(label[row]) && Number.isFinite(values[row]))
  const most = Math.ceil(kept.length * (1 - trimmedShare))
  let line = lineThrough(label, values, kept)
  for (let round = 0; round < 4; round++) {
    const off = (row: number): number => Math.abs((label[row] ?? 0) - line.constant - line.slope * (values[row] ?? 0))
    const all = Int32Array.from(label.keys()).filter((row) => Number.isFinite(label[row]) && Number.isFinite(values[row]))
    kept = Int32Array.from([...all].sort((a, b) => off(a) - off(b) || a - b).slice(0, most))
    line = lineThrough(label, values, kept)
  }
  return Math.abs(correlationOf(Float64Array.from(kept, (row) => label[row] ?? 0), Float64Array.from(kept, (row) => values[row] ?? 0)).correlation)
}

function lineThrough(label: Float64Array, values: Float64Array, rows: Int32Array): { constant: number; slope: number } {
  let [x, y] = [0, 0]
  for (const row of rows) {
    x += (values[row] ?? 0) / rows.length
    y += (label[row] ?? 0) / rows.length
  }
  let [both, square] = [0, 0]
  for (const row of rows) {
    both += ((values[row] ?? 0) - x) * ((label[row] ?? 0) - y)
    square += ((values[row] ?? 0) - x) ** 2
  }
  const slope = square > 0 ? both / square : 0
  return { constant: y - slope * x, slope }
}

/** Levels whose means explain nearly all of a number. */
function levelSuspect({ label, sample }: LabelLook, column: SampledColumn, both: number): Suspect | null {
  if (label.values === null || column.levels.length > Math.max(20, Math.sqrt(both))) return null
  const groups = new Map<number, { rows: number; mean: number; squares: number }>()
  const whole = { rows: 0, mean: 0, squares: 0 }
  const add = (one: { rows: number; mean: number; squares: number }, value: number): void => {
    one.rows++
    const off = value - one.mean
    one.mean += off / one.rows
    one.squares += off * (value - one.mean)
  }
  column.codes.forEach((code, row) => {
    const value = label.values?.[row] ?? Number.NaN
    if (code < 0 || Number.isNaN(value)) return
    const group = groups.get(code) ?? { rows: 0, mean: 0, squares: 0 }
    groups.set(code, group)
    add(group, value)
    add(whole, value)
  })
  const within = [...groups.values()].reduce((sum, { squares }) => sum + squares, 0)
  const small = [...groups.values()].filter(({ rows }) => rows < 5).reduce((sum, { rows }) => sum + rows, 0)
  const explained = whole.squares > 0 ? 1 - within / whole.squares : 0
  if (explained < nearlyExplained || small > both * 0.05) return null
  return { column, text: `the levels of "${column.column.name}" explain ${percent(explained)} of the variance of "${label.column.name}" on ${rowWords(sample)}` }
}

/** The issue that tells of a near proxy. */
export function suspectIssue({ label, sample }: LabelLook, { column, text }: Suspect): Issue[] {
  if (text === null) return []
  const [first = ''] = text
  return [{
    code: 'target_proxy', column: column.column.name, columns: [column.column.name, label.column.name], severity: 'warn', count: sample.rows, safe: false,
    detail: `${first.toUpperCase()}${text.slice(1)}. Hardly any honest column is that near: is it known before "${label.column.name}" is? If not, leave it out.`,
    examples: [0, 1, 2].filter((row) => row < sample.rows).flatMap((row) => [column, label].map((one) => ({ row: sample.rowIds[row] ?? 0, column: one.column.name, before: one.levels[one.codes[row] ?? -1] ?? null }))),
  }]
}
