import { accept, refuse, type Result } from '#core/errors'
import type { NewVersion, Removal } from '#core/preprocessor'
import type { SentSpec } from '#wire/pipeline-spec'
import type { SampleBody } from '#wire/preprocessor'
import { askedBy } from './change-deployment.ts'
import { checkSpec, fitOf, fitSpec, schemaOf } from './fit-version.ts'
import { checkSignature, linkPreprocessor } from './link-preprocessor.ts'
import { plainSpec } from './plain-spec.ts'
import type { ServiceInput } from './ports.ts'
import { ownPreprocessor, ownPreprocessorVersion, preprocessorAnswer, unknownPreprocessor, unknownVersion, versionAnswer } from './preprocessor-context.ts'
import type { Preprocessors } from './preprocessors-facade.ts'
import { previewSample } from './preview-sample.ts'
import { previewSpec } from './preview-spec.ts'
import type { Caller } from './signalbox.ts'

export function openPreprocessors(input: ServiceInput): Preprocessors {
  return { ...making(input), ...reading(input), ...removing(input) }
}

type Making = 'create' | 'addVersion' | 'updateVersion' | 'fit' | 'link'

function making(input: ServiceInput): Pick<Preprocessors, Making> {
  const { preprocessors, identity, now } = input
  return {
    async create(caller, body) {
      const preprocessor_id = identity.newId()
      const first = await newVersion(input, caller, { ...body, preprocessor_id, parent_version_id: null })
      if (!first.ok) return first
      const [name, description] = [body.preprocessor_name, body.preprocessor_description ?? '']
      const made = await preprocessors.create({ preprocessor_id, team_id: caller.team_id, name, description, created_by: caller.key_name, created_at: now() }, first.value)
      if (!made) return refuse('PREPROCESSOR_NAME_TAKEN', `There is a preprocessor "${name}" already.`)
      return accept({ preprocessor_id, version_id: first.value.version.version_id })
    },
    async addVersion(caller, body) {
      const own = await ownPreprocessor(input, caller, body.preprocessor_id)
      if (!own.ok) return own
      const parent = body.parent_version_id == null ? null : await ownPreprocessorVersion(input, caller, body.parent_version_id)
      if (parent !== null && !parent.ok) return parent
      if (parent !== null && parent.value.preprocessor_id !== body.preprocessor_id) return refuse('VALIDATION_FAILED', 'parent_version_id is a version of another preprocessor.')
      return addVersion(input, caller, { ...body, parent_version_id: body.parent_version_id ?? null })
    },
    async updateVersion(caller, { version_id, ...body }) {
      const own = await ownPreprocessorVersion(input, caller, version_id)
      if (!own.ok) return own
      return addVersion(input, caller, { ...body, preprocessor_id: own.value.preprocessor_id, parent_version_id: version_id })
    },
    async fit(caller, version_id, { sample_data }) {
      const own = await ownPreprocessorVersion(input, caller, version_id)
      if (!own.ok) return own
      const fitted = await fitSpec(input, own.value.spec, sample_data)
      if (!fitted.ok) return fitted
      const fit = fitOf(fitted.value, { version_id, caller, now: now() })
      const kept = await preprocessors.keepFit(fit)
      if (kept === 'unknown') return unknownVersion
      if (kept === 'linked') return refuse('PREPROCESSOR_LINKED', 'Rows of a model go through this version, so what it learned stays.')
      const learned = fitted.value.tried.pipeline.steps.filter((step) => !step.rowwise).map(({ spec }) => spec.id)
      return accept({ version_id, status: 'fitted', rows: fit.rows, input_schema: schemaOf(fit.input, fit.sample), output_schema: schemaOf(fit.output, []), learned })
    },
    link: (caller, body) => linkPreprocessor(input, caller, body),
  }
}

interface VersionWish {
  readonly preprocessor_id: string
  readonly parent_version_id: string | null
  readonly spec?: SentSpec | null | undefined
  readonly sample_data?: SampleBody['sample_data'] | null | undefined
  readonly pipeline_binary?: unknown
}

