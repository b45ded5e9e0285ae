import { useCallback, useEffect, useState } from 'react'
import type { DeploymentFormAnswer } from '#sdk/client'
import type { RawRow } from './playground-queries.ts'

export interface RowDraft {
  readonly row: RawRow
  /** Which of the rows to begin with it began with. */
  readonly begun: number
  readonly set: (column: string, value: unknown) => void
  readonly setAll: (row: RawRow) => void
  readonly next: () => void
}

/** The row that a person fills in, beginning with one of the table. */
export function useRow({ rows }: Pick<DeploymentFormAnswer, 'rows'>): RowDraft {
  const [{ row, begun }, setState] = useState<{ readonly row: RawRow; readonly begun: number }>(() => ({ row: rows[0] ?? {}, begun: 0 }))
  const set = useCallback((column: string, value: unknown) => setState((before) => ({ ...before, row: { ...before.row, [column]: value } })), [])
  const setAll = useCallback((next: RawRow) => setState((before) => ({ ...before, row: next })), [])
  const next = useCallback(
    () =>
      setState(({ begun: before }) => {
        const at = (before + 1) % Math.max(1, rows.length)
        return { row: rows[at] ?? {}, begun: at }
      }),
    [rows],
  )
  return { row, begun, set, setAll, next }
}

/** A value once it has stood still, so that a slider does not ask for every point that it passes. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
