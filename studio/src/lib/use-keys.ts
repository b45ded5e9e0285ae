import { useEffect, useRef } from 'react'

/** Keys by name: `j`, `?`, `[`, `mod+k`, `mod+Enter`, ` ` for the space bar. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

/**
 * Keys of a page. Where a person writes, only those with ⌘ or Ctrl count; a key that is held with another modifier
 * belongs to the browser.
 */
export function useKeys(keys: Keys, enabled = true): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!enabled) return
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return
      const mod = event.metaKey || event.ctrlKey
      if (!mod && isWriting(event.target)) return
      const act = latest.current[`${mod ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`]
      if (act === undefined || (document.querySelector('[role="dialog"]') !== null && !mod)) return
      event.preventDefault()
      act(event)
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [enabled])
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}

/** How the key that goes with others is written on this machine. */
export const modKey = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '') ? '⌘' : 'Ctrl'
