import type { Cell } from '#core/ports'
import { cellNumber } from './cell-number.ts'
import { keyOf } from './kept-rows.ts'
import type { Row } from './step-type.ts'
import { microsADay } from './iso-micros.ts'
import { type TimeLagOutput, type TimeLagPlan, windowReach, type WindowOperation } from './time-lag-plan.ts'
import type { History } from './time-lag-sql.ts'

/** A series of the past: moments in their order, and each column's values at them. */
interface Series {
  readonly moments: number[]
  readonly values: (number | null)[][]
}

/** Lags and windows of a row that comes alone: looked up in the history that the fit kept. */
export function timeLagRow(plan: TimeLagPlan, history: History, made: readonly string[]): (row: Row) => Row {
  const past = seriesOf(plan, history)
  const unit = plan.time.type === 'date' ? microsADay : 1e6
  return function lookUp(row) {
    const next: Record<string, Cell> = { ...row }
    const key = keyOf(plan.groups.map((group) => row[group.id] ?? null), plan.groups)
    const time = cellNumber(row[plan.time.id] ?? null, plan.time.type === 'date' ? 'date' : 'timestamp')
    const moment = time === null ? null : Math.round(time * unit)
    const series = key === null ? undefined : past.get(key)
    plan.outputs.forEach((output, i) => {
      const id = made[i]
      if (id !== undefined) next[id] = key === null || moment === null ? nothing(output) : outputOf(output, { plan, series, moment })
    })
    return next
  }
}

function seriesOf(plan: TimeLagPlan, history: History): Map<string, Series> {
  const all = new Map<string, Series>()
  const keys = plan.groups.length
  for (const cells of history) {
    const key = keyOf(cells.slice(0, keys), plan.groups) ?? ''
    const series = all.get(key) ?? { moments: [], values: plan.columns.map(() => []) }
    all.set(key, series)
    series.moments.push(Number(cells[keys]))
    series.values.forEach((values, i) => {
      const cell = cells[keys + 1 + i] ?? null
      values.push(cell === null ? null : Number(cell))
    })
  }
  return all
}

const nothing = (output: TimeLagOutput): Cell => (output.kind === 'has' ? 0 : null)

interface LookUp {
  readonly plan: TimeLagPlan
  readonly series: Series | undefined
  readonly moment: number
}

function outputOf(output: TimeLagOutput, { plan, series, moment }: LookUp): Cell {
  const values = series?.values[plan.columns.indexOf(output.column)] ?? []
  const moments = series?.moments ?? []
  if (output.kind !== 'window') {
    const wanted = moment - output.offset.micros
    const place = firstFrom(moments, wanted)
    const found = moments[place] === wanted ? (values[place] ?? null) : null
    return output.kind === 'lag' ? found : found === null ? 0 : 1
  }
  const { from, to } = windowReach(output.offset, plan.gap)
  const within = values.slice(firstFrom(moments, moment - from), firstFrom(moments, moment - to + 1))
  return aggregate(within.filter((value) => value !== null), output.operation)
}

/** The first place whose moment is not before one. */
function firstFrom(moments: readonly number[], moment: number): number {
  let [low, high] = [0, moments.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((moments[middle] ?? 0) < moment) low = middle + 1
    else high = middle
  }
  return low
}

function aggregate(values: readonly number[], operation: WindowOperation): number | null {
  if (operation === 'count') return values.length
  if (values.length === 0) return null
  if (operation === 'min') return values.reduce((least, value) => Math.min(least, value))
  if (operation === 'max') return values.reduce((most, value) => Math.max(most, value))
  const sum = values.reduce((all, value) => all + value, 0)
  if (operation === 'sum') return sum
  const mean = sum / values.length
  if (operation === 'mean') return mean
  if (values.length < 2) return null
  return Math.sqrt(values.reduce((all, value) => all + (value - mean) ** 2, 0) / (values.length - 1))
}
