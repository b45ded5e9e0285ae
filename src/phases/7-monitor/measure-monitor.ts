import type { Hash } from '#core/hash'
import type { Labelled } from '#core/outcomes'
import type { DriftProfile } from '#ml/drift-profile'
import { isRefusal } from '#ml/refusal'
import type { Tools } from '#phases/phase'
import type { MeasuredAlarms, MonitorSettings } from './monitor-document.ts'
import { loadReference, type ReferenceRows } from './reference-rows.ts'
import { runTask } from './run-task.ts'

type MonitorTools = Pick<Tools, 'data' | 'blobs' | 'compute' | 'signal' | 'seed'>

/** The reference rows of a monitor with their profile. */
export interface Reference {
  readonly rows: ReferenceRows
  readonly profile: DriftProfile
}

/** Loads the training rows of a model and profiles them. */
export async function profileReference(labelled: Labelled, scorer: Hash, tools: MonitorTools): Promise<Reference> {
  const rows = await loadReference(labelled, scorer, tools)
  const profile = await runTask(tools, 'profileDrift', { ...rows, seed: tools.seed })
  if (isRefusal(profile)) throw new Error(`the model cannot read its training rows: ${profile.message}`)
  return { rows, profile }
}

const batchSizes = [50, 200, 1_000] as const
const BATCHES = 400

/** The sizes of batches that can be drawn: of the rows that are tested against, two thirds at most. */
export function sizesFor(profile: DriftProfile): number[] {
  const [first] = profile.columns
  const tested = (first ?? profile.prediction).tested.reduce((sum, count) => sum + count, 0)
  return batchSizes.filter((rows) => rows <= (2 * tested) / 3)
}

/** Counts the alarms of each way to watch on batches that are drawn from the training rows, so that every one is false. */
export async function measureWays({ rows, profile }: Reference, ways: readonly MonitorSettings[], tools: MonitorTools): Promise<MeasuredAlarms[][]> {
  const settings = ways.map(({ columns, prediction, false_alarm_rate: rate }) => ({ columns, prediction, rate }))
  const { model, table } = rows
  const request = { model, table, profile, settings, sizes: sizesFor(profile), batches: BATCHES, seed: tools.seed, profileSeed: tools.seed }
  const measured = await runTask(tools, 'measureAlarms', request)
  if (isRefusal(measured)) throw new Error(`the model cannot read its training rows: ${measured.message}`)
  return measured.map((counts) => counts.map((count) => ({ ...count })))
}
