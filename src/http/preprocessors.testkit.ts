import { accept, refuse, type Result } from '#core/errors'
import type { Preprocessors } from '#service/preprocessors-facade'
import type { PreprocessorAnswer } from '#wire/preprocessor'

const at = '2026-01-02T03:04:05.000Z'
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const known = <T>(given: string, value: T): Result<T> => (given === id(7) ? accept(value) : refuse('NOT_FOUND', 'There is no such preprocessor.'))

/** Preprocessors in memory: one with one version, both with the id of number 7. */
export function fakePreprocessors(): Preprocessors {
  const preprocessor: PreprocessorAnswer = { id: id(7), name: 'p', description: '', created_by: 'owner', created: at, last_updated: at, number_of_versions: 1, newest_version_id: id(7) }
  const schema = { columns: [{ name: 'a', dtype: 'int64', type: 'integer' as const }], sample: [] }
  const version = {
    version_id: id(7), preprocessor_id: id(7), version_number: 1, spec: { version: '2.0', steps: [] }, parent_version_id: null, created: at, created_by: 'owner', fitted: true, fitted_rows: 1, fitted_at: at,
    input_schema: schema, output_schema: schema, linked_models: [], python_version: 'none', xplainable_version: 'none',
  }
  return {
    create: async (_caller, { preprocessor_name }) => (preprocessor_name === 'taken' ? refuse('PREPROCESSOR_NAME_TAKEN', 'There is one of that name.') : accept({ preprocessor_id: id(7), version_id: id(7) })),
    addVersion: async (_caller, { preprocessor_id }) => known(preprocessor_id, { version_id: id(8) }),
    updateVersion: async (_caller, { version_id }) => known(version_id, { version_id: id(8) }),
    list: async () => accept([preprocessor]),
    read: async (_caller, preprocessorId) => known(preprocessorId, preprocessor),
    version: async (_caller, versionId) => known(versionId, version),
    fit: async (_caller, versionId, { sample_data }) => known(versionId, { version_id: versionId, status: 'fitted', rows: sample_data.length, input_schema: schema, output_schema: schema, learned: [] }),
    preview: async (_caller, versionId, { sample_data }) => known(versionId, { input_schema: schema, output_schema: schema, step_deltas: [], sample_before: sample_data, sample_after: sample_data, fitted_on: 'fit' }),
    previewSpec: async (_caller, { dataset_id }) =>
      known(dataset_id, { steps: [], safety_errors: [], safety: [], rows_before: 1, rows_after: 1, rows_total: 1, sampled: false, output_columns: ['a'], spec: { version: '2.0', steps: [] }, falls: [], lost_columns: [], lost_terms: [] }),
    checkSignature: async (_caller, { model_version_id }) => known(model_version_id, { signatures_match: true, missing: [], mistyped: [], unused: [] }),
    link: async (_caller, body) => known(body.version_id, { ...body, success: true }),
    delete: async (_caller, preprocessor_id) => known(preprocessor_id, { preprocessor_id, status: 'deleted' }),
    deleteVersion: async (_caller, version_id) => known(version_id, { version_id, status: 'deleted' }),
  }
}
