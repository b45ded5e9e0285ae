import type { FeatureBins } from './feature-bins.ts'
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
    const own = codes[f] as ArrayLike<number>
    for (let i = 0; i < own.length; i++) add(weight, own[i] as number, rowWeights ? (rowWeights[i] as number) : 1)
    return totalled(weight)
  }
  const ofPair = ({ a, b }: PairOfFeatures): CellWeights => {
    const first = slots[a] as PairSlots
    const second = slots[b] as PairSlots
    const weight = new Float64Array(first.slots * second.slots)
    const codesA = codes[a] as ArrayLike<number>
    const codesB = codes[b] as ArrayLike<number>
    for (let i = 0; i < codesA.length; i++) {
      const cell = (first.slotOfBin[codesA[i] as number] as number) * second.slots + (second.slotOfBin[codesB[i] as number] as number)
      add(weight, cell, rowWeights ? (rowWeights[i] as number) : 1)
    }
    return totalled(weight)
  }
  return [...curves.map(ofCurve), ...pairs.map(ofPair)]
}

/** Bins of rows as prediction places them: encoded levels were placed by other rows' targets while fitting. */
function codesOfPrediction({ rule, codes }: FeatureBins, column: Column): ArrayLike<number> {
  if (rule.kind === 'numeric' || column.kind === 'numeric' || rule.encoded !== true) return codes
  const binOfLevel = new Map(rule.levels.map((level, i) => [level, rule.binOfLevel[i] as number]))
  const binOfCode = column.levels.map((level) => binOfLevel.get(level) ?? rule.unseen)
  return column.codes.map((code) => (code < 0 ? 0 : (binOfCode[code] as number)))
}

function add(weight: Float64Array, cell: number, value: number): void {
  weight[cell] = (weight[cell] as number) + value
}

function totalled(weight: Float64Array): CellWeights {
  let total = 0
  for (const one of weight) total += one
  return { weight, total }
}
