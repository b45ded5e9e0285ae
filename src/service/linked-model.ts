import { accept, orThrow, refuse, SignalboxError, type Result } from '#core/errors'
import type { PreprocessorVersionRow } from '#core/preprocessor'
import type { RowFault } from '#scoring/raw-cells'
import { rowReader } from '#scoring/row-reader'
import { compilePipeline } from '#steps/compile-pipeline'
import { rowRunner } from '#steps/run-row'
import type { ServingModel } from './deployed-model.ts'
import type { ServiceInput } from './ports.ts'

/** What stands before a model version: it takes the rows that the preprocessor was fitted for. */
interface Link {
  readonly version_id: string
  readonly reads: readonly string[]
  readonly before: <Said>(next: (row: unknown) => Said) => (row: unknown) => Said | RowFault
}

/** A model that may have a preprocessor before it; `reads` are the columns that its rows have to have. */
export interface LinkedModel extends ServingModel {
  readonly reads: readonly string[]
}

/** Nothing is believed for longer than this, so that a link holds everywhere within a second. */
const oldestMilliseconds = 1_000
const mostLinks = 1_000

/** Puts the linked preprocessor before a model, where there is one. */
export function linkedModels({ preprocessors, now }: Pick<ServiceInput, 'preprocessors' | 'now'>): (versionId: string, model: ServingModel) => Promise<LinkedModel> {
  const known = new Map<string, Known>()

  async function askAnew(versionId: string, asked: number): Promise<Known> {
    const entry = known.get(versionId)
    const row = await preprocessors.linkedTo(versionId)
    const link = row === undefined ? null : entry?.link?.version_id === row.version_id ? entry.link : openLink(row)
    if (known.size >= mostLinks) known.clear()
    // The same link before the same model is the model that was made before.
    const made = { asked, link, linked: link === entry?.link ? entry?.linked : undefined }
    known.set(versionId, made)
    return made
  }

  return async function linkedModel(versionId, model) {
    const asked = now().getTime()
    const before = known.get(versionId)
    const entry = before !== undefined && asked - before.asked < oldestMilliseconds && asked >= before.asked ? before : await askAnew(versionId, asked)
    if (entry.linked?.of !== model) entry.linked = { of: model, as: linkBefore(model, entry.link) }
    return entry.linked.as
  }
}

function linkBefore(model: ServingModel, link: Link | null): LinkedModel {
  if (link === null) return { ...model, reads: model.document.pipeline.reads }
  return { ...model, scorer: { ...model.scorer, score: link.before(model.scorer.score) }, reads: link.reads }
}

/** What was asked last of a version, and the model that came of it. */
interface Known {
  readonly asked: number
  readonly link: Link | null
  linked: { readonly of: ServingModel; readonly as: LinkedModel } | undefined
}

/** A linked version keeps its fit for as long as it is linked. */
export function openLink({ version_id, spec, fit }: PreprocessorVersionRow): Link {
  if (fit === null) throw new Error('a preprocessor was linked that was never fitted')
  const pipeline = orThrow(compilePipeline(spec, fit.input, fit.state))
  const run = rowRunner(pipeline, fit.state)
  const reads = fit.input.map(({ name }) => name)
  const read = rowReader({ pipeline: { columns: [...fit.input], reads } })
  return {
    version_id,
    reads,
    before: (next) =>
      function readThrough(row) {
        const raw = read(row)
        return raw.ok ? next(run(raw.row)) : { column: raw.column, expected: raw.expected, received: raw.received }
      },
  }
}

/** Tries the rows of the fit one at a time: a step that needs the rows around them cannot stand before a model. */
export function checkAlone(row: PreprocessorVersionRow): Result<null> {
  const read = openLink(row).before(() => null)
  try {
    for (const one of row.fit?.sample ?? []) read(one)
    return accept(null)
  } catch (error) {
    if (!(error instanceof SignalboxError)) throw error
    return refuse('STEP_REFUSED', error.message, { suggestion: 'Link a version whose steps need nothing but the row itself.' })
  }
}
