import type { LoadedColumn } from './load-rows.ts'

/** The mean of a column, and how far from it the mean of each group lies. */
export interface GroupMeans {
  readonly all: number
  readonly apart: ReadonlyArray<{ readonly level: string; readonly by: number }>
}

/** Means are written with so many digits. */
const digits = 6

/** The means of an amount in each group of rows; nothing of them hangs on the label. */
export function groupMeans([amount, group]: readonly LoadedColumn[]): GroupMeans {
  if (amount?.values.kind !== 'numeric' || group?.values.kind !== 'category') throw new Error('means are taken of numbers in groups of a category')
  const { levels, codes } = group.values
  const sums = new Float64Array(levels.length)
  const counts = new Float64Array(levels.length)
  let [total, rows] = [0, 0]
  for (const [row, value] of amount.values.values.entries()) {
    const code = codes[row] ?? -1
    if (!Number.isFinite(value)) continue
    total += value
    rows++
    if (code < 0) continue
    sums[code] = (sums[code] ?? 0) + value
    counts[code] = (counts[code] ?? 0) + 1
  }
  const all = rounded(rows === 0 ? 0 : total / rows)
  const apart = levels.flatMap((level, code) => {
    const count = counts[code] ?? 0
    return count === 0 ? [] : [{ level, by: rounded((sums[code] ?? 0) / count - all) }]
  })
  return { all, apart: apart.filter(({ by }) => by !== 0) }
}

function rounded(value: number): number {
  return Number(value.toPrecision(digits))
}
