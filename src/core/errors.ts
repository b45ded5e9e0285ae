/** Every code that a user may meet, with what to do about it. The HTTP statuses live in `http`. */
export const errorCatalogue = {
  UNAUTHENTICATED: 'Send a valid key in the header "api_key" or as "Authorization: Bearer <key>"; `signalbox keys add NAME` makes one.',
  FORBIDDEN: 'Use a key of the team that owns this, or ask its owner.',
  NOT_FOUND: 'Check the id; GET /v1/agentic/runs lists the runs of your team.',
  ROUTE_NOT_FOUND: 'GET /openapi.json lists every route.',
  NOT_OFFERED: 'This route of the original service is not part of Signalbox; GET /openapi.json lists what is.',
  METHOD_NOT_ALLOWED: 'GET /openapi.json lists the methods of each route.',
  VALIDATION_FAILED: 'Correct the named fields and send the request again.',
  BODY_NOT_JSON: 'Send one JSON object with content-type application/json.',
  UNSUPPORTED_MEDIA_TYPE: 'Send JSON, or multipart/form-data where the route takes a file.',
  BODY_TOO_LARGE: 'Send a smaller body, or raise the limit with --max-upload-mb.',
  RATE_LIMITED: 'Wait for the seconds in Retry-After and send the request again.',
  IDEMPOTENCY_KEY_REUSED: 'Use a new Idempotency-Key for a different request.',
  INTERNAL: 'This is a fault of Signalbox; the log of the server has the details under this request id.',
  NOT_READY: 'The detail names what does not answer; the log of the server says why.',
  SHUTTING_DOWN: 'The server is stopping; send the request again in a moment.',

  DATASET_REQUIRED: 'Give run_id (from POST /v1/autotrain/summarize) or dataset_id (from POST /v1/datasets/upload).',
  DATASET_NOT_FOUND: 'Upload the file with POST /v1/datasets/upload and use the dataset_id of the answer.',
  DATASET_IN_USE: 'Delete the runs that use it first, or keep it.',
  FILE_REQUIRED: 'Send multipart/form-data with a part named "file".',
  FILE_EMPTY: 'Send a table with a header and at least one row: CSV, TSV, JSON, XLSX or Parquet.',
  FILE_HEADER_ONLY: 'Add at least one row of data below the header.',
  FILE_BINARY: 'Send CSV, TSV, JSON, XLSX or Parquet, as it is or packed with gzip.',
  FILE_UNREADABLE: 'Open the file in an editor and check its delimiter, quotes and encoding, then send it again.',
  FILE_TOO_LARGE: 'Send a smaller file, or raise the limit with --max-upload-mb.',
  TOO_MANY_COLUMNS: 'Leave out columns that are not needed and send the file again.',

  PHASE_UNKNOWN: 'Use the phase names that GET /v1/agentic/runs/{id}/phases answers.',
  PHASE_NOT_OFFERED: 'Leave that phase out of phase_plan, or leave phase_plan out to run all phases of this version.',
  PHASE_PLAN_ORDER: 'List each phase once, in the order data_preparation, label_selection, feature_engineering, model_training, model_deployment, report_creation, monitoring_creation.',
  PHASE_PLAN_NEEDS: 'Add the phases that the planned ones need, or leave phase_plan out.',
  RUN_ALREADY_STARTED: 'Read it with GET /v1/agentic/runs/{id}, or start a new run on the same dataset_id.',
  RUN_NOT_STARTED: 'Start the run first with POST /v1/agentic/runs and its run_id.',
  RUN_ENDED: 'The run has ended and cannot change; start a new one, or retrain a completed one.',
  RUN_NOT_ENDED: 'Cancel the run first with POST /v1/agentic/runs/{id}/cancel.',
  NOT_PAUSED: 'Only a paused or failed run can be resumed; GET /v1/agentic/runs/{id} tells its status.',
  NOTHING_TO_SKIP: 'A phase can be skipped while it is computing or waiting for a decision; GET /v1/agentic/runs/{id} tells the status.',
  RUN_NOT_COMPLETED: 'Wait until the run is completed; GET /v1/agentic/runs/{id} tells its status.',
  RUN_WITHOUT_MODEL: 'Retrain a run that trained a model, or start a new run on the same dataset_id.',
  DATASET_LACKS_COLUMNS: 'Send a dataset with these columns, named as in the table of the run, or start a new run on it.',
  DECISION_NOT_OPEN: 'GET /v1/agentic/runs/{id}/pending-decision tells which decision is open.',
  DECISION_ALREADY_MADE: 'Read the run; a decision that is made stays as it was made.',
  DECISION_STALE: 'The card was proposed again; read it anew with GET /v1/agentic/runs/{id}/pending-decision.',
  DECISION_INVALID: 'Answer as the JSON Schema in "accepts" of the pending decision says.',
  CHOICE_OUT_OF_RANGE: 'Use an index of the options that the pending decision lists.',
  CUSTOM_REFUSED: 'Choose one of the options, or change the custom answer as the message says.',
  WRITE_CONFLICT: 'Somebody changed the run at the same moment; read it and try again.',

  LABEL_UNKNOWN_COLUMN: 'Name a column as it stands in the header of the file.',
  LABEL_UNUSABLE: 'Choose a column with at least two different values and enough labelled rows.',
  NO_LABEL_CANDIDATE: 'Send a table with a column that has at least two different values in enough rows, or name one with target.',
  TOO_FEW_ROWS: 'Send a table with more rows that have a label.',
  NO_FEATURES: 'Send a table with at least one usable column besides the label, or keep a column that was left out.',
  TEST_ROWS_EMPTY: 'Choose other test rows, for example --test index:5:4, or leave test out.',

  DEPLOYMENT_INACTIVE: 'Activate it with PATCH /v1/deployments/{id}/activate.',
  DEPLOYMENT_STOPPED: 'Resume it with POST /v1/deployments/{id}/resume, or everything with POST /v1/deployments/resume-all; PATCH /v1/deployments/{id}/fallback sets what is answered while it is stopped.',
  DEPLOYMENT_ACTIVE: 'Deactivate it first with PATCH /v1/deployments/{id}/deactivate, or delete it.',
  CAPTURE_WITHOUT_KEY: 'Set a key_column with PUT /v1/deployments/{id}/capture, and send that column with each row.',
  DEPLOYMENT_OF_ANOTHER_MODEL: 'Name a deployment of the model that the monitor watches.',
  PROPOSAL_DECIDED: 'Read it with GET /v1/monitors/{id}/proposals; what is decided stays so.',
  PROPOSAL_NOT_OPEN: 'GET /v1/monitors/{id}/proposals tells how the challenger stands.',
  VERSION_NOT_DEPLOYED: 'Deploy it with POST /v1/deployments/create and its model_version_id, then activate the deployment.',
  VERSION_OF_OTHER_MODEL: 'Use a version that GET /v1/models/versions/{model_id} lists for the model of this deployment.',
  TOO_MANY_ROWS: 'Score them as a file with POST /v1/scoring/jobs, or send them in several requests.',
  SCORING_JOB_NOT_DONE: 'GET /v1/scoring/jobs/{id} tells how far it is; its result is there once the status is done.',
  VERSION_REJECTED: 'Restore it first with POST /v1/models/restore/{version_id}, or promote another version.',
  VERSION_IS_CHAMPION: 'Promote another version first, or demote this one with POST /v1/models/demote/{version_id}.',
  WHAT_IF_UNAVAILABLE: 'Ask with a version that was trained on a stored table and has no preprocessor before it.',
  ROW_UNREADABLE: 'Send each value as the training file had it, or null where it is missing; GET /v1/deployments/{id}/payload shows rows that are accepted.',

  PREPROCESSOR_NAME_TAKEN: 'Choose another name, or add a version to that preprocessor with POST /v1/preprocessors/add.',
  PREPROCESSOR_NOT_FITTED: 'Fit the version first with POST /v1/preprocessors/versions/{id}/fit and some rows.',
  PREPROCESSOR_LINKED: 'A model relies on this version; link another one to it with PUT /v1/preprocessors/link-preprocessor, or add a new version.',
  SIGNATURES_DIFFER: 'POST /v1/preprocessors/check-signature names the columns that differ; add a version that gives them.',
  SPEC_STEP_UNKNOWN: 'Name a step by its id as it stands in the spec.',
  EXPORT_STEP_UNSAYABLE: 'Use a format that can say the step; GET /v1/models/exports/{version_id} tells which can, and the JSON export always does.',
  EXPORT_UNSAYABLE: 'Use another format; GET /v1/models/exports/{version_id} tells what each can say of this version.',
  EXPORT_DIFFERS: 'This is a fault of Signalbox: the export scored its check rows otherwise than the model. Use another format, and report it with the message.',
  STEP_REFUSED: 'Change the step as the message says; POST /v1/preprocessors/preview-spec shows what a spec does without keeping it.',
  STEP_COLUMN_COLLISION: 'Give the new column another name; column names are unique at every step.',
  STEP_CHANGES_ROWS: 'Use a step that keeps every row in its place, such as GroupBroadcastTransformer for the statistics of a group.',
  STEP_TOUCHES_LABEL: 'Name the columns of the step without the label; it has to reach the model as it is.',
  STEP_READS_LABEL: 'Take the label out of what the step reads; it is not known when a row is predicted.',
  STEP_LEARNS_FROM_TEST_ROWS: 'Fit the step on training rows alone; what is learned from sealed rows makes their score worthless.',
  custom_steps_disabled: 'Build the step from the types of the catalogue; ExpressionTransformer takes formulas.',
  client_pipeline_binaries_retired: 'Send the spec of the pipeline in place of its binary; it is fitted here from sample_data.',

  COMPUTE_FAILED: 'Resume the run to try again; the log of the worker has the details.',
  COMPUTE_MEMORY_LIMIT: 'Use a smaller table, or give workers more memory with --memory-mb.',
  DATABASE_UNAVAILABLE: 'Check that the database runs and can be reached, then try again.',
  DATA_FOLDER_UNUSABLE: 'Choose a folder that this user can write, with --data-dir or SIGNALBOX_HOME.',
  CHAIN_BROKEN: 'Restore the data folder from a backup taken before the change.',
  BLOB_MISSING: 'Restore the data folder from a backup; the file is gone although something refers to it.',
  WEBHOOK_URL_REFUSED: 'Give an http or https address whose host can be resolved, without user name, password and fragment.',
  WEBHOOK_ADDRESS_BLOCKED: 'Use an address of the public internet, or start the server with --allow-private-webhooks.',
  KEY_NAME_TAKEN: 'Choose another name, or revoke the key of that name first.',
  USAGE: 'Run `signalbox --help`.',
} as const

