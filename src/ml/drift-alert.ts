import type { Compared, EarlierBatch } from './check-drift.ts'
import { type DriftResult, testDrift } from './drift-test.ts'

/** How rarely alerts may be false: in so many checks in a row, any false one with this chance. */
export interface AlertSettings {
  readonly falseAlertRate: number
  readonly inChecks: number
}

/** What was found in this batch together with those before it. */
export interface AlertWindow {
  /** How many batches were put together. */
  readonly checks: number
  /** Chance of any column this far out where nothing drifted; null where too few rows came, or none of them looks changed in this batch. */
  readonly probability: number | null
  /** Columns that lie so far out, the least likely first. */
  readonly features: readonly string[]
  /** Whether the prediction does. */
  readonly prediction: boolean
}

export interface DriftAlert {
  readonly raised: boolean
  /** What the probability of a window has to reach. */
  readonly level: number
  readonly windows: readonly AlertWindow[]
}

/** A change that is large is seen in one batch, a small one that stays in several put together. */
const WINDOWS = [1, 2, 7]

/** Draws for windows of several batches: their curve is read, no verdict. */
const DRAWS = 499

interface AlertRequest {
  /** The watched columns, and after them the prediction where it is watched. */
  readonly family: readonly Compared[]
  /** The tests of this batch alone. */
  readonly results: readonly DriftResult[]
  readonly before: readonly EarlierBatch[]
  /** How many of the family are columns. */
  readonly columns: number
  readonly settings: AlertSettings & { readonly rate: number; readonly seed: number }
}

/**
 * Tests at a level that is spread over all checks of a long time and over the windows of each. The chances of all these
 * tests add up to the stated one whatever they have in common, and they have the reference in common.
 */
export function testAlert({ family, results, before, columns, settings }: AlertRequest): DriftAlert {
  const level = settings.falseAlertRate / (settings.inChecks * WINDOWS.length)
  const windows = WINDOWS.filter((checks) => checks <= before.length + 1).map((checks): AlertWindow => {
    const samples = family.map(({ feature, tested, batch }, i) => ({ reference: tested, batch: pooled(batch, earlierOf(i < columns ? feature : null, before.slice(0, checks - 1))) }))
    const tests = checks === 1 ? results : testDrift({ samples, rate: settings.rate, seed: settings.seed + checks, draws: DRAWS })
    // A batch that looks as the reference calls for nobody, whatever came before it; too few rows neither.
    const told = tests.map(({ tail }, i) => (agrees(results[i]) ? tail : null))
    return windowOf(family, told, { checks, level, columns })
  })
  return { raised: windows.some(({ features, prediction }) => prediction || features.length > 0), level, windows }
}

/** In a batch of the same change a column is seldom less likely than this by chance. */
const AGREEING = 0.2

function agrees(alone: DriftResult | undefined): boolean {
  return alone?.probability != null && alone.probability <= AGREEING
}

function windowOf(family: readonly Compared[], tails: readonly (number | null)[], { checks, level, columns }: { readonly checks: number; readonly level: number; readonly columns: number }): AlertWindow {
  const told = tails.flatMap((tail, place) => (tail === null ? [] : [{ place, probability: Math.min(1, tail * family.length) }]))
  const ranked = told.toSorted((a, b) => a.probability - b.probability)
  const far = ranked.filter(({ probability }) => probability <= level)
  const features = far.flatMap(({ place }) => (place < columns ? [family[place]?.feature ?? ''] : []))
  return { checks, probability: ranked[0]?.probability ?? null, features, prediction: features.length < far.length }
}

/** The counts of a column in earlier batches, or of the prediction. */
function earlierOf(feature: string | null, before: readonly EarlierBatch[]): (readonly number[])[] {
  return before.flatMap(({ columns, prediction }) => {
    const found = feature === null ? prediction : columns.find((column) => column.feature === feature)?.batch
    return found == null ? [] : [found]
  })
}

function pooled(batch: readonly number[], earlier: readonly (readonly number[])[]): number[] {
  return batch.map((rows, bin) => earlier.reduce((sum, counts) => sum + (counts[bin] ?? 0), rows))
}
