interface OriginalRoute {
  /** Method and path; `*` stands for any method or one part of the path, `**` for all that is left of it. */
  readonly route: string
  readonly instead: string
}

/** Routes of the original that are not part of Signalbox, and what to call for the same end. */
const originalRoutes: readonly OriginalRoute[] = [
  { route: 'POST /v1/autotrain/generate_goals', instead: 'Start a run with POST /v1/agentic/runs; its card for label_selection proposes what to predict, with the evidence.' },
  { route: 'POST /v1/autotrain/generate_labels', instead: 'Start a run with POST /v1/agentic/runs; its card for label_selection proposes labels, with the evidence.' },
  { route: 'POST /v1/autotrain/generate_feature_engineering', instead: 'Start a run with POST /v1/agentic/runs; its card for feature_engineering proposes features, each with its measured gain.' },
  { route: 'POST /v1/autotrain/start_autotrain', instead: 'POST /v1/agentic/runs with the run_id of the summary and require_approval: [] goes through all phases without asking.' },
  { route: 'GET /v1/autotrain/check_training_status', instead: 'GET /v1/agentic/runs/{id} tells the status and the progress of a run.' },
  { route: 'POST /v1/autotrain/train_manual', instead: 'POST /v1/models/v2/train trains in one call, with preprocessor_version_id and drop_columns.' },
  { route: 'POST /v1/autotrain/*', instead: 'GET /v1/agentic/runs/{id}/pending-decision has the evidence of each decision, and POST /v1/reports/wizard makes a report with the plots.' },
  { route: 'GET /v1/public-datasets', instead: 'Upload the table with POST /v1/datasets/upload.' },
  { route: '* /v1/datasets/*/relationships/**', instead: 'Say directions with monotonic_features of POST /v1/models/v2/train, or with monotonic_constraints in the answer to model_training.' },
  { route: 'GET /v1/datasets/*/children', instead: 'GET /v1/datasets/teams/{team_id} lists every dataset, and GET /v1/runs/teams/{team_id} the runs on each.' },
  { route: 'POST /v1/models/create', instead: trainedHere() },
  { route: 'POST /v1/models/add-version', instead: trainedHere() },
  { route: 'POST /v1/models/v2/create', instead: trainedHere() },
  { route: 'POST /v1/models/v2/add-version', instead: trainedHere() },
  { route: 'POST /v1/models/explain', instead: written() },
  { route: 'POST /v1/models/report/generate', instead: written() },
  { route: 'POST /v1/models/*/versions/*/documentation', instead: written() },
  { route: 'GET /v1/models/*/versions/*/full', instead: 'GET /v1/models/export/{version_id} gives the whole version as a file, and GET /v1/models/profile/{version_id} its curves.' },
  { route: 'POST /v1/models/versions/*/refit', instead: 'POST /v1/agentic/runs/{id}/retrain with parameters trains the same columns with other settings.' },
  { route: 'POST /v1/models/versions/*/refit-features', instead: 'POST /v1/agentic/runs/{id}/retrain with parameters or monotonic_constraints trains the model again.' },
  { route: '* /v1/models/versions/*/optimization-config', instead: optimise() },
  { route: '* /v1/optimisers/**', instead: optimise() },
  { route: 'POST /v1/portfolio', instead: 'POST /v1/models/what-if/{version_id}/budget spends one budget over many rows.' },
  { route: 'GET /v1/preprocessors/versions/*/pipeline', instead: 'GET /v1/preprocessors/versions/{id} has the spec of the pipeline, which says the same without running code.' },
  { route: '* /v1/health', instead: 'GET /readyz tells whether the server and what it stands on answer.' },
  { route: 'POST /v1/agentic/runs/*/chat/stream', instead: 'POST /v1/agentic/runs/{id}/chat answers in one piece, and GET /v1/agentic/runs/{id}/events streams what happens.' },
]

function trainedHere(): string {
  return 'Models are trained here, not taken in: POST /v1/models/v2/train, or a run with POST /v1/agentic/runs.'
}

function written(): string {
  return 'POST /v1/reports/wizard writes a report of a completed run, and POST /v1/agentic/runs/{id}/chat answers questions about it.'
}

function optimise(): string {
  return 'POST /v1/models/what-if/{version_id} finds the cheapest change of a row, and POST /v1/models/what-if/{version_id}/budget spends one budget over many.'
}

const patterns = originalRoutes.map(({ route, instead }) => ({ pattern: patternOf(route), instead }))

/** What to call in place of a route of the original; undefined where it is none that is known. */
export function insteadOf(method: string, path: string): string | undefined {
  const asked = `${method} ${path}`
  return patterns.find(({ pattern }) => pattern.test(asked))?.instead
}

function patternOf(route: string): RegExp {
  const parts = route.split(/(\/?\*\*|\*)/).map((part) => {
    if (part === '*') return '[^/ ]+'
    return part.endsWith('**') ? '(/.*)?' : part.replaceAll(/[.?+^${}()|[\]\\]/g, String.raw`\$&`)
  })
  return new RegExp(`^${parts.join('')}$`)
}
