/** A run of design columns of which each row has at most one; the code `width` stands for none. */
export interface LevelsPart {
  readonly kind: 'levels'
  readonly start: number
  readonly width: number
  readonly codes: Uint16Array
}

/**
 * Several parts of levels read as one: the code of a row is the sum of each part's code times its stride. What a row
 * adds up to then lies in one table, which is far smaller than the rows.
 */
export interface PackedLevels {
  readonly codes: Uint16Array
  /** Codes that may occur. */
  readonly size: number
  /** In ascending order of the stride. */
  readonly members: readonly { readonly start: number; readonly width: number; readonly stride: number }[]
}

/** Codes that a pack may have; its table stays in the nearest cache. */
const MOST = 1024

/** Packs parts of levels, first come first served, as long as their table is clearly smaller than the rows. */
export function packLevels(parts: readonly LevelsPart[], rows: number): PackedLevels[] {
  const most = Math.min(MOST, rows / 2)
  const packs: { codes: Uint16Array; size: number; members: { start: number; width: number; stride: number }[] }[] = []
  for (const { start, width, codes } of parts) {
    const pack = packs.find(({ size }) => size * (width + 1) <= most)
    if (!pack) {
      packs.push({ codes: codes.slice(), size: width + 1, members: [{ start, width, stride: 1 }] })
      continue
    }
    const stride = pack.size
    for (let i = 0; i < rows; i++) pack.codes[i] = (pack.codes[i] as number) + stride * (codes[i] as number)
    pack.members.push({ start, width, stride })
    pack.size *= width + 1
  }
  return packs
}

/** What each code adds up to. */
export function tableOfCodes({ size, members }: PackedLevels, coefficients: Float64Array): Float64Array {
  const table = new Float64Array(size)
  for (const { start, width, stride } of members) {
    // From the last code on, because the sums of the members before lie in the first `stride` places.
    for (let code = width; code >= 0; code--) {
      const own = code === width ? 0 : (coefficients[start + code] as number)
      for (let i = 0; i < stride; i++) table[code * stride + i] = (table[i] as number) + own
    }
  }
  return table
}

/** Splits sums by code into sums by design column; the table is used up. */
export function spreadTable({ members }: PackedLevels, table: Float64Array, sums: Float64Array): void {
  for (const { start, width, stride } of members.toReversed()) {
    for (let code = 0; code <= width; code++) {
      let sum = 0
      for (let i = code * stride; i < (code + 1) * stride; i++) sum += table[i] as number
      if (code < width) sums[start + code] = sum
      if (code === 0) continue
      for (let i = 0; i < stride; i++) table[i] = (table[i] as number) + (table[code * stride + i] as number)
    }
  }
}
