import { accept, refuse, type Result } from '#core/errors'
import type { ChatMessage } from '#core/notice-ports'
import type { ChatHistoryAnswer, SendChatAnswer, SendChatBody } from '#wire/chat'
import { ownRow } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import { runKnowledge } from './run-knowledge.ts'
import type { Caller, Chat } from './signalbox.ts'

/** Answers about a run out of the run itself; what is said is kept, and nothing of it changes the run. */
export function openChat(input: ServiceInput): Chat {
  return {
    send: (caller, runId, body) => send(input, caller, { runId, body }),
    async history(caller, runId) {
      const row = await ownRow(input, caller, runId)
      return row.ok ? accept((await input.chat.list(runId)).map(shown)) : row
    },
  }
}

async function send(input: ServiceInput, caller: Caller, { runId, body }: { runId: string; body: SendChatBody }): Promise<Result<SendChatAnswer>> {
  const row = await ownRow(input, caller, runId)
  if (!row.ok) return row
  const text = body.content ?? body.message ?? ''
  const asked = input.now().toISOString()
  const advice = await input.advisor(text, runKnowledge(input, row.value))
  const { intent, content, context, proposal } = advice
  const user: ChatMessage = { id: input.identity.newId(), role: 'user', content: text, at: asked, metadata: { author: caller.key_name, ...(context ? { context } : {}) } }
  const kept = context ? [{ kind: 'message' as const, id: user.id, label: 'the context as it was given' }] : []
  const metadata = { intent, citations: [...advice.citations, ...kept], ...(proposal === undefined ? {} : { proposal }) }
  const assistant: ChatMessage = { id: input.identity.newId(), role: 'assistant', content, at: input.now().toISOString(), metadata }
  if (!(await input.chat.add(runId, [user, assistant]))) return refuse('NOT_FOUND', 'There is no such run.')
  return accept({ message_id: assistant.id, content, message_type: 'text', metadata })
}

function shown({ id, role, content, at, metadata }: ChatMessage): ChatHistoryAnswer[number] {
  const { citations, ...rest } = metadata
  return { id, role, content, timestamp: at, message_type: 'text', metadata: citations === undefined ? rest : { ...rest, citations: [...citations] } }
}
