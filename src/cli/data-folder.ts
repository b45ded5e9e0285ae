import { resolve } from 'node:path'

/** The folder that a command works on: the option, else SIGNALBOX_HOME, else ./.signalbox. */
export function dataFolder(option: string | undefined): string {
  return resolve(option ?? process.env.SIGNALBOX_HOME ?? '.signalbox')
}

/** The database of one's own, where DATABASE_URL names one. */
export function databaseUrl(): string | undefined {
  const url = process.env.DATABASE_URL
  return url === undefined || url === '' ? undefined : url
}
