import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DuckDBConnection } from '@duckdb/node-api'
import { databaseFault } from './database-fault.ts'
import { ownFolder } from './own-folder.ts'
import { queryQueue } from './query-queue.ts'
import { quotedText } from './quoted-text.ts'
import { session } from './session.ts'
import type { Session } from './session.ts'

export interface DatabaseOptions {
  /** The only folder besides its own that the database may read. */
  readonly blobFolder: string
  readonly temporaryFolder: string
  readonly memoryLimitMb?: number
  readonly threads?: number
}

/** One in-memory DuckDB, locked down, and its queue. */
export interface Database {
  /** Runs the work on a connection of its own, when its turn has come; an abort interrupts what is running. */
  use<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>
  /** A name in the database's own folder that no other file has. */
  temporaryPath(extension: string): string
  close(): Promise<void>
}

const queriesAtOnce = 3

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const folder = await ownFolder(options.temporaryFolder)
  await mkdir(join(folder, 'spill'))
  const instance = await DuckDBInstance.create(':memory:')
  await lockDown(instance, options, folder)
  const queue = queryQueue(queriesAtOnce)
  const closing = new AbortController()
  const inUse = new Set<Promise<unknown>>()

  function use<T>(signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    const either = AbortSignal.any([signal, closing.signal])
    const answer = queue.run(either, () => onConnection(instance, either, work))
    const settled = answer.catch(() => undefined).finally(() => inUse.delete(settled))
    inUse.add(settled)
    return answer
  }

  async function close(): Promise<void> {
    closing.abort(new Error('the data engine is closed'))
    await Promise.all(inUse)
    instance.closeSync()
    await rm(folder, { recursive: true, force: true })
  }

  return { use, temporaryPath: (extension) => join(folder, `${randomUUID()}.${extension}`), close }
}

/** No network, no extension, no file but those of the two folders; and no statement can change that again. */
async function lockDown(instance: DuckDBInstance, options: DatabaseOptions, folder: string): Promise<void> {
  const connection = await instance.connect()
  const settings = [
    `SET memory_limit = ${quotedText(`${options.memoryLimitMb ?? 1_000}MB`)}`,
    `SET threads = ${options.threads ?? 2}`,
    `SET temp_directory = ${quotedText(join(folder, 'spill'))}`,
    `SET allowed_directories = [${quotedText(options.blobFolder)}, ${quotedText(folder)}]`,
    "SET TimeZone = 'UTC'",
    'SET preserve_insertion_order = true',
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    'SET allow_community_extensions = false',
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ]
  for (const setting of settings) await connection.run(setting)
  connection.closeSync()
}

async function onConnection<T>(
  instance: DuckDBInstance,
  signal: AbortSignal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = await instance.connect()
  const stopInterrupts = interruptOnAbort(connection, signal)
  try {
    return await work(session(connection, signal))
  } catch (error) {
    signal.throwIfAborted()
    throw databaseFault(error)
  } finally {
    stopInterrupts()
    connection.closeSync()
  }
}

const millisecondsBetweenInterrupts = 50

/** Again and again, since an interrupt is forgotten when it comes before the thread has begun with the query. */
function interruptOnAbort(connection: DuckDBConnection, signal: AbortSignal): () => void {
  let again: NodeJS.Timeout | undefined
  const start = () => {
    connection.interrupt()
    again = setInterval(() => connection.interrupt(), millisecondsBetweenInterrupts)
  }
  signal.addEventListener('abort', start, { once: true })
  return () => {
    signal.removeEventListener('abort', start)
    clearInterval(again)
  }
}
