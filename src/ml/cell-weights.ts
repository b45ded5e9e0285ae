import type { FeatureBins } from './feature-bins.ts'
import { countByCode, countByPair, sumByCode, sumByPair } from './bin-kernels.ts'
import type { PairOfFeatures, PairSlots } from './pair-slots.ts'
import type { Column } from './table.ts'

/** Training rows by cell of a term: their number, or the sum of their weights. */
export interface CellWeights {
  readonly weight: Float64Array
  readonly total: number
}

/** The terms to weigh: curves first, then pairs. */
export interface WeighedTerms {
  readonly features: readonly FeatureBins[]
  readonly columns: readonly Column[]
  readonly curves: readonly number[]
  readonly slots: readonly PairSlots[]
  readonly pairs: readonly PairOfFeatures[]
  readonly rowWeights: Float64Array | undefined
}

/** Weighs the cells of every term, with each row where prediction places it. */
export function weighCells({ features, columns, curves, slots, pairs, rowWeights }: WeighedTerms): CellWeights[] {
  const codes = features.map((feature, f) => codesOfPrediction(feature, columns[f] as Column))
  const ofCurve = (f: number): CellWeights => {
    const weight = new Float64Array((features[f] as FeatureBins).bins)
    const own = codes[f] as Uint8Array
    if (rowWeights) sumByCode(own, rowWeights, weight)
    else countByCode(own, weight)
    return totalled(weight)
  }
  const sides = new Map([...new Set(pairs.flatMap(({ a, b }) => [a, b]))].map((f) => [f, slotsOfRows(codes[f] as Uint8Array, slots[f] as PairSlots)]))
  const ofPair = ({ a, b }: PairOfFeatures): CellWeights => {
    const width = (slots[b] as PairSlots).slots
    const weight = new Float64Array((slots[a] as PairSlots).slots * width)
    const pair = { codesA: sides.get(a) as Uint8Array, codesB: sides.get(b) as Uint8Array, width }
    if (rowWeights) sumByPair(pair, rowWeights, weight)
    else countByPair(pair, weight)
    return totalled(weight)
  }
  return [...curves.map(ofCurve), ...pairs.map(ofPair)]
}

/** Bins of rows as prediction places them: encoded levels were placed by other rows' targets while fitting. */
function codesOfPrediction({ rule, codes }: FeatureBins, column: Column): Uint8Array {
  if (rule.kind === 'numeric' || column.kind === 'numeric' || rule.encoded !== true) return codes
  const binOfLevel = new Map(rule.levels.map((level, i) => [level, rule.binOfLevel[i] as number]))
  const binOfCode = column.levels.map((level) => binOfLevel.get(level) ?? rule.unseen)
  return Uint8Array.from(column.codes, (code) => (code < 0 ? 0 : (binOfCode[code] as number)))
}

/** Slot of each row on a side of pairs. */
function slotsOfRows(codes: Uint8Array, { slotOfBin }: PairSlots): Uint8Array {
  const taken = new Uint8Array(codes.length)
  for (let i = 0; i < taken.length; i++) taken[i] = slotOfBin[codes[i] as number] as number
  return taken
}

function totalled(weight: Float64Array): CellWeights {
  let total = 0
  for (const one of weight) total += one
  return { weight, total }
}
