import { sql } from 'kysely'
import type { Db } from './database.ts'
import { verifyChains, type ChainCheck } from './event-log.ts'

export type { ChainCheck }

/** What an operator asks of the database. */
export function databaseChecks(db: Db): { ready(): Promise<void>; verify(): Promise<ChainCheck> } {
  return {
    async ready() {
      await sql`select 1`.execute(db)
    },
    verify: () => verifyChains(db),
  }
}
