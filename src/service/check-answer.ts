import type { ColumnDrift, PairDrift } from '#ml/check-drift'
import { largest } from '#ml/check-drift'
import type { DriftAlert } from '#ml/drift-alert'
import type { DriftRule } from '#ml/drift-bins'
import type { Batch } from '#scoring/batch-reader'
import type { AlertStateAnswer, ColumnCheckAnswer, ComparedBin, PairCheckAnswer, PredictionCheckAnswer } from '#wire/monitor-check'

const mostNamed = 50

interface Around {
  readonly classes: readonly string[]
  readonly batch: Batch
}

/** One watched column of a check as it is told. */
export function columnAnswer(drift: ColumnDrift, { classes, batch }: Around): ColumnCheckAnswer {
  const { feature, newLevels } = drift
  const unreadable = batch.unreadable.get(feature) ?? 0
  return {
    column: feature,
    ...comparedAnswer(drift),
    missing_share: shareOf(drift.batch),
    reference_missing_share: shareOf(drift.reference),
    new_categories: newLevels.slice(0, mostNamed).map(({ level }) => level),
    new_category_share: share(newLevels.reduce((sum, { rows }) => sum + rows, 0), drift.batch),
    ...effectAnswer(drift.effects, classes),
    unreadable,
    notes: notesOf(drift, { unreadable, lacking: batch.lacking.get(feature) ?? [], rows: batch.table.rows }),
  }
}

/** One pair of columns of a check as it is told. */
export function pairAnswer({ name, features, effects }: PairDrift, classes: readonly string[]): PairCheckAnswer {
  return { name, columns: [...features], ...effectAnswer(effects, classes) }
}

/** The prediction of a check as it is told. */
export function predictionAnswer(drift: ColumnDrift, classes: readonly string[]): PredictionCheckAnswer {
  return { ...comparedAnswer(drift), ...effectAnswer(drift.effects, classes) }
}

/** How far out this batch and those before it lie, as it is told. */
export function alertAnswer({ raised, level, windows }: DriftAlert): AlertStateAnswer {
  return { raised, level, windows: windows.map(({ checks, probability, features, prediction }) => ({ checks, probability, columns: [...features], prediction })) }
}

function comparedAnswer({ verdict, probability, statistic, threshold, movedShare, rule, reference, batch }: ColumnDrift) {
  return { verdict, p_value: probability, statistic, threshold, moved_share: movedShare, bins: binsOf(rule, reference, batch) }
}

/** Of several classes, the shift that is the largest; else the one that there is. */
function effectAnswer(effects: readonly number[], classes: readonly string[]) {
  const most = largest(effects)
  const effect_on_score = effects.find((effect) => Math.abs(effect) === most) ?? 0
  return { effect_on_score, effect_by_class: effects.length < 2 ? null : Object.fromEntries(effects.map((effect, k) => [classes[k] ?? String(k), effect])) }
}

function notesOf({ newLevels }: ColumnDrift, { unreadable, lacking, rows }: { unreadable: number; lacking: readonly string[]; rows: number }): string[] {
  const notes: string[] = []
  if (rows > 0) for (const name of lacking) notes.push(`No row has a column "${name}", so it counts as missing.`)
  if (unreadable > 0) notes.push(`${unreadable} ${unreadable === 1 ? 'cell holds' : 'cells hold'} nothing of the type that the column had at training, and ${unreadable === 1 ? 'counts' : 'count'} as missing.`)
  if (newLevels.length > mostNamed) notes.push(`${newLevels.length} values are new; the ${mostNamed} commonest are named.`)
  return notes
}

/** Share of the rows in bin 0, the missing value. */
function shareOf(counts: readonly number[]): number {
  return share(counts[0] ?? 0, counts)
}

function share(part: number, counts: readonly number[]): number {
  const rows = counts.reduce((sum, count) => sum + count, 0)
  return rows === 0 ? 0 : part / rows
}

function binsOf(rule: DriftRule, reference: readonly number[], batch: readonly number[]): ComparedBin[] {
  const open = { from: null, to: null, level: null }
  const named = rule.kind === 'numeric' ? ranges(rule) : [...rule.levels.map((level) => ({ ...open, kind: 'level' as const, level })), { ...open, kind: 'rare_levels' as const }, { ...open, kind: 'other_levels' as const }]
  return [{ ...open, kind: 'missing' as const }, ...named].map((bin, i) => ({ ...bin, reference_rows: reference[i] ?? 0, rows: batch[i] ?? 0 }))
}

/** Below what the bins were chosen by, between its borders, and above it. */
function ranges({ edges, range }: Extract<DriftRule, { kind: 'numeric' }>) {
  const [low, high] = range ?? [null, null]
  const borders = [null, low, ...edges, high, null]
  return borders.slice(1).map((to, i) => ({ kind: 'range' as const, from: borders[i] ?? null, to, level: null }))
}
