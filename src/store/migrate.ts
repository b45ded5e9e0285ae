import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { initial } from './migrations/0001-initial.ts'
import { deployments } from './migrations/0002-deployments.ts'
import { reports } from './migrations/0003-reports.ts'
import { monitors } from './migrations/0004-monitors.ts'
import { chatAndWebhooks } from './migrations/0005-chat-and-webhooks.ts'
import { preprocessors } from './migrations/0006-preprocessors.ts'
import { webSessions } from './migrations/0012-web-sessions.ts'
import { reportSignatures } from './migrations/0009-report-signatures.ts'
import { serving } from './migrations/0007-serving.ts'
import { monitoring } from './migrations/0010-monitoring.ts'

/** Every migration by number; a number that was released is never changed. */
const migrations: Record<string, Migration> = {
  '0001-initial': { up: initial },
  '0002-deployments': { up: deployments },
  '0003-reports': { up: reports },
  '0004-monitors': { up: monitors },
  '0005-chat-and-webhooks': { up: chatAndWebhooks },
  '0006-preprocessors': { up: preprocessors },
  '0012-web-sessions': { up: webSessions },
  '0009-report-signatures': { up: reportSignatures },
  '0007-serving': { up: serving },
  '0010-monitoring': { up: monitoring },
}

/** Brings the schema to the newest migration; several processes may do so at once. */
export async function migrate(db: Kysely<never>, schema: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) }, migrationTableSchema: schema })
  for (let left = 4; ; left--) {
    const { error } = await migrator.migrateToLatest()
    if (error === undefined) return
    if (left === 0 || !isForeignSchemaGone(error, schema)) throw error
  }
}

/** The migrator looks through every schema of the database; one of somebody else may be dropped while it does. */
function isForeignSchemaGone(error: unknown, schema: string): boolean {
  const gone = error instanceof Error && 'code' in error && (error.code === '3F000' || error.code === '42P01')
  return gone && !error.message.includes(`"${schema}"`)
}
