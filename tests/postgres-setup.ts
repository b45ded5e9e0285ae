import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type FolderPostgres, openPostgres } from '#store/postgres/open-postgres'
import type { PostgresConfig } from '#store/postgres/postgres-config'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresConfig
  }
}

let folder: string | undefined
let postgres: FolderPostgres | undefined

/** Starts one Postgres for the whole test run; tests get its config with `inject('postgres')` or `freshSchema()`. */
export async function setup(project: TestProject): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'signalbox-tests-'))
  postgres = await openPostgres({ dataDir: folder, fast: true })
  project.provide('postgres', postgres.config)
}

/** The folder goes with the run: a schema of a failed test is kept for a look while vitest watches. */
export async function teardown(): Promise<void> {
  await postgres?.close()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
