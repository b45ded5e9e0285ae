import { counted, percent } from './finding.ts'
import type { Issue } from './issue.ts'
import type { LabelLook } from './label-look.ts'
import { numberText } from './number-text.ts'
import type { Edges } from './read-edges.ts'

const fewestShare = 0.05
const fewestDistinct = 11
const gapSpacings = 3

/** One value at an end of a numeric label that stands apart on many rows: rather another process than a number. */
export function checkPointMass({ label, regression }: LabelLook, edges: readonly Edges[]): Issue[] {
  const ends = edges.find(({ column }) => column.id === label.column.id)
  if (!regression || ends === undefined || label.facts.distinct < fewestDistinct) return []
  const both = [
    { value: ends.min, rows: ends.minCount, next: ends.aboveMin, first: ends.firstMin },
    { value: ends.max, rows: ends.maxCount, next: ends.belowMax, first: ends.firstMax },
  ]
  return both.flatMap(({ value, rows, next, first }): Issue[] => {
    const spacing = usualSpacing(label.levels.flatMap((level) => (level === value ? [] : [Number(level)])))
    const gap = Math.abs(next - value)
    if (rows < ends.values * fewestShare || spacing === null || gap < spacing * gapSpacings) return []
    return [{
      code: 'target_point_mass', column: label.column.name, columns: [label.column.name], severity: 'warn', count: rows, safe: false,
      detail: `The label "${label.column.name}" is ${numberText(value)} on ${counted(rows, 'row')} (${percent(rows / ends.values)}), and the next value is ${numberText(next)}, ${numberText(Math.round(gap / spacing))} times as far as values usually lie apart: these rows rather come of another process, which one curve for all fits badly. Decide whether they belong to the question.`,
      examples: [{ row: first, column: label.column.name, before: value }],
    }]
  })
}

/** The middle gap between different values in order. */
function usualSpacing(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const gaps = sorted.slice(1).map((value, i) => value - (sorted[i] ?? 0)).sort((a, b) => a - b)
  const middle = gaps[Math.floor(gaps.length / 2)]
  return middle === undefined || middle <= 0 ? null : middle
}
