import type { Progress } from './ports.ts'

/** A part of a larger progress: its 0 to 1 become `from` to `to`, under one text unless a step says its own. */
export function progressRange(progress: Progress, [from, to]: readonly [number, number], text: string): Progress {
  progress(from, text)
  return (fraction, own = text) => progress(from + (to - from) * Math.min(1, Math.max(0, fraction)), own)
}
