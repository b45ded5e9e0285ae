import type { RunComparison } from '#wire/run-state'
import { textTable } from './text-table.ts'

/** How a retrained model stands against its parent's, for people. */
export function comparisonText({ text, metrics, notes, same_model }: RunComparison): string {
  const rows = Object.entries(metrics).map(([name, { parent, retrained, difference, low, high, verdict }]) => {
    return [name, figure(parent), figure(retrained), figure(difference), `${figure(low)} to ${figure(high)}`, verdict]
  })
  const table = rows.length === 0 || same_model ? '' : textTable(['metric', 'parent', 'retrained', 'difference', '95 % interval', ''], rows)
  return `${text}\n${table}${notes.map((note) => `– ${note}\n`).join('')}`
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)))
}
