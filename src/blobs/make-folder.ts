import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { SignalboxError } from '#core/errors'

/** Makes the data folder with what lies in it from the start; returns its absolute path. */
export function makeDataFolder(folder: string): string {
  const path = resolve(folder)
  try {
    makeFolders(join(path, 'tmp'))
    return path
  } catch (cause) {
    throw new SignalboxError({ code: 'DATA_FOLDER_UNUSABLE', message: `The data folder ${folder} cannot be made or written.`, cause })
  }
}

/** Step by step, since `recursive` never returns where a parent refuses entries as /proc does. */
function makeFolders(path: string): void {
  if (existsSync(path)) return
  makeFolders(dirname(path))
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
}
