import type { Candidate, FreeNames } from './candidate.ts'
import { columnReference, isNameable } from './candidate.ts'
import type { LoadedColumn } from './load-rows.ts'

const dayParts = ['dayofweek', 'is_weekend', 'month', 'day', 'year'] as const
const hourParts = ['hour', 'hour_of_week'] as const

const words: Readonly<Record<string, string>> = {
  dayofweek: 'day of the week (Monday is 0)',
  is_weekend: 'whether it is a weekend',
  month: 'month',
  day: 'day of the month',
  year: 'year',
  hour: 'hour of the day',
  hour_of_week: 'hour of the week (Monday 0:00 is 0)',
}

/** Columns of dates of which parts are made, and pairs of them whose distance is. */
const mostDates = 3

/** The calendar parts of date columns, and the time between two of them. */
export function dateCandidates(columns: readonly LoadedColumn[], names: FreeNames): Candidate[] {
  const dates = columns.filter(({ column }) => column.type === 'date' || column.type === 'timestamp').slice(0, mostDates)
  return [...elapsedCandidates(dates.filter(({ column }) => isNameable(column)), names), ...dates.flatMap((date) => partCandidates(date, names))]
}

function partCandidates({ column }: LoadedColumn, names: FreeNames): Candidate[] {
  const parts = column.type === 'timestamp' ? [...hourParts, ...dayParts] : dayParts
  return parts
    .filter((part) => names.has(`${column.name}_${part}`))
    .map((part) => ({
      id: `add:${part}:${column.id}`,
      kind: 'date_part',
      why: 'the column holds dates',
      name: names.take(`${column.name}_${part}`),
      title: `Add the ${words[part]?.replace(/ \(.*$/u, '')} of "${column.name}"`,
      formula: `${words[part]} of "${column.name}"`,
      from: [column],
      steps: [{ type: 'DateTimeExtractTransformer', columns: [column.name], params: { components: [part], drop_original: false } }],
      replaces: null,
    }))
}

/** The later column minus the earlier one, by their means. */
function elapsedCandidates(dates: readonly LoadedColumn[], names: FreeNames): Candidate[] {
  const found: Candidate[] = []
  for (const [i, one] of dates.entries()) {
    for (const other of dates.slice(i + 1)) {
      const candidate = elapsed(one, other, names)
      if (candidate !== null) found.push(candidate)
    }
  }
  return found
}

function elapsed(one: LoadedColumn, other: LoadedColumn, names: FreeNames): Candidate | null {
  const [earlier, later] = meanSeconds(one) <= meanSeconds(other) ? [one, other] : [other, one]
  const whole = earlier.column.type === 'date' && later.column.type === 'date'
  const component = whole ? 'elapsed_days' : 'elapsed_hours'
  const parts = [later, earlier].map(({ column }) => ({ ...column, name: `${column.name}_${component}` }))
  const [until, since] = parts
  if (until === undefined || since === undefined || parts.some((part) => !names.has(part.name))) return null
  const name = names.take(`${later.column.name}_since_${earlier.column.name}`)
  const unit = whole ? 'days' : 'hours'
  return {
    id: `add:elapsed:${later.column.id}-${earlier.column.id}`,
    kind: 'elapsed',
    why: 'both columns hold dates',
    name,
    title: `Add the ${unit} from "${earlier.column.name}" to "${later.column.name}"`,
    formula: `"${later.column.name}" − "${earlier.column.name}", in ${unit}`,
    from: [later.column, earlier.column],
    steps: [
      { type: 'DateTimeExtractTransformer', columns: [later.column.name, earlier.column.name], params: { components: [component], origin: originOf(earlier), drop_original: false } },
      { type: 'ExpressionTransformer', params: { expression: `${columnReference(until)} - ${columnReference(since)}`, output_column: name } },
      { type: 'DropColumnsTransformer', columns: parts.map((part) => part.name), params: {} },
    ],
    replaces: null,
  }
}

function secondsOf({ column, values }: LoadedColumn): Float64Array {
  if (values.kind !== 'numeric') return new Float64Array(0)
  return column.type === 'date' ? values.values.map((days) => days * 86_400) : values.values
}

function meanSeconds(date: LoadedColumn): number {
  let [sum, rows] = [0, 0]
  for (const value of secondsOf(date)) {
    if (Number.isNaN(value)) continue
    sum += value
    rows++
  }
  return rows === 0 ? 0 : sum / rows
}

/** The first day of the training rows: near the values, so that the difference is exact to many digits. */
function originOf(date: LoadedColumn): string {
  const first = secondsOf(date).reduce((least, value) => (value < least ? value : least), Number.POSITIVE_INFINITY)
  const day = Number.isFinite(first) ? Math.floor(first / 86_400) * 86_400_000 : 0
  return new Date(day).toISOString().slice(0, 10)
}