export type ErrorCode = keyof typeof errorCatalogue

/** An expected "no": said as a value, carried to the user as it stands. */
export interface Refusal {
  readonly code: ErrorCode
  readonly message: string
  readonly suggestion: string
  readonly detail?: unknown
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export function accept<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** Refuses with a code of the catalogue; the suggestion is the catalogue's unless a better one is given. */
export function refuse(code: ErrorCode, message: string, more: { suggestion?: string; detail?: unknown } = {}): { readonly ok: false; readonly refusal: Refusal } {
  const refusal: Refusal = { code, message, suggestion: more.suggestion ?? errorCatalogue[code] }
  return { ok: false, refusal: more.detail === undefined ? refusal : { ...refusal, detail: more.detail } }
}

interface SignalboxErrorInput {
  code: ErrorCode
  message: string
  suggestion?: string
  detail?: unknown
  cause?: unknown
}

/** The one error class: something that was assumed does not hold, or a refusal that has to cross a boundary of calls. */
export class SignalboxError extends Error {
  readonly code: ErrorCode
  readonly suggestion: string
  readonly detail: unknown

  constructor(input: SignalboxErrorInput) {
    super(input.message, input.cause === undefined ? undefined : { cause: input.cause })
    this.name = 'SignalboxError'
    this.code = input.code
    this.suggestion = input.suggestion ?? errorCatalogue[input.code]
    this.detail = input.detail
  }

  static of(refusal: Refusal): SignalboxError {
    return new SignalboxError(refusal)
  }

  refusal(): Refusal {
    const refusal: Refusal = { code: this.code, message: this.message, suggestion: this.suggestion }
    return this.detail === undefined ? refusal : { ...refusal, detail: this.detail }
  }
}

/** The value of an accepted result, or the refusal thrown. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw SignalboxError.of(result.refusal)
}
