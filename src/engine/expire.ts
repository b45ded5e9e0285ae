import { proposalSchema } from '#core/decision'
import type { EngineInput } from './ports.ts'
import { phaseNamed } from './steps.ts'

/** Resolves the open decision of a run whose deadline has passed to its default, and pauses the run. */
export async function expire(input: EngineInput, runId: string): Promise<void> {
  const loaded = await input.store.load(runId)
  if (loaded === undefined || loaded.run.status !== 'waiting_input') return
  const { open } = loaded.run
  const proposal = proposalSchema.parse(await input.blobs.get(open.proposal))
  const decision = phaseNamed(input.phases, open.phase).fallback(proposal)
  const fallback = decision === null ? null : { answer: await input.blobs.put({ taken: 'default' }), decision: await input.blobs.put(decision) }
  const asked = { actor: { kind: 'timeout', name: 'timeout' }, now: input.clock.now() } as const
  await input.store.execute({ run_id: runId, command: { kind: 'expire', decision_id: open.decision_id, fallback }, asked })
}
