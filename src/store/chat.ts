import { sql } from 'kysely'
import type { ChatNote } from '#core/advisor-ports'
import type { ChatMessage, ChatMetadata, ChatStore } from '#core/notice-ports'
import { patient, type Db } from './database.ts'

export function chatStore(db: Db): ChatStore {
  return {
    async add(runId, messages) {
      const rows = messages.map(({ id, role, content, at, metadata }) => ({ id, run_id: runId, role, content, metadata: JSON.stringify(metadata), at: new Date(at) }))
      try {
        await db.insertInto('chat_message').values(rows).execute()
        return true
      } catch (error) {
        // The run was deleted in between.
        if (error instanceof Error && 'code' in error && error.code === '23503') return false
        throw error
      }
    },
    ...patient({
      async list(runId: string): Promise<ChatMessage[]> {
        const rows = await db.selectFrom('chat_message').select(['id', 'role', 'content', 'at', 'metadata']).where('run_id', '=', runId).orderBy('position').execute()
        return rows.map(read)
      },
      async notes(runId: string): Promise<ChatNote[]> {
        const rows = await db
          .selectFrom('chat_message')
          .select(['id', 'role', 'content', 'at', 'metadata'])
          .where('run_id', '=', runId)
          .where(sql<boolean>`metadata @> '{"context": true}'`)
          .orderBy('position')
          .execute()
        return rows.map(read).map(({ id, content, at, metadata }) => ({ message_id: id, text: content, by: metadata.author ?? '', at }))
      },
    }),
  }
}

function read({ role, at, ...rest }: { id: string; role: string; content: string; at: Date; metadata: ChatMetadata }): ChatMessage {
  return { ...rest, role: role === 'user' ? 'user' : 'assistant', at: at.toISOString() }
}
