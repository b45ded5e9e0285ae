import { useSyncExternalStore } from 'react'

let chosen: File | null = null
const listeners = new Set<() => void>()

/** Hands the file that was dropped on one page to the page that reads it: a file cannot stand in an address. */
export function chooseFile(file: File | null): void {
  chosen = file
  for (const listener of listeners) listener()
}

export function useChosenFile(): File | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => chosen,
  )
}
