import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '#studio/lib/client.ts'
import { runKey } from '#studio/lib/run-queries.ts'

/** What was said in the chat of a run, and the question that is on its way. */
export function useChat(runId: string) {
  const queries = useQueryClient()
  const queryKey = [...runKey(runId), 'chat']
  const history = useQuery({ queryKey, queryFn: ({ signal }) => client.agentic.getChatHistory(runId, { signal }) })
  const ask = useMutation({
    mutationFn: (text: string) => client.agentic.sendChat(runId, text),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  return { history, ask }
}
