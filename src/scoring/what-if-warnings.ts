import { axesOfTerm } from '#ml/compiled-term'
import { featureSlots } from '#ml/feature-slots'
import { nameOfTerm, slotsOfAxis, type Term } from '#ml/model'
import type { Prepared } from './quick-scorer.ts'
import type { RawProfile } from './raw-profile.ts'
import type { RawRow } from './row-reader.ts'
import type { ScorerDocument } from './scorer-schema.ts'
import type { ColumnChange, WhatIfWarning } from './what-if-answer.ts'

interface Changed {
  readonly changes: readonly ColumnChange[]
  readonly row: RawRow
  /** The row as the model reads it, before and after. */
  readonly before: Prepared
  readonly after: Prepared
}

interface Known {
  readonly document: ScorerDocument
  readonly profiles: ReadonlyMap<string, RawProfile>
  readonly minSupport: number
}

/** What is to be known about a changed row: values that no training row has, and bins that few training rows are in. */
export function whatIfWarnings({ document, profiles, minSupport }: Known, changed: Changed): WhatIfWarning[] {
  const ofValues = [...profiles.values()].flatMap((profile) => valueWarning(profile, { changed, minSupport }))
  const ofBins = document.model.terms.flatMap((term) => binWarning(term, { changed, minSupport }))
  return [...ofValues, ...ofBins]
}

/** Of every column that the model reads: what was not changed may lie outside too. */
function valueWarning(profile: RawProfile, { changed, minSupport }: { changed: Changed; minSupport: number }): WhatIfWarning[] {
  const { name } = profile
  const change = changed.changes.find(({ column }) => column === name)
  const cell = change === undefined ? (changed.row[name] ?? null) : change.to
  if (cell === null || profile.kind === 'fixed') return []
  const columns = [name]
  if (profile.kind === 'number') {
    const value = Number(cell)
    if (!(value < profile.min || value > profile.max)) return []
    return [{ kind: 'outside_training_range', columns, rows: 0, text: `${name}: the value ${value}${change === undefined ? ' of the row itself' : ''} lies outside the training rows, which go from ${profile.min} to ${profile.max}.` }]
  }
  const rows = profile.levels.find(({ value }) => String(value) === String(cell))?.rows ?? (profile.others > 0 ? null : 0)
  if (rows === null || (change === undefined && rows > 0)) return []
  if (rows === 0) return [{ kind: 'unseen_level', columns, rows, text: `${name}: no training row has the level ${JSON.stringify(cell)}${change === undefined ? ' of the row itself' : ''}.` }]
  return rows >= minSupport ? [] : [{ kind: 'few_training_rows', columns, rows, text: `${name}: only ${counted(rows)} the level ${JSON.stringify(cell)}.` }]
}

function counted(rows: number): string {
  return rows === 1 ? '1 training row has' : `${rows.toLocaleString('en-US')} training rows have`
}

/** Of a term whose bin or cell the changes lead to. */
function binWarning(term: Term, { changed, minSupport }: { changed: Changed; minSupport: number }): WhatIfWarning[] {
  if (term.kind === 'slope') return []
  const axes = axesOfTerm(term)
  const slotsFor = (prepared: Prepared): number[] => axes.map((axis) => {
    const slots = featureSlots(axis, [axis])
    return slots.slotsOn(axis)[slots.slotOf(prepared[axis.feature] ?? null)] ?? 0
  })
  const [before, after] = [slotsFor(changed.before), slotsFor(changed.after)]
  if (before.join() === after.join()) return []
  const rows = rowsIn(term, after)
  if (rows === null || rows >= minSupport) return []
  const columns = axes.map(({ feature }) => feature)
  const shown = Math.round(rows)
  const place = columns.length === 1 ? 'bin' : 'cell'
  return [{ kind: 'few_training_rows', columns, rows: shown, text: `${nameOfTerm(term)}: the ${place} that it comes to holds ${shown === 1 ? '1 training row' : `${shown} training rows`} only.` }]
}

/** Training rows in a bin or cell, by the slots of its axes. */
function rowsIn(term: Exclude<Term, { kind: 'slope' }>, slots: readonly number[]): number | null {
  const [first = 0, second = 0] = slots
  if (term.kind === 'pair') return term.weight[first * slotsOfAxis(term.axes[1]) + second] ?? null
  if (first === 0) return term.missingWeight
  if (term.kind === 'numeric') return term.weight[first - 1] ?? null
  return first === 1 ? term.unseenWeight : (term.weight[first - 2] ?? null)
}
