import { useRef, type RefObject } from 'react'
import { useKeys } from './use-keys.ts'

/** J and K move through the links of a list, which are reached by Tab as well. */
export function useListKeys<T extends HTMLElement>(): RefObject<T | null> {
  const list = useRef<T>(null)
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('[data-row] a[href], a[data-row]') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
  return list
}
