import type { PairAxis } from './model.ts'

/** One row or column of a grid. */
export type GridSlot =
  | { readonly kind: 'missing' }
  /** Numbers above `from` and up to `to`; null is open. */
  | { readonly kind: 'range'; readonly from: number | null; readonly to: number | null }
  /** Levels that share the slot, with those that no slot names where `unseen` is true. */
  | { readonly kind: 'levels'; readonly levels: string[]; readonly unseen: boolean }
  /** Levels that no slot names. */
  | { readonly kind: 'unseen' }

/** One side of a grid, ready to be drawn; the slots in the order of the cells. */
export interface GridAxis {
  readonly feature: string
  readonly slots: GridSlot[]
}

/** Says what each slot of one side of a pair holds. */
export function gridAxisOf(axis: PairAxis): GridAxis {
  const { feature } = axis
  if (axis.kind === 'numeric') {
    const { edges } = axis
    const ranges = [...edges, null].map((to, i): GridSlot => ({ kind: 'range', from: edges[i - 1] ?? null, to }))
    return { feature, slots: [{ kind: 'missing' }, ...ranges] }
  }
  const levels = Array.from({ length: axis.size }, (): string[] => [])
  for (const [i, level] of axis.levels.entries()) levels[axis.slots[i] as number]?.push(level)
  const slots = levels.map((held, slot): GridSlot => {
    if (slot === 0) return { kind: 'missing' }
    const unseen = slot === axis.unseen
    return unseen && held.length === 0 ? { kind: 'unseen' } : { kind: 'levels', levels: held, unseen }
  })
  return { feature, slots }
}
