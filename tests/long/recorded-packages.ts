import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

export const execute = promisify(execFile)
/** Where the recordings and the scripts that made them lie. */
export const golden = resolve('tests/golden')

/** Whether packages can be installed with a Python. */
function isEnough(name: string): boolean {
  try {
    execFileSync(name, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A Python of this machine that packages can be installed for. */
export const python = ['python3', 'python3.13', 'python3.12', 'python3.11'].find(isEnough)

interface Wanted {
  /** Name of the environment, with the version of what is in it. */
  readonly home: string
  /** File of requirements in the folder of recordings. */
  readonly requirements: string
}

/** A Python with packages in the versions that were recorded, installed once into node_modules/.cache. */
export async function pythonWithPackages(name: string, wanted: Wanted): Promise<string> {
  const home = resolve('node_modules/.cache', wanted.home)
  const python = join(home, 'bin/python')
  if (existsSync(python)) return python
  mkdirSync(resolve('node_modules/.cache'), { recursive: true })
  const draft = `${home}.${process.pid}`
  await execute(name, ['-m', 'venv', draft])
  await execute(join(draft, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(golden, wanted.requirements)], { maxBuffer: 2 ** 26 })
  if (existsSync(home)) rmSync(draft, { recursive: true })
  else renameSync(draft, home)
  return python
}

/** Places where two recordings differ; numbers may do so as far as processors round sums differently. */
export function differences(made: unknown, kept: unknown, path = ''): string[] {
  if (typeof made === 'number' && typeof kept === 'number') {
    return Math.abs(made - kept) <= 1e-8 * Math.max(1, Math.abs(made), Math.abs(kept)) ? [] : [`${path}: ${made}, recorded ${kept}`]
  }
  if (typeof made !== 'object' || typeof kept !== 'object' || made === null || kept === null) {
    return made === kept ? [] : [`${path}: ${JSON.stringify(made)}, recorded ${JSON.stringify(kept)}`]
  }
  const [own, other] = [new Map(Object.entries(made)), new Map(Object.entries(kept))]
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((key) => differences(own.get(key), other.get(key), `${path}/${key}`))
}
