import { answerSchema, asksToSkip, proposalSchema, type Answer } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { phaseNames, type PhaseName } from '#core/phase-names'
import { isStarted, type OpenDecision, type StartedRun } from '#core/run'
import type { SubmitDecisionAnswer, SubmitDecisionBody } from '#wire/submit-decision'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** Answers the open decision: honoured as it was sent, or refused with the reason. */
export async function submitDecision(input: ServiceInput, caller: Caller, sent: { runId: string; body: SubmitDecisionBody }): Promise<Result<SubmitDecisionAnswer>> {
  const { decision_type, decision_id, revision, ...fields } = sent.body
  const phase = phaseNames.find((known) => known === decision_type)
  if (phase === undefined) return refuse('PHASE_UNKNOWN', `decision_type is "${decision_type}", which is not a phase.`)
  const answer = answerSchema.parse(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)))
  const loaded = await ownRun(input, caller, sent.runId)
  if (!loaded.ok) return loaded
  const { run } = loaded.value
  if (!isStarted(run)) return refuse('DECISION_NOT_OPEN', `The run is ${run.status} and has not been started; no decision is open.`)
  const addressed = { phase, decision_id: decision_id ?? undefined, revision: revision ?? undefined }
  return input.guard.whileWriting(() => answerRun(input, caller, { run, answer, ...addressed }))
}

interface Addressed {
  readonly run: StartedRun
  readonly answer: Answer
  readonly phase: PhaseName
  readonly decision_id: string | undefined
  readonly revision: number | undefined
}

async function answerRun(input: ServiceInput, caller: Caller, sent: Addressed): Promise<Result<SubmitDecisionAnswer>> {
  const open = openFor(sent)
  const read = open === null ? notOpen() : await readAnswer(input, open, sent.answer)
  if (!read.ok) return read
  const answered = { answer: await input.blobs.put(sent.answer), decision: await input.blobs.put(read.value.decision) }
  const { skips, closes } = read.value
  const done = await input.runs.execute({
    run_id: sent.run.run_id,
    command: {
      kind: 'answer',
      decision_type: sent.phase,
      // Read against this very card: where it was closed or proposed again meanwhile, the answer no longer counts.
      decision_id: sent.decision_id ?? open?.decision_id,
      revision: sent.revision ?? open?.revision,
      answered,
      closes,
      skips,
    },
    asked: { actor: { kind: 'key', name: caller.key_name }, now: input.now().toISOString() },
  })
  if (!done.ok) return done
  const decision_id = sent.decision_id ?? open?.decision_id ?? ''
  return accept({ status: done.value.run.status, decision_id })
}

function openFor({ run, phase, decision_id }: Addressed): OpenDecision | null {
  if (run.status !== 'waiting_input' || run.open.phase !== phase) return null
  return decision_id === undefined || decision_id === run.open.decision_id ? run.open : null
}

interface ReadAnswer {
  readonly decision: unknown
  readonly closes: boolean
  readonly skips: boolean
}

/** Where no such card is open, deciding says whether this repeats an answer or comes too late. */
function notOpen(): Result<ReadAnswer> {
  return accept({ decision: null, closes: true, skips: false })
}

async function readAnswer({ phases, blobs }: ServiceInput, open: OpenDecision, answer: Answer): Promise<Result<ReadAnswer>> {
  const phase = phases.find((candidate) => candidate.name === open.phase)
  if (phase === undefined) return refuse('PHASE_NOT_OFFERED', `This version does not offer ${open.phase}.`)
  if (asksToSkip(answer) && open.phase !== 'model_deployment') return accept({ decision: { skipped: true }, closes: true, skips: true })
  const proposal = proposalSchema.parse(await blobs.get(open.proposal))
  const decision = phase.read(answer, proposal)
  if (!decision.ok) return decision
  const revises = phase.choice === 'many' && answer.done === false
  return accept({ decision: decision.value, closes: !revises, skips: false })
}
