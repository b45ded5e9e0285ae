import { answerSchema, asksToSkip, proposalSchema, type Answer, type Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { readChosenOptions } from '#core/multi-choice-answer'
import { multiChoicePhases } from '#core/phase-names'
import { isStarted, type MadeDecision } from '#core/run'
import type { DecisionRecord, MadeDecisionAnswer } from '#wire/decision-record'
import { jsonObjectSchema } from '#wire/json-value'
import { outcomeOf } from './outcome-of.ts'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** What was decided in a run so far, oldest first. */
export async function madeDecisions(input: ServiceInput, caller: Caller, runId: string): Promise<Result<MadeDecisionAnswer[]>> {
  const loaded = await ownRun(input, caller, runId)
  if (!loaded.ok) return loaded
  const { run } = loaded.value
  if (!isStarted(run)) return accept([])
  const read = await Promise.all(run.decisions.map((made) => readDecision(input, made)))
  return accept(read.map(({ summary }) => summary))
}

/** One of them, with its card and what came of it. */
export async function decisionRecord(input: ServiceInput, caller: Caller, { runId, decisionId }: { readonly runId: string; readonly decisionId: string }): Promise<Result<DecisionRecord>> {
  const loaded = await ownRun(input, caller, runId)
  if (!loaded.ok) return loaded
  const { run } = loaded.value
  // A card that was proposed again keeps its id: the last answer is the one that counts.
  const made = isStarted(run) ? run.decisions.findLast((candidate) => candidate.decision_id === decisionId) : undefined
  if (made === undefined) return refuse('NOT_FOUND', 'There is no such decision of this run.', { suggestion: 'GET /v1/agentic/runs/{id}/decisions lists what was decided.' })
  const { summary, proposal, answer } = await readDecision(input, made)
  const { options, context, recommended_index } = proposal
  const outcome = made.closes ? await outcomeOf(input, run, made.phase) : null
  return accept({ ...summary, options, context, recommended_index, answer: jsonObjectSchema.parse(answer), decision: await input.blobs.get(made.decision), outcome })
}

interface ReadDecision {
  readonly summary: MadeDecisionAnswer
  readonly proposal: Proposal
  readonly answer: Answer
}

async function readDecision({ blobs }: ServiceInput, made: MadeDecision): Promise<ReadDecision> {
  const proposal = proposalSchema.parse(await blobs.get(made.proposal))
  const answer = answerSchema.safeParse(await blobs.get(made.answer)).data ?? {}
  const { decision_id, revision, phase, closes, actor, at } = made
  const skipped = asksToSkip(answer)
  const taken = skipped ? [] : takenTitles(answer, proposal)
  return { proposal, answer, summary: { decision_id, revision, phase, closes, actor, subject: proposal.subject, offered: proposal.options.length, taken, skipped, decided_at: at, rationale: answer.rationale ?? null } }
}

/** The titles of what was chosen; an answer of one's own is none of the options. */
function takenTitles(answer: Answer, proposal: Proposal): string[] {
  if (multiChoicePhases.includes(proposal.phase)) {
    const chosen = readChosenOptions(answer, proposal)
    return chosen.ok ? chosen.value.map(({ title }) => title) : []
  }
  const choice = answer.choice_index ?? (saysNothingElse(answer) ? proposal.recommended_index : null)
  const option = choice === null ? undefined : proposal.options[choice]
  return option === undefined ? [] : [option.title]
}

function saysNothingElse({ custom_value }: Answer): boolean {
  return (custom_value ?? null) === null
}
