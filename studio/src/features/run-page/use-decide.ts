import { useMutation, useQueryClient } from '@tanstack/react-query'
import { SignalboxApiError, type PendingDecision } from '#sdk/client'
import { client } from '#studio/lib/client.ts'
import type { Answer } from '#studio/lib/desk.ts'
import { runKey } from '#studio/lib/run-queries.ts'

export interface Sent {
  readonly answer: Answer
  readonly rationale: string
}

/** Sends the answer of one card. What is refused because somebody else was first is told apart from every other error. */
export function useDecide(runId: string, card: PendingDecision) {
  const queries = useQueryClient()
  const { decision_id, revision, decision_type } = card
  return useMutation({
    mutationFn: ({ answer, rationale }: Sent) =>
      client.agentic.submitDecision(runId, { ...answer, decision_type, decision_id, revision, ...(rationale.trim() === '' ? {} : { rationale: rationale.trim() }) }),
    onSettled: () => queries.invalidateQueries({ queryKey: runKey(runId) }),
  })
}

export function isOvertaken(error: unknown): boolean {
  return error instanceof SignalboxApiError && error.status === 409
}
