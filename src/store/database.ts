import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { SignalboxError } from '#core/errors'
import type { SqlExecutor } from '#core/ports'
import { migrate } from './migrate.ts'
import type { Tables } from './tables.ts'

pg.types.setTypeParser(pg.types.builtins.INT8, Number)

export type Db = Kysely<Tables>
export type Trx = Transaction<Tables>

export interface Database {
  readonly db: Db
  readonly config: pg.ClientConfig
  /** Runs a transaction, again where the connection was lost before it, for up to ten seconds. */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const sessionGone = new Set(['57P01', '57P02', '57P03', '08000', '08003', '08006', '08001', '08004', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'])

/** Whether an error only says that the database went away, so that the same work may be tried again. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof SignalboxError) return error.code === 'DATABASE_UNAVAILABLE'
  if ('code' in error && typeof error.code === 'string' && sessionGone.has(error.code)) return true
  return /Connection terminated|connection is closed|timeout exceeded when trying to connect/i.test(error.message)
}

interface DatabaseInput {
  readonly config: pg.ClientConfig
  readonly schema: string
  readonly connections: number
}

/** Opens the database and brings its schema up to date. */
export async function openDatabase(input: DatabaseInput): Promise<Database> {
  const config: pg.ClientConfig = { ...input.config, options: `-c search_path=${input.schema}`, application_name: 'signalbox' }
  const pool = new pg.Pool({ ...config, max: input.connections, connectionTimeoutMillis: 10_000 })
  // An idle connection that ends (the owner of the database went) is replaced at the next use.
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await patiently(() => migrate(db as unknown as Kysely<never>, input.schema))
  } catch (cause) {
    await db.destroy()
    if (cause instanceof SignalboxError) throw cause
    throw new SignalboxError({ code: 'DATABASE_UNAVAILABLE', message: `The database cannot be opened: ${messageOf(cause)}`, cause })
  }
  return {
    db,
    config,
    transaction: (work) => patiently(() => db.transaction().execute(work)),
    close: () => db.destroy(),
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function unavailable(cause: unknown): SignalboxError {
  if (cause instanceof SignalboxError) return cause
  return new SignalboxError({ code: 'DATABASE_UNAVAILABLE', message: 'The database has not answered for ten seconds.', cause })
}

type Method = (...given: never[]) => Promise<unknown>

/** The same methods, each tried again while the database is away. Only for methods that may be done twice. */
export function patient<T extends Readonly<Record<keyof T, Method>>>(methods: T): T {
  const names = Object.keys(methods) as (keyof T)[]
  const made = names.map((name) => [name, (...given: never[]) => patiently(() => methods[name](...given))])
  return Object.fromEntries(made) as T
}

/** Tries again while the database is away, for up to ten seconds: another process may be taking it over. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const last = performance.now() + 10_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isConnectionLoss(error)) throw error
      if (performance.now() > last) throw unavailable(error)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** Lets a queue write in our transaction, so that a wake-up is sent exactly when the event is. */
export function executorOf(trx: Trx): SqlExecutor {
  return {
    executeSql: async (text, values) => {
      const { rows } = await trx.executeQuery<unknown>(CompiledQuery.raw(text, values ?? []))
      return { rows }
    },
  }
}
