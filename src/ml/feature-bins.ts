import type { Direction } from './model.ts'

/** How values of a feature find their bin; bin 0 is always the missing value. */
export type BinRule =
  | { readonly kind: 'numeric'; readonly edges: number[]; readonly direction?: Direction }
  | {
      readonly kind: 'category'
      readonly levels: string[]
      readonly binOfLevel: number[]
      readonly unseen: number
      /** True where training rows were placed by the targets of other rows, not by the bins of their levels. */
      readonly encoded?: boolean
      /** True where the bins follow a given order. */
      readonly ordered?: boolean
      readonly direction?: Direction
    }

/** A feature as the boosting sees it. */
export interface FeatureBins {
  readonly feature: string
  readonly rule: BinRule
  /** Number of bins, the missing one and (for levels) the unseen one included. */
  readonly bins: number
  /** Bin of each training row. */
  readonly codes: Uint8Array
}

/** More bins than this do not fit the codes. */
export const MOST_BINS = 255

/** Direction to which a feature is held, or null. */
export function directionOf({ rule }: FeatureBins): Direction | null {
  return rule.direction ?? null
}

/** Codes that workers can read without a copy, where the host allows it. */
export function sharedCodes(rows: number): Uint8Array {
  return typeof SharedArrayBuffer === 'undefined' ? new Uint8Array(rows) : new Uint8Array(new SharedArrayBuffer(rows))
}
