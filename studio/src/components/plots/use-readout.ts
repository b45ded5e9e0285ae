import { type KeyboardEvent, type PointerEvent, useState } from 'react'

/** What a plot with one cursor passes to its drawing surface: pointing and arrow keys move the cursor, and its place is read out. */
export interface ReadoutProps {
  readonly role: 'slider'
  readonly tabIndex: 0
  readonly 'aria-label': string
  readonly 'aria-valuemin': number
  readonly 'aria-valuemax': number
  readonly 'aria-valuenow': number
  readonly 'aria-valuetext': string
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onPointerMove: (event: PointerEvent<Element>) => void
  readonly onPointerLeave: () => void
}

interface Readout {
  /** Where the cursor is; null before anybody pointed. */
  readonly at: number | null
  readonly move: (to: number) => void
  readonly props: ReadoutProps
}

interface ReadoutOf {
  readonly label: string
  readonly count: number
  readonly describe: (index: number) => string
  /** The place under a pixel from the left of the surface; null where there is none. */
  readonly find: (x: number) => number | null
}

export function useReadout({ label, count, describe, find }: ReadoutOf): Readout {
  const [at, setAt] = useState<number | null>(null)
  const place = at === null ? null : Math.min(at, count - 1)
  const move = (to: number) => setAt(Math.min(count - 1, Math.max(0, to)))
  return {
    at: place,
    move,
    props: {
      role: 'slider',
      tabIndex: 0,
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': Math.max(0, count - 1),
      'aria-valuenow': place ?? 0,
      'aria-valuetext': count === 0 ? 'nothing to read' : describe(place ?? 0),
      onKeyDown: (event) => {
        const moved = movedBy(event, place, count)
        if (moved === null) return
        event.preventDefault()
        move(moved)
      },
      onPointerMove: (event) => {
        const found = find(event.clientX - event.currentTarget.getBoundingClientRect().left)
        if (found !== null) move(found)
      },
      onPointerLeave: () => setAt(null),
    },
  }
}

/** Arrows move one place, with shift five; Home and End go to the ends. Null for keys that mean nothing here. */
export function movedBy({ key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }, from: number | null, count: number): number | null {
  const step = shiftKey ? 5 : 1
  if (key === 'ArrowRight' || key === 'ArrowUp') return from === null ? 0 : from + step
  if (key === 'ArrowLeft' || key === 'ArrowDown') return from === null ? 0 : from - step
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
