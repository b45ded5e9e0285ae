import { readFile } from 'node:fs/promises'
import { accept, refuse, type Result } from '#core/errors'
import type { Access, Caller, Chat, Datasets, ReceivedFile, Reports, RunEvents, Runs, Signalbox, Webhooks } from '#service/signalbox'
import type { PendingDecision } from '#wire/pending-decision'
import { fakeCaptures, fakeMonitors } from './monitors.testkit.ts'
import { fakePreprocessors } from './preprocessors.testkit.ts'
import { fakeDeployments, fakeExports, fakeModels, fakePredictions, fakeRegistry, fakeScoring, fakeTrials, fakeWhatIf } from './deployments.testkit.ts'
import type { RunStreamFrame } from '#wire/run-event'
import type { RunStateAnswer } from '#wire/run-state'

export const team = '00000000-0000-4000-8000-00000000000a'
export const organisation = '00000000-0000-4000-8000-00000000000b'
export const key = 'sb_0123456789abcdef'
export const sessionToken = 'a-session-token-0123456789'
const fakeSession = { username: 'owner', team_id: team, org_id: organisation, expires_at: '2099-01-01T00:00:00.000Z' }
export const caller: Caller = {
  team_id: team,
  org_id: organisation,
  key_id: id(1),
  key_name: 'owner',
  key_prefix: 'sb_0123',
  expires: null,
}

const at = '2026-01-02T03:04:05.000Z'

