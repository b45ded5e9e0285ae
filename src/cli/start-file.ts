import { openAsBlob, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { TaskName, TestRows } from '#core/run-settings'
import type { Signalbox } from '#sdk/client'
import { CommandFailure } from './failure.ts'
import { type ReadFlags, readOptionsOf } from './read-options.ts'

/** What a run on a file is started with. */
export interface StartFlags extends ReadFlags {
  readonly target?: string | undefined
  readonly task?: TaskName | undefined
  readonly query?: string | undefined
  readonly test?: TestRows | undefined
  readonly seed?: number | undefined
  readonly name?: string | undefined
  readonly auto?: boolean | undefined
}

/** Fails where there is no such file, before anything is opened. */
export function checkFile(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) throw new CommandFailure(`There is no file ${file}.`)
  if (!stats.isFile()) throw new CommandFailure(`${file} is not a file.`)
}

/** Uploads a file and starts a run on it; returns the run's id. */
export async function startFile(client: Signalbox, file: string, flags: StartFlags): Promise<string> {
  const fileName = basename(file)
  const stem = fileName.replace(/\.[^.]*$/, '')
  const name = flags.name ?? (stem === '' ? fileName : stem)
  const readOptions = readOptionsOf(flags)
  const { dataset_id } = await client.datasets.upload(await openAsBlob(file), { name, fileName, ...(readOptions === undefined ? {} : { readOptions }) })
  const { target, task, test, seed, query } = flags
  const auto = flags.auto === true
  const { run_id } = await client.agentic.startRun({ model_name: name, dataset_id, auto_mode: auto, auto_deploy: auto, target, task, test, seed, user_query: query })
  return run_id
}
