import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ChatProposalAnswer } from '#sdk/client'
import { client } from '#studio/lib/client.ts'
import { runKey } from '#studio/lib/run-queries.ts'

/** Does what a proposal says. An answer names its card and revision, so that it is refused where somebody else was first. */
export function useConfirm(runId: string, { act, decision }: ChatProposalAnswer) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (rationale: string): Promise<void> => {
      const { agentic } = client
      if (act === 'cancel_run') await agentic.cancelRun(runId)
      else if (act === 'resume_run') await agentic.resumeRun(runId)
      else if (decision === null) await agentic.skipPhase(runId)
      else {
        const { answer, ...addressed } = decision
        await agentic.submitDecision(runId, { ...answer, ...addressed, ...(rationale.trim() === '' ? {} : { rationale: rationale.trim() }) })
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: runKey(runId) }),
  })
}
