import { readRawCell } from '#scoring/read-raw-cell'
import type { ScorerDocument } from '#scoring/scorer-schema'
import type { Target } from '#ml/table'

export interface ReadLabels {
  /** The rows that have a label, in their order. */
  readonly rows: Int32Array
  readonly target: Target
  readonly unreadable: number
}

/** Reads labels as the model's classes, or as numbers; a row without one is left out. */
export function readLabels({ task, classes }: Pick<ScorerDocument, 'task' | 'classes'>, labels: readonly unknown[]): ReadLabels {
  const places = new Map((classes ?? []).map((name, code) => [name, code]))
  const read = (label: unknown) => (task === 'regression' ? numberOf(label) : (places.get(String(label)) ?? places.get(String(label).trim()) ?? null))
  const [rows, values]: [number[], number[]] = [[], []]
  let unreadable = 0
  for (const [row, label] of labels.entries()) {
    if (label === null || label === undefined || label === '') continue
    const value = read(label)
    if (value === null) unreadable++
    else {
      rows.push(row)
      values.push(value)
    }
  }
  const target: Target = task === 'regression' ? { task, values: Float64Array.from(values) } : { task, classes: classes ?? [], codes: Int32Array.from(values) }
  return { rows: Int32Array.from(rows), target, unreadable }
}

function numberOf(label: unknown): number | null {
  const read = readRawCell(label, { type: 'number' })
  return read.ok && typeof read.cell === 'number' && Number.isFinite(read.cell) ? read.cell : null
}
