import { binRows, countBins } from './drift-bins.ts'
import type { DriftSettings } from './check-drift.ts'
import { canTell } from './drift-test.ts'
import { nullProbability, nullStatistics, nullThreshold } from './drift-null.ts'
import { choosingRows, type DriftProfile } from './drift-profile.ts'
import { driftStatistic } from './drift-statistic.ts'
import { criticalProbability } from './false-discovery.ts'
import type { Model } from './model.ts'
import { type Random, seededRandom } from './random.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import { scoreTable } from './score-table.ts'
import type { Table } from './table.ts'

export interface AlarmRequest {
  readonly model: Model
  readonly profile: DriftProfile
  /** The reference rows. */
  readonly table: Table
  readonly settings: readonly Omit<DriftSettings, 'seed'>[]
  /** Rows of the batches. */
  readonly sizes: readonly number[]
  readonly batches: number
  readonly seed: number
  /** The seed that the profile was made with. */
  readonly profileSeed: number
}

/** How often one way to watch raised an alarm on batches drawn from the reference rows themselves. */
export interface AlarmCount {
  readonly rows: number
  readonly batches: number
  readonly alarms: number
  /** Columns that batches of this size can be told by, of those that are watched; the prediction counts as one. */
  readonly judged: number
  readonly watched: number
}

/** Draws batches out of the rows that batches are tested against, tests each against the rest, and counts the alarms. */
export function measureAlarms(request: AlarmRequest): AlarmCount[][] | Refusal {
  const { model, profile, table, sizes, settings } = request
  const scored = scoreTable(model, table)
  if (isRefusal(scored)) return scored
  const chose = new Set(choosingRows(table.rows, request.profileSeed))
  const tested = Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !chose.has(row))
  const known = [...profile.columns, { feature: null, ...profile.prediction }]
  const coded = known.map(({ rule, feature }): CodedColumn => {
    const column = table.columns.find(({ name }) => name === feature)
    const bins = binRows(rule, column ?? scored.prediction)
    // Batches are drawn from these rows, so the prediction is compared among them too.
    return { feature, bins, total: countBins(rule, Uint8Array.from(tested, (row) => bins[row] as number)) }
  })
  const alarms = settings.map((): AlarmCount[] => [])
  for (const [at, rows] of sizes.entries()) {
    const counted = alarmsOfSize(request, coded, { rows, tested, random: seededRandom(request.seed, rows, at) })
    for (const [i, count] of counted.entries()) alarms[i]?.push(count)
  }
  return alarms
}

interface CodedColumn {
  /** Null for the prediction. */
  readonly feature: string | null
  readonly bins: Uint8Array
  /** The tested rows by bin. */
  readonly total: readonly number[]
}

interface Size {
  readonly rows: number
  readonly tested: Int32Array
  readonly random: Random
}

const DRAWS = 1_999

function alarmsOfSize(request: AlarmRequest, coded: readonly CodedColumn[], { rows, tested, random }: Size): AlarmCount[] {
  // Batch and rest are always the same rows together, so that one null distribution holds for all batches.
  const nulls = coded.map(({ total }) => nullStatistics({ pool: total, batchRows: rows, draws: DRAWS, random }))
  const ways = request.settings.map(({ columns, prediction, rate }) => {
    const places = coded.flatMap(({ feature }, i) => ((feature === null ? prediction : columns.includes(feature)) ? [i] : []))
    const single = rate / Math.max(1, places.length)
    const judged = places.filter((i) => canTell(evenBatch(coded[i], rows), nullThreshold(nulls[i] ?? new Float64Array(0), single)))
    return { rate, judged, watched: places.length, alarms: 0 }
  })
  const order = tested.slice()
  for (let batch = 0; batch < request.batches; batch++) {
    const picked = drawRows(order, rows, random)
    const probabilities = coded.map((column, i) => nullProbability(nulls[i] ?? new Float64Array(0), statisticOf(column, picked)))
    for (const way of ways) {
      const own = way.judged.map((i) => probabilities[i] ?? 1)
      const critical = criticalProbability(own, way.rate)
      if (own.some((probability) => probability <= critical)) way.alarms++
    }
  }
  return ways.map(({ alarms, judged, watched }) => ({ rows, batches: request.batches, alarms, judged: judged.length, watched }))
}

/** The first rows of a further shuffle (Fisher and Yates); the order before it does not matter. */
function drawRows(order: Int32Array, rows: number, random: Random): Int32Array {
  for (let i = 0; i < rows; i++) {
    const j = i + random.below(order.length - i)
    const held = order[i] as number
    order[i] = order[j] as number
    order[j] = held
  }
  return order.subarray(0, rows)
}

function statisticOf({ bins, total }: CodedColumn, picked: Int32Array): number {
  const batch = total.map(() => 0)
  for (const row of picked) batch[bins[row] as number] = (batch[bins[row] as number] as number) + 1
  return driftStatistic({ reference: total.map((count, bin) => count - (batch[bin] ?? 0)), batch })
}

/** A batch that is spread as all rows are. */
function evenBatch(column: CodedColumn | undefined, rows: number) {
  const total = column?.total ?? []
  const all = total.reduce((sum, count) => sum + count, 0)
  const batch = total.map((count) => (count * rows) / Math.max(1, all))
  return { reference: total.map((count, bin) => count - (batch[bin] ?? 0)), batch }
}
