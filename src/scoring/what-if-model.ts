import { accept, type Result } from '#core/errors'
import { columnBorders } from './column-borders.ts'
import { quickScorer, type QuickScorer } from './quick-scorer.ts'
import type { NumberProfile, RawProfile } from './raw-profile.ts'
import type { RawRow } from './row-reader.ts'
import type { Scorer } from './scorer.ts'
import type { ColumnBorders } from './what-if-axis.ts'

/** A model with what is known of its training rows, ready to be asked what would be if. */
export interface WhatIfModel {
  readonly scorer: Scorer
  readonly quick: QuickScorer
  /** By raw column that the model reads. */
  readonly profiles: ReadonlyMap<string, RawProfile>
  bordersOf(profile: NumberProfile, row: RawRow): ColumnBorders
}

export function openWhatIf(scorer: Scorer, profiles: ReadonlyMap<string, RawProfile>): Result<WhatIfModel> {
  const { document } = scorer
  const made = quickScorer(document)
  if (!made.ok) return made
  const quick = made.value
  const found = new Map<string, ColumnBorders>()
  /** Borders are the model's, so those that were found with one row hold for all. */
  function bordersOf(profile: NumberProfile, row: RawRow): ColumnBorders {
    const known = found.get(profile.name)
    if (known !== undefined) return known
    const borders = columnBorders({ model: document.model, scorer: quick, row }, profile)
    found.set(profile.name, borders)
    return borders
  }
  return accept({ scorer, quick, profiles, bordersOf })
}
