import { chatHistoryAnswerSchema, sendChatAnswerSchema, type ChatHistoryAnswer, type SendChatAnswer } from '#wire/chat'
import { compareRunsAnswerSchema, type CompareRunsAnswer } from '#wire/compare-runs'
import { columnLineageAnswerSchema, type ColumnLineageAnswer, type LineageQuery } from '#wire/column-lineage'
import { openLineageAnswerSchema, type OpenLineageAnswer } from '#wire/open-lineage'
import { decisionRecordSchema, madeDecisionsAnswerSchema, type DecisionRecord, type MadeDecisionsAnswer } from '#wire/decision-record'
import { inboxAnswerSchema, type InboxAnswer, type InboxQuery } from '#wire/inbox'
import { pendingDecisionAnswerSchema, type PendingDecisionAnswer } from '#wire/pending-decision'
import { phasesAnswerSchema, type PhasesAnswer } from '#wire/phase-status'
import { preprocessingDagAnswerSchema, type PreprocessingDagAnswer } from '#wire/preprocessing-dag'
import {
  cancelRunAnswerSchema,
  deleteRunAnswerSchema,
  resumeRunAnswerSchema,
  skipPhaseAnswerSchema,
  type CancelRunAnswer,
  type DeleteRunAnswer,
  type ResumeRunAnswer,
  type SkipPhaseAnswer,
} from '#wire/run-commands'
import { retrainAnswerSchema, type RetrainAnswer, type RetrainInput } from '#wire/retrain'
import { runListAnswerSchema, type RunListAnswer, type RunListQuery } from '#wire/run-list'
import { runStateAnswerSchema, type RunStateAnswer } from '#wire/run-state'
import { startRunAnswerSchema, type StartRunAnswer, type StartRunInput } from '#wire/start-run'
import { submitDecisionAnswerSchema, type SubmitDecisionAnswer, type SubmitDecisionBody } from '#wire/submit-decision'
import { runEvents, type EventsOptions, type RunEvent } from './run-events.ts'
import type { CallOptions, Transport } from './transport.ts'
import { waitForDecision, type WaitOptions, type WaitResult } from './wait-for-decision.ts'

const runs = '/v1/agentic/runs'

/** Runs and their decisions. */
export class Agentic {
  private readonly transport: Transport

  constructor(transport: Transport) {
    this.transport = transport
  }

  /** Starts a run; sent again after a broken connection it still starts one. */
  startRun(body: StartRunInput, options: CallOptions = {}): Promise<StartRunAnswer> {
    const idempotencyKey = globalThis.crypto.randomUUID()
    return this.transport.json({
      method: 'POST',
      path: runs,
      json: body,
      idempotencyKey,
      answer: startRunAnswerSchema,
      ...options,
    })
  }

