import { accept, refuse, type Result } from '#core/errors'
import type { Labelled, Trained } from '#core/outcomes'
import { name, sql } from '#core/sql'
import { compareOnSealed } from '#phases/4-train/compare-models'
import type { CompareRunsAnswer } from '#wire/compare-runs'
import type { ServiceInput } from './ports.ts'
import { preparedData, type PreparedData } from './prepared-data.ts'
import type { Caller } from './signalbox.ts'

interface Asked {
  readonly runId: string
  readonly otherId: string
  readonly signal?: AbortSignal
}

/** Scores the models of two runs on the same sealed rows, where both sealed the same ones, and pairs what they say. */
export async function compareRuns(input: ServiceInput, caller: Caller, { runId, otherId, signal = new AbortController().signal }: Asked): Promise<Result<CompareRunsAnswer>> {
  const [first, second] = [await trainedRun(input, caller, runId), await trainedRun(input, caller, otherId)]
  if (!first.ok) return first
  if (!second.ok) return second
  const [one, other] = [first.value, second.value]
  const reason = whyNotPaired(one, other) ?? (await whyOtherRows(input, { one, other, signal }))
  if (reason !== null) return accept({ paired: false, reason, same_model: false, rows: 0, resamples: 0, metrics: {} })
  const tools = { data: input.data, blobs: input.blobs, compute: input.compute, signal, seed: 0, progress: () => undefined }
  const { metrics, rows, resamples } = await compareOnSealed({ parent: one.trained, retrained: other.trained, labelled: one.labelled }, one.raw, tools)
  const named = Object.entries(metrics).map(([metric, { parent, retrained, ...paired }]) => [metric, { first: parent, second: retrained, ...paired }] as const)
  return accept({ paired: true, reason: null, same_model: one.trained.model === other.trained.model, rows, resamples, metrics: Object.fromEntries(named) })
}

interface TrainedRun {
  readonly raw: PreparedData['raw']
  readonly labelled: Labelled
  readonly trained: Trained
}

async function trainedRun(input: ServiceInput, caller: Caller, runId: string): Promise<Result<TrainedRun>> {
  const found = await preparedData(input, caller, runId)
  if (!found.ok) return found
  const { raw, labelled, trained } = found.value
  if (labelled === null || trained === null) return refuse('RUN_WITHOUT_MODEL', 'One of the runs has trained no model yet, so there is nothing to pair.', { suggestion: 'Ask again once model_training is completed.' })
  return accept({ raw, labelled, trained })
}

function whyNotPaired(one: TrainedRun, other: TrainedRun): string | null {
  if (one.raw.hash !== other.raw.hash) return 'The runs stand on different tables, so their sealed rows are not the same and the figures are not paired.'
  if (one.trained.label !== other.trained.label || one.trained.task !== other.trained.task) return `The models predict different things, "${one.trained.label}" (${one.trained.task}) and "${other.trained.label}" (${other.trained.task}), so the figures are not paired.`
  if (one.trained.classes?.join('\n') !== other.trained.classes?.join('\n')) return 'The models tell other classes apart, so the figures are not paired.'
  return null
}

/** Each run may have sealed rows of its own choice. */
async function whyOtherRows({ data }: ServiceInput, { one, other, signal }: { one: TrainedRun; other: TrainedRun; signal: AbortSignal }): Promise<string | null> {
  const tables = { one: one.labelled.table.hash, other: other.labelled.table.hash }
  const rows = (table: 'one' | 'other', sealed: string) => (table === 'one' ? sql`select row_id from one where ${name(sealed)}` : sql`select row_id from other where ${name(sealed)}`)
  const [mine, theirs] = [rows('one', one.labelled.sealed), rows('other', other.labelled.sealed)]
  const found = await data.query(sql`select count(*) as n from ((${mine} except ${theirs}) union all (${theirs} except ${mine})) q`, { tables, signal })
  return Number(found[0]?.n ?? 0) === 0 ? null : 'The runs sealed different rows, so they are not the same rows and the figures are not paired.'
}
