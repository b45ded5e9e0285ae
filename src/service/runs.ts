import { accept, refuse, type Result } from '#core/errors'
import { isStarted, phaseRecord, type StartedRun } from '#core/run'
import type { Command } from '#core/command'
import { proposalSchema } from '#core/decision'
import type { Executed, RunRow } from '#core/store-ports'
import type { InboxEntry } from '#wire/inbox'
import type { PhasesAnswer } from '#wire/phase-status'
import type { RunRecord } from '#wire/run-record'
import { ownDataset } from './datasets.ts'
import { compareRuns } from './compare-runs.ts'
import { columnLineage } from './column-lineage.ts'
import { decisionRecord, madeDecisions } from './decision-records.ts'
import { openLineage } from './open-lineage.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { openRunOn } from './open-run.ts'
import { ownRow, ownRun } from './own-run.ts'
import { pendingDecision } from './pending-decision.ts'
import type { ServiceInput } from './ports.ts'
import { preprocessingDag } from './preprocessing-dag.ts'
import { currentPhase, errorOf, listEntry, runState } from './run-view.ts'
import type { Caller, Runs } from './signalbox.ts'
import { retrain } from './retrain.ts'
import { startRun } from './start-run.ts'
import { submitDecision } from './submit-decision.ts'

export function openRuns(input: ServiceInput): Runs {
  return { ...readingRuns(input), ...movingRuns(input) }
}

type Reading = 'read' | 'record' | 'list' | 'listOfTeam' | 'inbox' | 'pendingDecision' | 'decisions' | 'decision' | 'phases' | 'preprocessingDag' | 'columnLineage' | 'openLineage' | 'compare'

function readingRuns(input: ServiceInput): Pick<Runs, Reading> {
  return {
    async read(caller, runId) {
      const row = await ownRow(input, caller, runId)
      return row.ok ? accept(await runState(input.blobs, row.value)) : row
    },
    async record(caller, runId) {
      const row = await ownRow(input, caller, runId)
      return row.ok ? accept(recordOf(row.value)) : row
    },
    async list(caller, { limit, cursor, ...filter }) {
      const after = cursor === undefined ? accept(undefined) : readCursor(cursor)
      if (!after.ok) return after
      const rows = await input.lists.list({ team_id: caller.team_id, ...filter, limit: limit + 1, after: after.value })
      const page = rows.slice(0, limit)
      const last = rows.length > limit ? page.at(-1) : undefined
      return accept({ runs: page.map(listEntry), next_cursor: last === undefined ? null : writeCursor(last.run) })
    },
    async listOfTeam(caller, teamId, query) {
      if (teamId !== caller.team_id) return refuse('NOT_FOUND', 'There is no such team for this key.')
      return accept((await input.lists.list({ team_id: teamId, ...query })).map(recordOf))
    },
    inbox: (caller, query) => inbox(input, caller, query),
    pendingDecision: (caller, runId) => pendingDecision(input, caller, runId),
    decisions: (caller, runId) => madeDecisions(input, caller, runId),
    decision: (caller, runId, decisionId) => decisionRecord(input, caller, { runId, decisionId }),
    async phases(caller, runId) {
      const loaded = await ownRun(input, caller, runId)
      if (!loaded.ok) return loaded
      return accept(isStarted(loaded.value.run) ? await phasesOf(input, loaded.value.run) : plannedPhases(input))
    },
    preprocessingDag: (caller, runId) => preprocessingDag(input, caller, runId),
    columnLineage: (caller, runId, query) => columnLineage(input, caller, { runId, ...query }),
    openLineage: (caller, runId) => openLineage(input, caller, runId),
    compare: (caller, runId, otherId) => compareRuns(input, caller, { runId, otherId }),
  }
}

