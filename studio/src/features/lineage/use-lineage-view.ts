import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Path } from './paths.ts'

export type Look = 'graph' | 'list'

export interface LineageView {
  readonly look: Look
  readonly setLook: (look: Look) => void
  readonly search: string
  readonly setSearch: (search: string) => void
  /** The raw column whose way is shown; null on a phone until one is chosen, since the list comes first there. */
  readonly selected: string | null
  /** True once the person chose it here: the focus then follows to its way. */
  readonly chosen: boolean
  readonly select: (column: string) => void
  readonly setRow: (row: number | undefined) => void
}

interface Address {
  readonly column: string | undefined
  readonly row: number | undefined
  readonly paths: readonly Path[]
}

/** What is looked at, in the address so that it can be sent to somebody. */
export function useLineageView(runId: string, { column, row, paths }: Address): LineageView {
  const navigate = useNavigate()
  const narrow = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false }) ?? false
  const [look, setLook] = useState<Look | null>(null)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(false)
  const go = (to: { column?: string | undefined; row?: number | undefined }) => {
    const next = { column, row, ...to }
    void navigate({ to: '/runs/$runId/lineage', params: { runId }, search: { ...(next.column === undefined ? {} : { column: next.column }), ...(next.row === undefined ? {} : { row: next.row }) }, replace: true, resetScroll: false })
  }
  // A link may name a feature by the name that the model knows it by.
  const named = paths.find(({ raw }) => raw.name === column) ?? paths.find(({ prepared, terms }) => prepared?.name === column || terms.some(({ name }) => name === column))
  return {
    look: look ?? (narrow ? 'list' : 'graph'),
    setLook,
    search,
    setSearch,
    selected: named?.raw.name ?? (narrow ? null : (paths[0]?.raw.name ?? null)),
    chosen: chosen && narrow,
    select: (to) => {
      setChosen(true)
      go({ column: to })
    },
    setRow: (to) => go({ row: to }),
  }
}
