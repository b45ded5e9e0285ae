import { accept, refuse, type Result } from '#core/errors'

/** Microseconds of the fixed units that pandas writes offsets in. */
const units: Readonly<Record<string, number>> = {
  D: 86_400_000_000, d: 86_400_000_000, h: 3_600_000_000, H: 3_600_000_000, min: 60_000_000, T: 60_000_000, t: 60_000_000, s: 1_000_000, S: 1_000_000, ms: 1000, L: 1000, us: 1, U: 1,
}
const piece = /\s*([+-]?\d+(?:\.\d+)?|[+-]?)\s*([A-Za-z]+)\s*/uy

/** Microseconds of a fixed-length offset such as "1h", "7D", "90min" or "1D12h"; calendar offsets have no fixed length. */
export function offsetMicros(text: string): number | null {
  let total = 0
  piece.lastIndex = 0
  while (piece.lastIndex < text.length) {
    const found = piece.exec(text)
    if (found === null) return null
    const unit = units[found[2] ?? '']
    if (unit === undefined) return null
    const count = found[1] === '' || found[1] === '+' ? 1 : found[1] === '-' ? -1 : Number(found[1])
    total += count * unit
  }
  return Number.isInteger(total) && text.trim() !== '' ? total : null
}

/** An offset as it was written, which names the columns that are made by it. */
export interface TimeOffset {
  readonly label: string
  readonly micros: number
}

/** Reads offsets that reach into the past. */
export function readOffsets(texts: readonly string[], parameter: string): Result<TimeOffset[]> {
  const offsets: TimeOffset[] = []
  for (const text of texts) {
    const micros = offsetMicros(text)
    if (micros === null || micros <= 0) {
      return refuse('CUSTOM_REFUSED', `${parameter} takes fixed lengths above zero such as "1h", "24h" or "7D", and ${JSON.stringify(text)} is none; weeks are written "7D", months have no fixed length.`)
    }
    const label = text.trim()
    if (offsets.some((offset) => offset.label === label)) return refuse('CUSTOM_REFUSED', `${parameter} names ${JSON.stringify(label)} twice.`)
    offsets.push({ label, micros })
  }
  return accept(offsets)
}