async function addVersion(input: ServiceInput, caller: Caller, wish: VersionWish): Promise<Result<{ version_id: string }>> {
  const made = await newVersion(input, caller, wish)
  if (!made.ok) return made
  return (await input.preprocessors.addVersion(made.value)) ? accept({ version_id: made.value.version.version_id }) : unknownPreprocessor
}

async function newVersion(input: ServiceInput, caller: Caller, { preprocessor_id, parent_version_id, ...wish }: VersionWish): Promise<Result<NewVersion>> {
  if (wish.pipeline_binary !== undefined && wish.pipeline_binary !== null) return refuse('client_pipeline_binaries_retired', 'A pipeline_binary is not taken: a pickled pipeline runs code wherever it is loaded.')
  if (wish.spec == null) return refuse('VALIDATION_FAILED', 'spec: expected a pipeline spec, received none.', { suggestion: 'Send spec as {"version": "2.0", "steps": [{"id", "type", "columns", "params"}]}.' })
  const spec = plainSpec(wish.spec)
  const checked = checkSpec(spec)
  if (!checked.ok) return checked
  const [version_id, created_at] = [input.identity.newId(), input.now()]
  const version = { version_id, preprocessor_id, spec, parent_version_id, created_by: caller.key_name, created_at }
  if (wish.sample_data == null || wish.sample_data.length === 0) return accept({ version, fit: null })
  const fitted = await fitSpec(input, spec, wish.sample_data)
  return fitted.ok ? accept({ version, fit: fitOf(fitted.value, { version_id, caller, now: created_at }) }) : fitted
}

type Reading = 'list' | 'read' | 'version' | 'preview' | 'previewSpec' | 'checkSignature'

function reading(input: ServiceInput): Pick<Preprocessors, Reading> {
  return {
    async list(caller, teamId) {
      if (teamId !== caller.team_id) return refuse('NOT_FOUND', 'There is no such team for this key.')
      return accept((await input.preprocessors.list(teamId)).map(preprocessorAnswer))
    },
    async read(caller, preprocessorId) {
      const own = await ownPreprocessor(input, caller, preprocessorId)
      return own.ok ? accept(preprocessorAnswer(own.value)) : own
    },
    async version(caller, versionId) {
      const own = await ownPreprocessorVersion(input, caller, versionId)
      return own.ok ? accept(versionAnswer(own.value)) : own
    },
    async preview(caller, versionId, { sample_data }) {
      const own = await ownPreprocessorVersion(input, caller, versionId)
      return own.ok ? previewSample(input, own.value, sample_data) : own
    },
    previewSpec: (caller, body) => previewSpec(input, caller, body),
    checkSignature: (caller, body) => checkSignature(input, caller, body),
  }
}

function removing(input: ServiceInput): Pick<Preprocessors, 'delete' | 'deleteVersion'> {
  return {
    async delete(caller, preprocessor_id) {
      const own = await ownPreprocessor(input, caller, preprocessor_id)
      if (!own.ok) return own
      const removed = await input.preprocessors.delete(preprocessor_id, askedBy(input, caller))
      return removed === 'deleted' ? accept({ preprocessor_id, status: 'deleted' }) : notRemoved(removed, unknownPreprocessor)
    },
    async deleteVersion(caller, version_id) {
      const own = await ownPreprocessorVersion(input, caller, version_id)
      if (!own.ok) return own
      const removed = await input.preprocessors.deleteVersion(version_id, askedBy(input, caller))
      return removed === 'deleted' ? accept({ version_id, status: 'deleted' }) : notRemoved(removed, unknownVersion)
    },
  }
}

function notRemoved(removed: Exclude<Removal, 'deleted'>, unknown: typeof unknownVersion) {
  return removed === 'linked' ? refuse('PREPROCESSOR_LINKED', 'Rows of a model go through this preprocessor, so it cannot be deleted.') : unknown
}
