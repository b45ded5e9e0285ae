import { accept, refuse, type Result } from '#core/errors'
import type { PreprocessorRow, PreprocessorVersionRow } from '#core/preprocessor'
import { version as signalboxVersion } from '#core/version'
import type { PreprocessorAnswer, PreprocessorVersionAnswer } from '#wire/preprocessor'
import { schemaOf } from './fit-version.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

const listing = 'GET /v1/preprocessors/teams/{team_id} lists the preprocessors of your team.'
export const unknownPreprocessor = refuse('NOT_FOUND', 'There is no such preprocessor.', { suggestion: listing })
export const unknownVersion = refuse('NOT_FOUND', 'There is no such preprocessor version.', { suggestion: listing })

/** The preprocessor, where it belongs to the caller's team. */
export async function ownPreprocessor({ preprocessors }: ServiceInput, caller: Caller, preprocessorId: string): Promise<Result<PreprocessorRow>> {
  const row = await preprocessors.get(preprocessorId)
  return row === undefined || row.team_id !== caller.team_id ? unknownPreprocessor : accept(row)
}

/** The version, where it belongs to the caller's team. */
export async function ownPreprocessorVersion({ preprocessors }: ServiceInput, caller: Caller, versionId: string): Promise<Result<PreprocessorVersionRow>> {
  const row = await preprocessors.version(versionId)
  return row === undefined || row.team_id !== caller.team_id ? unknownVersion : accept(row)
}

export function preprocessorAnswer(row: PreprocessorRow): PreprocessorAnswer {
  return {
    id: row.preprocessor_id,
    name: row.name,
    description: row.description,
    created_by: row.created_by,
    created: row.created_at.toISOString(),
    last_updated: row.updated_at.toISOString(),
    number_of_versions: row.versions,
    newest_version_id: row.newest_version_id,
  }
}

export function versionAnswer({ fit, ...row }: PreprocessorVersionRow): PreprocessorVersionAnswer {
  return {
    version_id: row.version_id,
    preprocessor_id: row.preprocessor_id,
    version_number: row.number,
    spec: { ...row.spec },
    parent_version_id: row.parent_version_id,
    created: row.created_at.toISOString(),
    created_by: row.created_by,
    fitted: fit !== null,
    fitted_rows: fit?.rows ?? null,
    fitted_at: fit?.fitted_at.toISOString() ?? null,
    input_schema: fit === null ? null : schemaOf(fit.input, fit.sample),
    output_schema: fit === null ? null : schemaOf(fit.output, []),
    linked_models: [...row.linked_models],
    // Existing clients ask for the versions of the software that fitted it; here that is Signalbox alone.
    python_version: `signalbox ${signalboxVersion}`,
    xplainable_version: `signalbox ${signalboxVersion}`,
  }
}
