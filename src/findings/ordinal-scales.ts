import { stripText } from '#steps/compact-text'
import { missingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { profiledColumns, type Look, type Profiled } from './finding.ts'
import { orderedScale } from './ordered-scale.ts'
import type { Level } from './read-levels.ts'
import type { Sample, SampledColumn } from './sample-rows.ts'
import type { Told } from './told.ts'

interface Scale {
  readonly order: readonly string[]
  readonly why: string
}

/** Text columns whose levels have an order that is lost as text. */
export function checkOrdinalScales(look: Look, numeric: ReadonlySet<string>, sample: Sample): Told[] {
  return profiledColumns(look).flatMap(({ column, facts }) => {
    const known = look.levels.get(column.id)
    if (known?.complete !== true || numeric.has(column.id) || column.id === look.target || known.levels.length > 200) return []
    const levels = known.levels.filter(({ value }) => !missingTokens.includes(tokenKey(value)))
    const scale = scaleOf(levels, sample, column.id)
    if (scale === null) return gradedCodes(look, { column, facts }, levels)
    const shown = scale.order.join(' < ')
    const step = { type: 'OrdinalMapTransformer', columns: [column.name], params: { order: [...scale.order] }, description: `${column.name} to ranks` }
    const rank = (level: Level): number => scale.order.findIndex((one) => tokenKey(one) === tokenKey(level.value)) + 1
    const rows = look.table.rows - facts.missing
    return [{
      issue: {
        code: 'ordinal_scale', column: column.name, columns: [column.name], severity: 'info', count: rows, step, safe: true,
        detail: `"${column.name}" is an ordered scale (${shown}): ${scale.why}. As text its levels have no order; as ranks a model can be held to rise or fall with them.`,
        examples: levels.slice(0, 3).map((level) => ({ row: level.first, column: column.name, before: level.value, after: rank(level) })),
      },
      column, title: `Read ${column.name} as ranks`, stage: 'parse', recommended: false, share: rows / look.table.rows,
      risks: ['Whether ranks predict better than levels is measured in feature_engineering, which offers them beside.'],
    }]
  })
}

function scaleOf(levels: readonly Level[], sample: Sample, id: string): Scale | null {
  const spellings = new Map<string, string>()
  for (const { value } of levels) if (!spellings.has(tokenKey(value))) spellings.set(tokenKey(value), stripText(value))
  const values = [...spellings.values()]
  return orderedScale(values) ?? letterScale(values, sample, id)
}

const fewestStems = 3
const mostCodes = 30

/** Codes numbered within several stems, as grades are (A1, A2, B1, B2, C1): their order is for a person to give. */
function gradedCodes(look: Look, { column, facts }: Profiled, levels: readonly Level[]): Told[] {
  const codes = levels.map(({ value }) => /^(\p{Lu}{1,4})(\d)$/u.exec(stripText(value)))
  const numbered = Map.groupBy(codes.flatMap((code) => (code === null ? [] : [{ stem: code[1] ?? '', digit: Number(code[2]) }])), ({ stem }) => stem)
  const series = [...numbered.values()].filter((members) => members.length > 1 && members.map(({ digit }) => digit).sort((a, b) => a - b).every((digit, i) => digit === i + 1))
  const inSeries = series.reduce((sum, members) => sum + members.length, 0)
  if (series.length < fewestStems || levels.length > mostCodes || inSeries < levels.length * 0.75 || codes.some((code, i) => code === null && !/^\p{Lu}{1,4}$/u.test(stripText(levels[i]?.value ?? '')))) return []
  const shown = levels.map(({ value }) => stripText(value)).sort().join(', ')
  const rows = look.table.rows - facts.missing
  return [{
    issue: {
      code: 'ordinal_scale', column: column.name, columns: [column.name], severity: 'info', count: rows, safe: false,
      detail: `"${column.name}" holds codes numbered within several stems (${shown}), as grades are. Where they have an order, give it to OrdinalMapTransformer: their names alone do not tell it.`,
      examples: levels.slice(0, 3).map((level) => ({ row: level.first, column: column.name, before: level.value })),
    },
    column, title: `Read ${column.name} as ranks`, stage: 'parse', recommended: false, share: rows / look.table.rows, risks: [],
  }]
}

const fewestLetters = 5
const chanceAllowed = 0.05

/**
 * Letters in a row without a gap, whose order a column of numbers follows: letters alone may as well be names. The
 * chance that some column follows one order of so many letters is kept below 5 % over all columns looked at.
 */
function letterScale(levels: readonly string[], sample: Sample, id: string): Scale | null {
  const order = levels.toSorted()
  if (order.length < fewestLetters || !order.every((level, i) => /^\p{Lu}$/u.test(level) && level.charCodeAt(0) === (order[0]?.charCodeAt(0) ?? 0) + i)) return null
  const column = sample.columns.find((one) => one.column.id === id)
  const numbers = sample.columns.filter((one) => one.values !== null && one.facts.distinct > order.length)
  if (column === undefined) return null
  const orders = order.reduce((product, _, i) => product * (i + 1), 1)
  // An order and its reverse, for each column that is looked at; a nearly straight course allows a few neighbours more.
  if ((2 * order.length * numbers.length) / orders > chanceAllowed) return null
  const follows = numbers.find((one) => isStraight(column, one, order))
  return follows === undefined ? null : { order, why: `its letters follow each other, and "${follows.column.name}" rises or falls with them` }
}

/** Whether the means of the numbers lie on a straight line over the order, and apart from each other. */
function isStraight(column: SampledColumn, { values }: SampledColumn, order: readonly string[]): boolean {
  const sums = order.map(() => ({ rows: 0, sum: 0, squares: 0 }))
  for (let row = 0; row < column.codes.length; row++) {
    const value = values?.[row] ?? Number.NaN
    const group = sums[order.indexOf(String(column.levels[column.codes[row] ?? -1] ?? ''))]
    if (group === undefined || !Number.isFinite(value)) continue
    group.rows++
    group.sum += value
    group.squares += value * value
  }
  if (sums.some(({ rows }) => rows < 5)) return false
  const means = sums.map(({ rows, sum }) => sum / rows)
  const within = sums.reduce((all, { rows, sum, squares }) => all + squares - (sum * sum) / rows, 0) / (sums.reduce((all, { rows }) => all + rows, 0) - sums.length)
  const middle = means.reduce((all, mean) => all + mean, 0) / means.length
  const centre = (means.length - 1) / 2
  const slope = means.reduce((all, mean, i) => all + (i - centre) * (mean - middle), 0) / means.reduce((all, _, i) => all + (i - centre) ** 2, 0)
  const spread = means.reduce((all, mean) => all + (mean - middle) ** 2, 0)
  const left = means.reduce((all, mean, i) => all + (mean - middle - slope * (i - centre)) ** 2, 0)
  const noise = within * sums.reduce((all, { rows }) => all + 1 / rows, 0)
  return spread > 4 * noise && left <= spread * 0.15
}
