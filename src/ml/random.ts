/** A seeded stream of numbers; the same seeds give the same stream everywhere. */
export interface Random {
  /** Next number in [0, 1). */
  next(): number
  /** Next whole number in [0, limit). */
  below(limit: number): number
}

/** Opens the stream that belongs to the given seeds (mulberry32 over mixed seeds). */
export function seededRandom(...seeds: number[]): Random {
  let state = 0x9e3779b9
  for (const seed of seeds) state = mix(state ^ mix((seed | 0) + 0x7f4a7c15))
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return mix(state) / 4294967296
  }
  return { next, below: (limit) => Math.floor(next() * limit) }
}

/** Puts the rows 0..count-1 into a seeded random order (Fisher-Yates). */
export function shuffledRows(count: number, random: Random): Int32Array {
  const rows = new Int32Array(count)
  for (let i = 0; i < count; i++) rows[i] = i
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const held = rows[i] as number
    rows[i] = rows[j] as number
    rows[j] = held
  }
  return rows
}

function mix(value: number): number {
  let t = Math.imul(value ^ (value >>> 15), 1 | value)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return (t ^ (t >>> 14)) >>> 0
}
