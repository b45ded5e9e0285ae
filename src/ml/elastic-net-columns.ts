import { buildDesign, type DesignPart, type LinearDesign } from './linear-design.ts'

/**
 * The columns whose coefficients want to move most, at most `limit` and the intercept first: where there are too many
 * columns, a step is over a block of them, and the next step takes the next block.
 */
export function chooseColumns(wishes: Float64Array, limit: number): Int32Array {
  const wanting: number[] = []
  for (let j = 1; j < wishes.length; j++) if ((wishes[j] as number) > 0) wanting.push(j)
  wanting.sort((a, b) => (wishes[b] as number) - (wishes[a] as number) || a - b)
  return Int32Array.from([0, ...wanting.slice(0, limit - 1).sort((a, b) => a - b)])
}

/** A design of some of the columns, in their order. */
export function takeColumns(design: LinearDesign, columns: Int32Array): LinearDesign {
  const placeOf = new Int32Array(design.width).fill(-1)
  for (const [place, column] of columns.entries()) placeOf[column] = place
  const parts: DesignPart[] = []
  for (const part of design.parts) {
    if (part.kind === 'numbers') {
      const start = placeOf[part.start] as number
      if (start >= 0) parts.push({ ...part, start })
      continue
    }
    const places = placeOf.subarray(part.start, part.start + part.width)
    const width = places.reduce((count, place) => count + (place >= 0 ? 1 : 0), 0)
    if (width === 0) continue
    const start = places.find((place) => place >= 0) ?? 0
    const codeOfCode = Uint16Array.from([...places, -1], (place) => (place < 0 ? width : place - start))
    const codes = part.codes.map((code) => codeOfCode[code] as number)
    parts.push({ ...part, start, width, codes })
  }
  return buildDesign(design.rows, columns.length, parts)
}