function movingRuns(input: ServiceInput): Omit<Runs, Reading> {
  return {
    async open(caller, { team_id, run_id, model_id, name, metadata }) {
      if (team_id !== caller.team_id) return refuse('NOT_FOUND', 'There is no such team for this key.')
      const datasetId = metadata?.dataset_id ?? null
      const dataset = datasetId === null ? null : await ownDataset(input, caller, datasetId)
      if (dataset !== null && !dataset.ok) return dataset
      const opening = { run_id: run_id ?? null, dataset_id: datasetId, name: name ?? dataset?.value.name ?? 'run', model_id: model_id ?? null }
      const opened = await openRunOn(input, caller, opening)
      return opened.ok ? accept({ run_id: opened.value }) : opened
    },
    start: (caller, body) => startRun(input, caller, body),
    submitDecision: (caller, runId, body) => submitDecision(input, caller, { runId, body }),
    async cancel(caller, runId) {
      const done = await command(input, caller, { runId, command: { kind: 'cancel' } })
      return done.ok ? accept({ success: true }) : done
    },
    async skipPhase(caller, runId) {
      const done = await command(input, caller, { runId, command: { kind: 'skip' } })
      if (!done.ok) return done
      const skipped = done.value.events.find((event) => event.type === 'phase-skipped')
      if (skipped === undefined) return refuse('WRITE_CONFLICT', 'The run moved on before the phase could be skipped.')
      const { phase, also } = skipped.payload
      return accept({ success: true, skipped_phase: phase, next_phase: currentPhase(done.value.run), also_skipped: also })
    },
    async resume(caller, runId) {
      const done = await command(input, caller, { runId, command: { kind: 'resume' } })
      return done.ok ? accept({ status: done.value.run.status, current_phase: currentPhase(done.value.run) }) : done
    },
    retrain: (caller, runId, body) => retrain(input, caller, { runId, body }),
    async delete(caller, runId) {
      const done = await command(input, caller, { runId, command: { kind: 'delete' } })
      return done.ok ? accept({ run_id: runId, status: 'deleted' }) : done
    },
  }
}

async function command(input: ServiceInput, caller: Caller, asked: { runId: string; command: Command }): Promise<Result<Executed>> {
  const own = await ownRun(input, caller, asked.runId)
  if (!own.ok) return own
  const actor = { kind: 'key', name: caller.key_name } as const
  return input.runs.execute({ run_id: asked.runId, command: asked.command, asked: { actor, now: input.now().toISOString() } })
}

function recordOf({ run, name, model_id }: RunRow): RunRecord {
  const { run_id, dataset_id, status, team_id, created_at } = run
  return { run_id, name, model_id, dataset_id, status, created: created_at, team_id, metadata: { dataset_id } }
}

async function phasesOf({ blobs }: ServiceInput, run: StartedRun): Promise<PhasesAnswer> {
  const failure = await errorOf(blobs, run)
  return run.settings.plan.map((phase) => {
    const { status, started_at, completed_at } = phaseRecord(run, phase)
    return { phase, status, started_at, completed_at, error: status === 'failed' ? (failure?.message ?? null) : null }
  })
}

/** What an opened run would go through with the default plan. */
function plannedPhases({ phases }: ServiceInput): PhasesAnswer {
  return phases.map(({ name }) => ({ phase: name, status: 'pending', started_at: null, completed_at: null, error: null }))
}

async function inbox(input: ServiceInput, caller: Caller, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const offset = cursor === undefined ? 0 : Number(cursor)
  if (!Number.isSafeInteger(offset) || offset < 0) return refuse('VALIDATION_FAILED', `cursor is "${cursor}", which no answer of the inbox gave.`)
  const rows = await input.lists.waiting(caller.team_id, { limit: limit + 1, offset })
  const decisions = await Promise.all(rows.slice(0, limit).map((row) => inboxEntry(input, row)))
  return accept({ decisions: decisions.filter((entry) => entry !== null), next_cursor: rows.length > limit ? String(offset + limit) : null })
}

async function inboxEntry({ blobs }: ServiceInput, { run, name }: RunRow): Promise<InboxEntry | null> {
  if (run.status !== 'waiting_input') return null
  const { open, dataset_id, run_id } = run
  const { subject } = proposalSchema.parse(await blobs.get(open.proposal))
  const { decision_id, revision, phase, options, opened_at, expires_at } = open
  return { run_id, run_name: name, dataset_id, decision_id, revision, decision_type: phase, subject, options, opened_at, expires_at }
}
