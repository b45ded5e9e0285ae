import { useCallback, useState } from 'react'

/**
 * What a person has chosen and not yet sent, kept through a reload of the page. The key names the decision and its
 * revision, so that a new card begins anew.
 */
export function useDraft<T>(key: string, initial: T): [T, (next: T | ((before: T) => T)) => void] {
  const [held, setHeld] = useState<{ readonly key: string; readonly value: T }>(() => ({ key, value: read(key) ?? initial }))
  const value = held.key === key ? held.value : (read<T>(key) ?? initial)
  const set = useCallback(
    (next: T | ((before: T) => T)) =>
      setHeld((before) => {
        const from = before.key === key ? before.value : (read<T>(key) ?? initial)
        const changed = typeof next === 'function' ? (next as (before: T) => T)(from) : next
        globalThis.sessionStorage.setItem(key, JSON.stringify(changed))
        return { key, value: changed }
      }),
    [key, initial],
  )
  return [value, set]
}

function read<T>(key: string): T | undefined {
  const text = globalThis.sessionStorage.getItem(key)
  return text === null ? undefined : (JSON.parse(text) as T)
}

/** The key of a draft of one part of a card. */
export function draftKey(card: { readonly decision_id: string; readonly revision: number }, part: string): string {
  return `draft:${card.decision_id}:${card.revision}:${part}`
}
