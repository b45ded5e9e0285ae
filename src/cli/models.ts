import type { LiveAnswer, versionDecisions } from '#wire/model-registry'
import { print, type PrintFlags } from './print.ts'
import { textTable } from './text-table.ts'
import { withClient, type ClientFlags } from './with-client.ts'

type Flags = ClientFlags & PrintFlags

export async function listModels(flags: Flags): Promise<void> {
  const models = await withClient(flags, async (client) => client.models.list((await client.connect()).team_id))
  const rows = models.map(({ model_id, model_name, target_name, number_of_versions, deployed, created }) => [model_id, model_name, target_name, number_of_versions, deployed ? 'answers' : '', created.slice(0, 16)])
  print(flags, models, rows.length === 0 ? 'There is no model yet.\n' : textTable(['model', 'name', 'predicts', 'versions', '', 'created'], rows))
}

/** A model with all that happened to it. */
export async function showModel(modelId: string, flags: Flags): Promise<void> {
  const { model, history } = await withClient(flags, async (client) => ({ model: await client.models.get(modelId), history: await client.models.history(modelId) }))
  const rows = history.map(({ at, text, actor, rationale }) => [at.slice(0, 19), text, actor.name, rationale ?? ''])
  const { model_name, target_name, model_type, number_of_versions } = model
  const head = `${model_name} predicts ${target_name} (${model_type}), ${number_of_versions} version${number_of_versions === 1 ? '' : 's'}\n\n`
  print(flags, { model, history }, `${head}${textTable(['when', 'what', 'by', 'why'], rows)}`)
}

export async function listVersions(modelId: string, flags: Flags): Promise<void> {
  const versions = await withClient(flags, (client) => client.models.versions(modelId))
  const rows = versions.map(({ version_number, version_id, role, trainer, created, test_metrics }) => [version_number, version_id, role, trainer, created.slice(0, 16), Object.entries(test_metrics).slice(0, 3).map(([metric, value]) => `${metric} ${Number(value.toPrecision(4))}`).join(', ')])
  print(flags, versions, textTable(['', 'version', 'role', 'trainer', 'created', 'on the sealed rows'], rows))
}

export async function showLive(modelId: string, flags: Flags & { readonly at?: string | undefined }): Promise<void> {
  const live = await withClient(flags, (client) => client.models.live(modelId, flags.at === undefined ? {} : { at: flags.at }))
  print(flags, live, liveText(live))
}

function liveText({ text, live, champion }: LiveAnswer): string {
  const rows = live.map(({ version_number, version_id, deployment_id, since, until, decided_by }) => [version_number, version_id, deployment_id, since.slice(0, 19), until?.slice(0, 19) ?? '', decided_by.name])
  const table = rows.length === 0 ? '' : `\n${textTable(['', 'version', 'deployment', 'since', 'until', 'decided by'], rows)}`
  const why = champion?.rationale == null ? '' : `: ${champion.rationale}`
  const who = champion === null ? 'No version was the champion.' : `The champion was version ${champion.version_number ?? champion.version_id}, by ${champion.decided_by.name} since ${champion.since.slice(0, 19)}${why}`
  return `${text}\n${table}\n${who}\n`
}

export async function decideVersion(verb: (typeof versionDecisions)[number], versionId: string, flags: Flags & { readonly why?: string | undefined }): Promise<void> {
  const answer = await withClient(flags, (client) => client.models[verb](versionId, flags.why === undefined ? {} : { rationale: flags.why }))
  print(flags, answer, `The version ${answer.version_id} is now: ${answer.role}.\n`)
}

export async function compareVersions(versionId: string, flags: Flags & { readonly with?: string | undefined }): Promise<void> {
  const compared = await withClient(flags, (client) => client.models.compare(versionId, flags.with === undefined ? {} : { with: flags.with }))
  const figure = (value: number): number => Number(value.toPrecision(4))
  const rows = Object.entries(compared.metrics).map(([metric, { parent, retrained, difference, low, high, verdict }]) => [metric, figure(parent), figure(retrained), figure(difference), `${figure(low)} to ${figure(high)}`, verdict])
  print(flags, compared, `${compared.text}\n${rows.length === 0 ? '' : `\n${textTable(['metric', 'compared with', 'this version', 'difference', '95 %', ''], rows)}`}`)
}
