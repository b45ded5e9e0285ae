import { type FeatureBins, sharedCodes } from './feature-bins.ts'

/** How the bins of a feature are merged into the slots of one side of a pair; slot 0 is missing. */
export interface PairSlots {
  readonly slotOfBin: Uint8Array
  /** Slots, the missing one included. */
  readonly slots: number
}

/** Two features of a table (positions, the first the smaller) with their slots. */
export interface PairOfFeatures {
  readonly a: number
  readonly b: number
}

/** Merges neighbouring bins into at most `most` value slots of about equally many rows; bin 0 stays alone. */
export function mergeBins(feature: FeatureBins, rowsByBin: Float64Array, most: number): PairSlots {
  const slotOfBin = new Uint8Array(feature.bins)
  let used = 0
  let left = 0
  for (let bin = 1; bin < feature.bins; bin++) {
    if ((rowsByBin[bin] as number) > 0) used++
    left += rowsByBin[bin] as number
  }
  let slot = 1
  let filled = 0
  let target = left / most
  for (let bin = 1; bin < feature.bins; bin++) {
    const rows = rowsByBin[bin] as number
    const full = used <= most ? filled > 0 && rows > 0 : filled > 0 && filled + rows / 2 > target
    if (full && slot < most) {
      slot++
      left -= filled
      target = left / (most - slot + 1)
      filled = 0
    }
    filled += rows
    slotOfBin[bin] = slot
  }
  return { slotOfBin, slots: slot + 1 }
}

/** Cell of each row: slot of the first feature x slots of the second + slot of the second; at most 256 cells. */
export function pairCodes(features: readonly FeatureBins[], slots: readonly PairSlots[], { a, b }: PairOfFeatures): Uint8Array {
  const codesA = (features[a] as FeatureBins).codes
  const codesB = (features[b] as FeatureBins).codes
  const { slotOfBin: slotOfA } = slots[a] as PairSlots
  const { slotOfBin: slotOfB, slots: width } = slots[b] as PairSlots
  const codes = sharedCodes(codesA.length)
  for (let i = 0; i < codes.length; i++) {
    codes[i] = (slotOfA[codesA[i] as number] as number) * width + (slotOfB[codesB[i] as number] as number)
  }
  return codes
}
