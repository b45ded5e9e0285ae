import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { StepContract, StepTable } from './step-type.ts'

interface AfterRequest {
  readonly table: StepTable
  readonly contract: StepContract
  /** Columns that the package takes out, transforms and appends again, in this order. */
  readonly movedToEnd: readonly string[]
}

/** The columns after a step, and those it made: renames keep their id, new columns get the next ones. */
export function columnsAfter({ table, contract, movedToEnd }: AfterRequest): Result<{ after: Column[]; created: Column[] }> {
  const created = contract.creates.map((made, i): Column => ({ id: `c${table.nextId + i}`, name: made.name, type: made.type }))
  const kept = table.columns.filter((column) => !contract.drops.includes(column.id)).map((column) => changed(column, contract))
  const moved = movedToEnd.flatMap((id) => kept.filter((column) => column.id === id))
  const after = [...kept.filter((column) => !movedToEnd.includes(column.id)), ...moved]
  contract.creates.forEach((made, i) => {
    const column = created[i]
    const place = after.findIndex((other) => other.id === made.after)
    if (column !== undefined) after.splice(place < 0 ? after.length : place + 1, 0, column)
  })
  const names = new Set<string>()
  for (const column of after) {
    if (names.has(column.name)) return refuse('STEP_COLUMN_COLLISION', `it would give two columns the name "${column.name}".`)
    names.add(column.name)
  }
  return accept({ after, created })
}

function changed(column: Column, contract: StepContract): Column {
  const type = contract.changes.find((change) => change.id === column.id)?.type ?? column.type
  const name = contract.renames.find((rename) => rename.id === column.id)?.name ?? column.name
  return { id: column.id, name, type }
}
