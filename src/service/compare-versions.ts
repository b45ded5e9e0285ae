import type { Json } from '#core/canonical-json'
import { tableSchema } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { modelComparisonSchema } from '#core/model-comparison'
import { labelledSchema, type Labelled } from '#core/outcomes'
import { isStarted, type StartedRun } from '#core/run'
import { name, sql } from '#core/sql'
import type { ModelVersionRow } from '#core/store-ports'
import { compareModels } from '#phases/4-train/compare-models'
import type { VersionComparisonAnswer } from '#wire/model-registry'
import { trainedVersion } from './deployed-model.ts'
import { ownVersion } from './deployments.ts'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

interface Wish {
  readonly versionId: string
  /** The champion where it is null. */
  readonly other: string | null
}

/** How a version stands against the champion, or another one, on the rows that neither learnt from. */
export async function compareVersions(input: ServiceInput, caller: Caller, { versionId, other }: Wish): Promise<Result<VersionComparisonAnswer>> {
  const version = await ownVersion(input, caller, versionId)
  if (!version.ok) return version
  const { model_id } = version.value
  const withId = other ?? (await input.registry.standings([model_id])).get(model_id)?.champion ?? null
  if (withId === null) return refuse('VALIDATION_FAILED', 'The model has no champion to compare with.', { suggestion: 'Name another version in "with", or promote one with POST /v1/models/promote/{version_id}.' })
  const before = await ownVersion(input, caller, withId)
  if (!before.ok) return before
  if (before.value.model_id !== model_id) return refuse('VERSION_OF_OTHER_MODEL', `The version ${withId} belongs to the model ${before.value.model_id}, and ${versionId} to ${model_id}.`)
  const compared = await compare(input, { champion: before.value, challenger: version.value })
  return accept({ version_id: versionId, with_version_id: withId, ...compared })
}

interface Both {
  readonly champion: ModelVersionRow
  readonly challenger: ModelVersionRow
}

type Compared = Omit<VersionComparisonAnswer, 'version_id' | 'with_version_id'>

async function compare(input: ServiceInput, { champion, challenger }: Both): Promise<Compared> {
  const [one, other] = [await sidesOf(input, champion), await sidesOf(input, challenger)]
  if (one === null || other === null) return notCompared('The versions are not compared: what one of them was trained on is gone.')
  const [trained, parent] = [await trainedVersion(input, challenger), await trainedVersion(input, champion)]
  const reason = trained.model === parent.model ? null : await sealedByBoth(input, one, other)
  if (reason !== null) return notCompared(reason)
  const outcomes: Record<string, Json> = { label_selection: one.outcome, model_training: await input.blobs.get(champion.content) }
  const facts = { outcomes: { label_selection: other.outcome, model_training: await input.blobs.get(challenger.content) } }
  const tools = { ...input, seed: one.run.settings.seed, signal: new AbortController().signal, progress: () => undefined }
  const table = tableSchema.parse(await input.blobs.get(one.run.dataset))
  const found = await compareModels(facts, { outcome: trained, parent: { table, outcomes, comparison: null }, notes: [] }, tools)
  const comparison = modelComparisonSchema.parse(found)
  return { comparable: comparison.same_model || comparison.rows > 0, ...comparison, text: comparison.text.replaceAll('The retrained model', 'This version').replaceAll('the retrained model', 'this version').replaceAll('the model of the parent run', 'the version that it is compared with').replaceAll('that the parent run sealed', 'that both sealed') }
}

function notCompared(text: string): Compared {
  return { comparable: false, text, same_model: false, rows: 0, resamples: 0, looks: 1, metrics: {}, notes: [] }
}

interface Side {
  readonly run: StartedRun
  readonly labelled: Labelled
  readonly outcome: Json
}

async function sidesOf(input: ServiceInput, { run }: ModelVersionRow): Promise<Side | null> {
  const outcome = await outcomeOf(input, run, 'label_selection')
  return outcome === null || !isStarted(run) ? null : { run, labelled: labelledSchema.parse(outcome), outcome }
}

/** Why the rows that the first sealed say nothing of the second; null where it sealed all of them too. */
async function sealedByBoth({ data, blobs }: ServiceInput, one: Side, other: Side): Promise<string | null> {
  const [raw, newer] = [tableSchema.parse(await blobs.get(one.run.dataset)), tableSchema.parse(await blobs.get(other.run.dataset))]
  if (raw.hash !== newer.hash) {
    // A retrain on a new table keeps the rows of its parent out of every fit.
    return other.run.parent_run_id === one.run.run_id ? null : 'The versions are not compared: they were trained on different tables, and the one is no retrain of the other, so that no rows are known to be sealed for both.'
  }
  const tables = { one: one.labelled.table.hash, other: other.labelled.table.hash }
  const sealed = sql`select row_id from one where ${name(one.labelled.sealed)}`
  const missed = sql`select count(*) as n from (${sealed}) s where row_id not in (select row_id from other where ${name(other.labelled.sealed)})`
  const [found] = await data.query(missed, { tables, signal: new AbortController().signal })
  const rows = Number(found?.n ?? 0)
  return rows === 0 ? null : `The versions are not compared: ${rows.toLocaleString('en-US')} rows that the one sealed were not sealed for the other, which may have learnt from them.`
}
