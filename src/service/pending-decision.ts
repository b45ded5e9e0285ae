import { z } from 'zod'
import { proposalSchema } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import type { PendingDecisionAnswer } from '#wire/pending-decision'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** The card that waits for an answer, or null where nothing waits. */
export async function pendingDecision(input: ServiceInput, caller: Caller, runId: string): Promise<Result<PendingDecisionAnswer>> {
  const loaded = await ownRun(input, caller, runId)
  if (!loaded.ok) return loaded
  const { run } = loaded.value
  if (run.status !== 'waiting_input') return accept(null)
  const { open } = run
  const phase = input.phases.find((candidate) => candidate.name === open.phase)
  if (phase === undefined) return refuse('PHASE_NOT_OFFERED', `This version does not offer ${open.phase}.`)
  const proposal = proposalSchema.parse(await input.blobs.get(open.proposal))
  const timeout = run.settings.decision_timeout_seconds
  const notes = await input.chat.notes(runId)
  const seconds = await input.lists.optionSeconds(runId, open.phase)
  return accept({
    decision_id: open.decision_id,
    revision: open.revision,
    decision_type: open.phase,
    phase: open.phase,
    subject: proposal.subject,
    options: proposal.options,
    context: {
      ...proposal.context,
      // Why a retrain asks is told beside what the phase tells, which is the same in every run.
      ...(open.why === undefined ? {} : { retrain: await input.blobs.get(open.why) }),
      // Times differ from run to run, so that no proposal may hold them.
      ...(Object.keys(seconds).length === 0 ? {} : { seconds }),
      ...(notes.length === 0 ? {} : { chat_notes: notes.map((note) => ({ ...note })) }),
    },
    recommended_index: proposal.recommended_index,
    default_option_index: proposal.default_option_index,
    timeout_seconds: timeout === null ? null : Math.ceil(timeout),
    expires_at: open.expires_at,
    accepts: acceptedAnswer(phase.accepts(proposal)),
  })
}

function acceptedAnswer(schema: z.ZodType): Record<string, z.core.util.JSONType> {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))))
}