export function id(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** What the fake was asked, in order, and what a test may set. */
export interface FakeState {
  readonly calls: { readonly name: string; readonly input: unknown }[]
  readonly runs: Map<string, RunStateAnswer>
  readonly decisions: Map<string, PendingDecision>
  readonly files: { readonly file: ReceivedFile; readonly text: string }[]
  readonly kept: Map<string, { readonly hash: string; readonly answer: unknown }>
  /** Thrown by the next read of a run. */
  failure: Error | null
  rows: AsyncIterable<string> | null
}

export function fakeState(): FakeState {
  return { calls: [], runs: new Map(), decisions: new Map(), files: [], kept: new Map(), failure: null, rows: null }
}

/** A façade in memory: it answers in the right shapes and decides nothing. */
export function fakeSignalbox(state: FakeState): Signalbox {
  return {
    access: fakeAccess(),
    datasets: fakeDatasets(state),
    runs: fakeRuns(state),
    reports: fakeReports(),
    models: fakeModels(),
    exports: fakeExports(),
    registry: fakeRegistry(),
    whatIf: fakeWhatIf(),
    deployments: fakeDeployments(),
    predictions: fakePredictions(),
    trials: fakeTrials(),
    monitors: fakeMonitors(),
    captures: fakeCaptures(),
    preprocessors: fakePreprocessors(),
    chat: fakeChat(),
    training: fakeTraining(),
    events: fakeEvents(state),
    webhooks: fakeWebhooks(),
    async idempotent(_caller, request, work) {
      const before = state.kept.get(request.key)
      if (before !== undefined) {
        return before.hash === request.hash
          ? accept(request.answer.parse(before.answer))
          : refuse('IDEMPOTENCY_KEY_REUSED', 'This key was used for another request.')
      }
      const result = await work()
      if (result.ok) state.kept.set(request.key, { hash: request.hash, answer: result.value })
      return result
    },
    scoring: fakeScoring(),
    figures: async () => accept({ runs: { queued: 1 }, runs_owed: 1, runs_held: 0, jobs: { report: 0, scoring: 0 }, deployments: { active: 1, inactive: 0, stopped: 0 } }),
    health: async () =>
      state.failure === null
        ? accept({ status: 'ok', checks: { database: true } })
        : refuse('DATABASE_UNAVAILABLE', 'The database does not answer.'),
  }
}

function fakeReports(): Reports {
  const known = <T>(reportId: string, value: T): Result<T> =>
    reportId === id(9) ? accept(value) : refuse('NOT_FOUND', 'There is no such report.')
  const signatures = { report_id: id(9), title: 'report', files: { html: null, md: null, json: null }, signatures: [] }
  return {
    read: async (_caller, reportId, format) =>
      known(reportId, { file_name: `Größe.${format}`, content_type: 'text/html; charset=utf-8', text: '<!doctype html>' }),
    preview: async () => accept({ file_name: 'preview.html', content_type: 'text/html; charset=utf-8', text: '<!doctype html>' }),
    delete: async (_caller, reportId) => known(reportId, { report_id: reportId, status: 'deleted' }),
    sign: async (_caller, reportId) => known(reportId, signatures),
    signatures: async (_caller, reportId) => known(reportId, signatures),
    make: async () => accept({ job_id: id(9), status: 'accepted' }),
    job: async (_caller, jobId) =>
      known(jobId, {
        job_id: jobId,
        run_id: id(8),
        status: 'done',
        report_id: id(9),
        version_id: null,
        duration: 0.5,
        error: null,
      }),
  }
}

function fakeTraining(): Signalbox['training'] {
  const trial = { trial_id: id(9), status: 'waiting', progress: 0, message: null, result: null, error: null } as const
  const known = (trialId: string) => (trialId === id(9) ? accept(trial) : refuse('NOT_FOUND', 'There is no such trial.'))
  return {
    candidate: async () => refuse('NOT_FOUND', 'There is no such decision.'),
    startTrial: async () => accept(trial),
    trial: async (_caller, _runId, trialId) => known(trialId),
    cancelTrial: async (_caller, _runId, trialId) => known(trialId),
  }
}

function fakeAccess(): Access {
  const limit = { count: 1, limit: 10, remaining: 9, has_space: true }
  return {
    authenticate: async (secret) =>
      secret === key ? accept(caller) : refuse('UNAUTHENTICATED', 'The key is not valid.'),
    signIn: async (secret) =>
      secret === key ? accept({ token: sessionToken, session: fakeSession }) : refuse('UNAUTHENTICATED', 'The key is not valid.'),
    authenticateSession: async (token) =>
      token === sessionToken ? accept({ caller, session: fakeSession }) : refuse('UNAUTHENTICATED', 'The session has ended.'),
    signOut: async () => undefined,
    connect: async () =>
      accept({
        username: 'owner',
        key: caller.key_prefix,
        expires: '9999-12-31T23:59:59.000Z',
        team_id: team,
        org_id: organisation,
        email: null,
        org_name: null,
        team_name: null,
      }),
    limits: async (_caller, orgId) =>
      orgId === organisation
        ? accept({
            models: limit,
            preprocessors: limit,
            deployments: limit,
            monitors: limit,
            reports: limit,
            ai_credits: limit,
          })
        : refuse('NOT_FOUND', 'There is no such organisation.'),
  }
}

function fakeDatasets(state: FakeState): Datasets {
  const dataset = {
    dataset_id: id(7),
    name: 'table',
    description: null,
    size: 8,
    rows: 1,
    columns: 2,
    created: at,
    metadata: null,
  }
  const known = <T>(datasetId: string, value: T): Result<T> =>
    datasetId === id(7) ? accept(value) : refuse('NOT_FOUND', 'There is no such dataset.')
  const summary = {
    columns: ['a', 'b'],
    rows: 1,
    dtypes: { a: 'integer' as const, b: 'text' as const },
    missing_values: { a: 0, b: 1 },
    statistics: null,
    metadata: { dataset_id: id(7), run_id: id(8), name: 'table' },
  }
  const keep = async (file: ReceivedFile) => void state.files.push({ file, text: await readFile(file.path, 'utf8') })
  const csv = () => ({
    file_name: 'Größe "1".csv',
    content_type: 'text/csv; charset=utf-8',
    bytes: null,
    chunks: state.rows ?? rowsOf('a,b\n', '1,2\n'),
  })
  return {
    upload: async (_caller, file) => {
      await keep(file)
      return accept({ dataset_id: id(7), name: file.name, status: 'ready', rows: 1, columns: 2 })
    },
    summarizeFile: async (_caller, file) => {
      await keep(file)
      return accept(summary)
    },
    summarize: async (_caller, body) =>
      body.dataset_id === id(7) ? accept(summary) : refuse('DATASET_NOT_FOUND', 'There is no such dataset.'),
    read: async (_caller, datasetId) => known(datasetId, dataset),
    list: async (_caller, teamId) =>
      teamId === team ? accept([dataset]) : refuse('NOT_FOUND', 'There is no such team.'),
    delete: async (_caller, datasetId) => known(datasetId, { dataset_id: datasetId, status: 'deleted' }),
    missing: async (_caller, _datasetId, { groups }) => accept({ rows: 2, groups: [1, 1].slice(0, groups), columns: [{ name: 'a', missing: 1, shares: [0, 1] }] }),
    preview: async (_caller, datasetId, query) => {
      state.calls.push({ name: 'preview', input: query })
      return known(datasetId, [{ a: 1, b: null }])
    },
    downloadCsv: async (_caller, datasetId) => known(datasetId, csv()),
    downloadSetAside: async (_caller, datasetId) => known(datasetId, csv()),
    presign: async (_caller, datasetId) => known(datasetId, { token: 'abc.DEF-1_2', expires_at: at }),
    presigned: async (token) =>
      token === 'abc.DEF-1_2'
        ? accept({ ...csv(), bytes: 8 })
        : refuse('NOT_FOUND', 'This address is not valid, or has expired.'),
  }
}

function fakeChat(): Chat {
  const metadata = { intent: 'status', citations: [] }
  return {
    send: async (_caller, _runId, body) => accept({ message_id: id(11), content: `You said: ${body.content ?? body.message}`, message_type: 'text', metadata }),
    history: async () => accept([{ id: id(11), role: 'assistant', content: 'hello', timestamp: at, message_type: 'text', metadata }]),
  }
}

function fakeEvents(state: FakeState): RunEvents {
  async function* frames(after: number): AsyncGenerator<RunStreamFrame> {
    for (const seq of [1, 2]) {
      if (seq > after) yield { seq, type: 'run-paused', at, actor: { kind: 'engine', name: 'engine' }, phase: null, payload: {} }
    }
    yield { type: 'end', status: 'completed' }
  }
  return {
    stream: async (_caller, runId, { after }) => {
      state.calls.push({ name: 'events', input: after })
      return runId === id(5) ? accept(frames(after)) : refuse('NOT_FOUND', 'There is no such run.')
    },
  }
}

function fakeWebhooks(): Webhooks {
  const known = <T>(webhookId: string, value: T): Result<T> => (webhookId === id(12) ? accept(value) : refuse('NOT_FOUND', 'There is no such webhook.'))
  return {
    add: async (_caller, body) => (body.url.startsWith('http') ? accept({ webhook_id: id(12), secret: 'whsec_AAAA' }) : refuse('WEBHOOK_URL_REFUSED', 'The url is no address.')),
    list: async () => accept([]),
    remove: async (_caller, webhookId) => known(webhookId, { webhook_id: webhookId, status: 'deleted' }),
    test: async (_caller, webhookId) => known(webhookId, { success: true, status: 200, error: null }),
  }
}

async function* rowsOf(...rows: string[]): AsyncGenerator<string> {
  yield* rows
}

function fakeRuns(state: FakeState): Runs {
  const record = (run: RunStateAnswer) => ({
    run_id: run.run_id,
    name: run.name,
    model_id: null,
    dataset_id: run.dataset_id,
    status: run.status,
    created: run.created_at,
    team_id: team,
    metadata: { dataset_id: run.dataset_id },
  })
  const known = (runId: string): Result<RunStateAnswer> => {
    if (state.failure !== null) throw state.failure
    const run = state.runs.get(runId)
    return run === undefined ? refuse('NOT_FOUND', 'There is no such run.') : accept(run)
  }
  const ask = <T>(name: string, runId: string, answer: (run: RunStateAnswer) => T): Result<T> => {
    state.calls.push({ name, input: runId })
    const run = known(runId)
    return run.ok ? accept(answer(run.value)) : run
  }
  return {
    open: async (_caller, body) =>
      body.metadata?.dataset_id
        ? accept({ run_id: id(8) })
        : refuse('DATASET_REQUIRED', 'The request names no dataset.'),
    start: async (_caller, body) => {
      state.calls.push({ name: 'start', input: body })
      if (body.dataset_id == null && body.run_id == null)
        return refuse('DATASET_REQUIRED', 'The request names neither a run nor a dataset.')
      const runId = body.run_id ?? id(100 + state.runs.size)
      state.runs.set(runId, { ...fakeRun(runId), name: body.model_name })
      return accept({ run_id: runId, status: 'queued' })
    },
    read: async (_caller, runId) => known(runId),
    record: async (_caller, runId) => ask('record', runId, record),
    list: async (_caller, query) => {
      state.calls.push({ name: 'list', input: query })
      return accept({ runs: [...state.runs.values()].map((run) => ({ ...run, phases: [] })), next_cursor: null })
    },
    listOfTeam: async (_caller, teamId) =>
      teamId === team ? accept([...state.runs.values()].map(record)) : refuse('NOT_FOUND', 'There is no such team.'),
    inbox: async () => accept({ decisions: [], next_cursor: null }),
    decisions: async () => accept([]),
    decision: async () => refuse('NOT_FOUND', 'There is no such decision.'),
    pendingDecision: async (_caller, runId) => ask('pendingDecision', runId, () => state.decisions.get(runId) ?? null),
    submitDecision: async (_caller, runId, body) => {
      state.calls.push({ name: 'submitDecision', input: body })
      return ask('submitDecision', runId, () => ({ status: 'running', decision_id: id(9) }))
    },
    phases: async (_caller, runId) =>
      ask('phases', runId, () => [
        { phase: 'data_preparation', status: 'pending', started_at: null, completed_at: null, error: null },
      ]),
    cancel: async (_caller, runId) => ask('cancel', runId, () => ({ success: true })),
    skipPhase: async (_caller, runId) =>
      ask('skipPhase', runId, () => ({
        success: true,
        skipped_phase: 'data_preparation',
        next_phase: null,
        also_skipped: [],
      })),
    resume: async (_caller, runId) => ask('resume', runId, () => ({ status: 'queued', current_phase: null })),
    retrain: async (_caller, runId, body) => {
      state.calls.push({ name: 'retrain', input: body })
      return ask('retrain', runId, () => ({ run_id: id(12), status: 'queued', parent_run_id: runId }))
    },
    delete: async (_caller, runId) => ask('delete', runId, () => ({ run_id: runId, status: 'deleted' })),
    preprocessingDag: async (_caller, runId) => ask('preprocessingDag', runId, () => ({ nodes: [], edges: [] })),
    columnLineage: async (_caller, runId) => ask('columnLineage', runId, () => ({ columns: [], edges: [], prediction: null })),
    compare: async (_caller, runId) => ask('compare', runId, () => ({ paired: false, reason: 'not the same rows', same_model: false, rows: 0, resamples: 0, metrics: {} })),
    openLineage: async (_caller, runId) =>
      ask('openLineage', runId, () => ({ eventType: 'OTHER', eventTime: at, producer: 'urn:fake', schemaURL: 'urn:fake', run: { runId }, job: { namespace: 'n', name: 'j' }, inputs: [], outputs: [] })),
  }
}

export function fakeRun(runId: string): RunStateAnswer {
  return {
    run_id: runId,
    name: 'run',
    description: '',
    status: 'queued',
    current_phase: null,
    progress: 0,
    message: null,
    dataset_id: id(7),
    parent_run_id: null,
    owner: 'owner',
    label: null,
    task: null,
    settings: null,
    results: {
      metrics: {},
      metric_intervals: {},
      model_id: null,
      version_id: null,
      model_hash: null,
      deployment_id: null,
      report_id: null,
      monitor_id: null,
      comparison: null,
    },
    error: null,
    created_at: at,
    started_at: null,
    completed_at: null,
  }
}

export function fakeDecision(): PendingDecision {
  return {
    decision_id: id(9),
    revision: 1,
    decision_type: 'label_selection',
    phase: 'label_selection',
    subject: 'What shall be predicted?',
    options: [
      {
        index: 0,
        id: 'b',
        title: 'b',
        summary: 'b',
        recommended: true,
        score: 1,
        evidence: [
          {
            label: 'missing',
            text: '1 of 2 is missing.',
            value: 1,
            interval: null,
            data: [{ deep: { list: [1, null] } }],
          },
        ],
        risks: [],
        effect: { column: 'b' },
      },
    ],
    context: { rows: 1 },
    recommended_index: 0,
    default_option_index: 0,
    timeout_seconds: null,
    expires_at: null,
    accepts: { type: 'object' },
  }
}
