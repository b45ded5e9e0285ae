import { canonicalJson, type Json } from '#core/canonical-json'
import { answerSchema, type Proposal, proposalSchema } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { isStarted, type StartedRun } from '#core/run'
import { candidateEvidence } from '#phases/4-train/model-evidence'
import { readAnswer } from '#phases/4-train/read-answer'
import { tryDecision } from '#phases/4-train/try-decision'
import { candidateEvidenceSchema, type ModelTrialAnswer, triedModelSchema, type TryModelBody } from '#wire/model-evidence'
import { ownRun } from './own-run.ts'
import { phaseFacts } from './phase-facts.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller, Training } from './signalbox.ts'
import type { TrialJob } from './trial-jobs.ts'

/** The evidence behind a training card, and trials of other answers to it. */
export function openTraining(input: ServiceInput): Training {
  return {
    async candidate(caller, runId, { decision_id, trainer }) {
      const loaded = await ownRun(input, caller, runId)
      if (!loaded.ok) return loaded
      const { run } = loaded.value
      const proposal = isStarted(run) ? await trainingCard(input, run, decision_id) : null
      if (proposal === null) return refuse('NOT_FOUND', 'There is no such decision of model_training in this run.', { suggestion: 'GET /v1/agentic/runs/{id}/pending-decision and /decisions name the decisions of a run.' })
      const evidence = await candidateEvidence(proposal, trainer, input.blobs)
      if (evidence === null) return refuse('NOT_FOUND', `The card compares no trainer "${trainer}".`, { suggestion: 'The ids of its options are the trainers.' })
      return accept(candidateEvidenceSchema.parse(evidence))
    },
    startTrial: (caller, runId, body) => startTrial(input, caller, { runId, body }),
    async trial(caller, runId, trialId) {
      const job = await ownTrial(input, caller, { runId, trialId })
      return job.ok ? accept(trialAnswer(job.value)) : job
    },
    async cancelTrial(caller, runId, trialId) {
      const job = await ownTrial(input, caller, { runId, trialId })
      if (!job.ok) return job
      input.trials.cancel(trialId)
      return accept(trialAnswer(input.trials.get(trialId) ?? job.value))
    },
  }
}

/** The card with this id, whether it is open or was answered; a card that was proposed again keeps its id. */
async function trainingCard({ blobs }: ServiceInput, run: StartedRun, decisionId: string): Promise<Proposal | null> {
  const open = run.status === 'waiting_input' && run.open.decision_id === decisionId ? run.open.proposal : null
  const hash = open ?? run.decisions.findLast((made) => made.decision_id === decisionId)?.proposal ?? null
  const proposal = hash === null ? null : proposalSchema.parse(await blobs.get(hash))
  return proposal?.phase === 'model_training' ? proposal : null
}

async function startTrial(input: ServiceInput, caller: Caller, { runId, body }: { readonly runId: string; readonly body: TryModelBody }): Promise<Result<ModelTrialAnswer>> {
  const loaded = await ownRun(input, caller, runId)
  if (!loaded.ok) return loaded
  const { run } = loaded.value
  if (run.status !== 'waiting_input' || run.open.phase !== 'model_training') return refuse('DECISION_NOT_OPEN', 'A model is tried while the decision of model_training is open.')
  const proposal = proposalSchema.parse(await input.blobs.get(run.open.proposal))
  const answer = answerSchema.parse(Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== null)))
  const decision = readAnswer(answer, proposal)
  if (!decision.ok) return decision
  const facts = await phaseFacts(run, 'model_training', input)
  const { data, blobs, compute } = input
  const job = input.trials.start({
    run_id: runId,
    key: canonicalJson({ proposal: run.open.proposal, decision: decision.value }),
    work: (signal, progress): Promise<Result<Json>> =>
      input.guard.whileWriting(() => tryDecision(facts, { decision: decision.value, proposal }, { data, blobs, compute, seed: run.settings.seed, signal, progress })),
  })
  return accept(trialAnswer(job))
}

async function ownTrial(input: ServiceInput, caller: Caller, { runId, trialId }: { readonly runId: string; readonly trialId: string }): Promise<Result<TrialJob>> {
  const own = await ownRun(input, caller, runId)
  if (!own.ok) return own
  const job = input.trials.get(trialId)
  return job === undefined || job.run_id !== runId ? refuse('NOT_FOUND', 'There is no such trial.', { suggestion: 'Trials are kept in memory for a while; start it again, which answers at once where it is still known.' }) : accept(job)
}

function trialAnswer({ trial_id, status, progress, message, result, error }: TrialJob): ModelTrialAnswer {
  const said = error === null ? null : { code: error.code, message: error.message, suggestion: error.suggestion }
  return { trial_id, status, progress, message, result: result === null ? null : triedModelSchema.parse(result), error: said }
}