  getRunState(runId: string, options: CallOptions = {}): Promise<RunStateAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(runId), answer: runStateAnswerSchema, ...options })
  }

  /** Null where nothing waits. */
  getPendingDecision(runId: string, options: CallOptions = {}): Promise<PendingDecisionAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(runId, '/pending-decision'),
      answer: pendingDecisionAnswerSchema,
      ...options,
    })
  }

  submitDecision(runId: string, body: SubmitDecisionBody, options: CallOptions = {}): Promise<SubmitDecisionAnswer> {
    return this.transport.json({
      method: 'POST',
      path: pathOf(runId, '/decisions'),
      json: body,
      answer: submitDecisionAnswerSchema,
      ...options,
    })
  }

  /** What was decided in the run so far, oldest first. */
  listDecisionsOf(runId: string, options: CallOptions = {}): Promise<MadeDecisionsAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(runId, '/decisions'), answer: madeDecisionsAnswerSchema, ...options })
  }

  /** One decision with its card, its answer and what came of it. */
  getDecision(runId: string, decisionId: string, options: CallOptions = {}): Promise<DecisionRecord> {
    return this.transport.json({ method: 'GET', path: pathOf(runId, `/decisions/${encodeURIComponent(decisionId)}`), answer: decisionRecordSchema, ...options })
  }

  getPhases(runId: string, options: CallOptions = {}): Promise<PhasesAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(runId, '/phases'),
      answer: phasesAnswerSchema,
      ...options,
    })
  }

  cancelRun(runId: string, options: CallOptions = {}): Promise<CancelRunAnswer> {
    return this.transport.json({
      method: 'POST',
      path: pathOf(runId, '/cancel'),
      answer: cancelRunAnswerSchema,
      ...options,
    })
  }

  skipPhase(runId: string, options: CallOptions = {}): Promise<SkipPhaseAnswer> {
    return this.transport.json({
      method: 'POST',
      path: pathOf(runId, '/skip-phase'),
      answer: skipPhaseAnswerSchema,
      ...options,
    })
  }

  resumeRun(runId: string, options: CallOptions = {}): Promise<ResumeRunAnswer> {
    return this.transport.json({
      method: 'POST',
      path: pathOf(runId, '/resume'),
      answer: resumeRunAnswerSchema,
      ...options,
    })
  }

  /** Starts a run that decides as a completed one did; sent again after a broken connection it still starts one. */
  retrain(runId: string, body: RetrainInput = {}, options: CallOptions = {}): Promise<RetrainAnswer> {
    const idempotencyKey = globalThis.crypto.randomUUID()
    return this.transport.json({
      method: 'POST',
      path: pathOf(runId, '/retrain'),
      json: body,
      idempotencyKey,
      answer: retrainAnswerSchema,
      ...options,
    })
  }

  deleteRun(runId: string, options: CallOptions = {}): Promise<DeleteRunAnswer> {
    return this.transport.json({ method: 'DELETE', path: pathOf(runId), answer: deleteRunAnswerSchema, ...options })
  }

  getPreprocessingDag(runId: string, options: CallOptions = {}): Promise<PreprocessingDagAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(runId, '/preprocessing/dag'),
      answer: preprocessingDagAnswerSchema,
      ...options,
    })
  }

  /** With a row of the table, counted from 0, on to what its columns come to in its prediction. */
  getColumnLineage(runId: string, query: LineageQuery = {}, options: CallOptions = {}): Promise<ColumnLineageAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(runId, '/preprocessing/lineage'),
      query,
      answer: columnLineageAnswerSchema,
      ...options,
    })
  }

  /** The models of two runs on the sealed rows that both have; where those are not the same, it says why they are not paired. */
  compareRuns(runId: string, otherId: string, options: CallOptions = {}): Promise<CompareRunsAnswer> {
    return this.transport.json({ method: 'GET', path: pathOf(runId, `/compare/${encodeURIComponent(otherId)}`), answer: compareRunsAnswerSchema, ...options })
  }

  /** The lineage as an OpenLineage event with columnLineage facets. */
  getOpenLineage(runId: string, options: CallOptions = {}): Promise<OpenLineageAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(runId, '/preprocessing/openlineage'),
      answer: openLineageAnswerSchema,
      ...options,
    })
  }

  /** The team's runs, newest first. */
  listRuns(query: Partial<RunListQuery> = {}, options: CallOptions = {}): Promise<RunListAnswer> {
    return this.transport.json({ method: 'GET', path: runs, query, answer: runListAnswerSchema, ...options })
  }

  /** The team's open decisions, oldest first. */
  listDecisions(query: Partial<InboxQuery> = {}, options: CallOptions = {}): Promise<InboxAnswer> {
    return this.transport.json({
      method: 'GET',
      path: '/v1/agentic/decisions',
      query,
      answer: inboxAnswerSchema,
      ...options,
    })
  }

  /** Asks about the run, or gives it context; changes nothing else. */
  sendChat(runId: string, content: string, options: CallOptions = {}): Promise<SendChatAnswer> {
    return this.transport.json({
      method: 'POST',
      path: pathOf(runId, '/chat'),
      json: { content },
      answer: sendChatAnswerSchema,
      ...options,
    })
  }

  /** Everything that was said in the chat of the run, oldest first. */
  getChatHistory(runId: string, options: CallOptions = {}): Promise<ChatHistoryAnswer> {
    return this.transport.json({
      method: 'GET',
      path: pathOf(runId, '/chat/history'),
      answer: chatHistoryAnswerSchema,
      ...options,
    })
  }

  /** The events of the run as they come, each once, until it has ended; reconnects where the network breaks. */
  events(runId: string, options: EventsOptions = {}): AsyncIterable<RunEvent> {
    return runEvents((after, signal) => {
      const call = { method: 'GET', path: pathOf(runId, '/events'), query: { after } } as const
      return this.transport.stream(signal === undefined ? call : { ...call, signal })
    }, options)
  }

  /** Waits until the run asks for a decision, pauses or ends. Rejects with the signal's reason when that is aborted. */
  waitForDecision(runId: string, options: WaitOptions = {}): Promise<WaitResult> {
    const call = options.signal === undefined ? {} : { signal: options.signal }
    return waitForDecision(
      { run: () => this.getRunState(runId, call), decision: () => this.getPendingDecision(runId, call) },
      options,
    )
  }
}

function pathOf(runId: string, rest = ''): string {
  return `${runs}/${encodeURIComponent(runId)}${rest}`
}
