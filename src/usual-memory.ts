import { totalmem } from 'node:os'

/** Megabytes of one computing thread's heap, and of the SQL engine: a quarter of the machine's, at most 4096. */
export function usualMemoryMb(): number {
  return Math.min(4096, Math.floor(totalmem() / 2 ** 20 / 4))
}
