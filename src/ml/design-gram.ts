import type { DesignPart, LinearDesign } from './linear-design.ts'

/** Products of rows and parts that one Gram matrix may need; beyond it rows are taken at even steps. */
const WORK = 100_000_000

/** Transposed design x design as a full symmetrical matrix, scaled up where rows were left out. */
export function gramMatrix(design: LinearDesign): Float64Array {
  const { width, parts, rows } = design
  const products = (parts.length * (parts.length + 1)) / 2
  const step = Math.max(1, Math.ceil((rows * products) / WORK))
  const gram = new Float64Array(width * width)
  for (const [a, left] of parts.entries()) {
    for (let b = a; b < parts.length; b++) addBlock({ gram, width, step }, left, parts[b] as DesignPart)
  }
  const factor = rows / Math.max(1, Math.ceil(rows / step))
  for (let i = 0; i < width; i++) {
    for (let j = i; j < width; j++) {
      const value = ((gram[i * width + j] as number) + (i === j ? 0 : (gram[j * width + i] as number))) * factor
      gram[i * width + j] = value
      gram[j * width + i] = value
    }
  }
  return gram
}

interface GramTarget {
  readonly gram: Float64Array
  readonly width: number
  readonly step: number
}

/** Adds the products of two parts on one side of the diagonal. */
function addBlock(target: GramTarget, left: DesignPart, right: DesignPart): void {
  const { gram, width, step } = target
  if (left.kind === 'numbers' && right.kind === 'numbers') {
    let sum = 0
    for (let i = 0; i < left.values.length; i += step) sum += (left.values[i] as number) * (right.values[i] as number)
    gram[left.start * width + right.start] = sum
  } else if (left.kind === 'levels' && right.kind === 'levels') {
    for (let i = 0; i < left.codes.length; i += step) {
      const a = left.codes[i] as number
      const b = right.codes[i] as number
      if (a < 0 || b < 0) continue
      const cell = (left.start + a) * width + right.start + b
      gram[cell] = (gram[cell] as number) + 1
    }
  } else if (left.kind === 'levels' && right.kind === 'numbers') {
    addMixed(target, left, right)
  } else if (left.kind === 'numbers' && right.kind === 'levels') {
    addMixed(target, right, left)
  }
}

function addMixed(
  { gram, width, step }: GramTarget,
  levels: DesignPart & { kind: 'levels' },
  numbers: DesignPart & { kind: 'numbers' },
): void {
  for (let i = 0; i < levels.codes.length; i += step) {
    const code = levels.codes[i] as number
    if (code < 0) continue
    const cell = (levels.start + code) * width + numbers.start
    gram[cell] = (gram[cell] as number) + (numbers.values[i] as number)
  }
}
