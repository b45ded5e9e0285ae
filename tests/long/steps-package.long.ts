import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const execute = promisify(execFile)
const folder = resolve('tests/golden')

/** Whether the package can be installed with a Python. */
function isEnough(name: string): boolean {
  try {
    execFileSync(name, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A Python with the package in the versions that were recorded, installed once into node_modules/.cache. */
async function pythonWithPackage(name: string): Promise<string> {
  const home = resolve('node_modules/.cache/signalbox-steps-0.4.1')
  const python = join(home, 'bin/python')
  if (existsSync(python)) return python
  mkdirSync(resolve('node_modules/.cache'), { recursive: true })
  const draft = `${home}.${process.pid}`
  await execute(name, ['-m', 'venv', draft])
  await execute(join(draft, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(folder, 'requirements.txt')], { maxBuffer: 2 ** 26 })
  if (existsSync(home)) rmSync(draft, { recursive: true })
  else renameSync(draft, home)
  return python
}

/** Places where two recordings differ; numbers may do so as far as processors round sums differently. */
function differences(made: unknown, kept: unknown, path = ''): string[] {
  if (typeof made === 'number' && typeof kept === 'number') {
    return Math.abs(made - kept) <= 1e-8 * Math.max(1, Math.abs(made), Math.abs(kept)) ? [] : [`${path}: ${made}, recorded ${kept}`]
  }
  if (typeof made !== 'object' || typeof kept !== 'object' || made === null || kept === null) {
    return made === kept ? [] : [`${path}: ${JSON.stringify(made)}, recorded ${JSON.stringify(kept)}`]
  }
  const [own, other] = [new Map(Object.entries(made)), new Map(Object.entries(kept))]
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((key) => differences(own.get(key), other.get(key), `${path}/${key}`))
}

const python = ['python3', 'python3.13', 'python3.12', 'python3.11'].find(isEnough)

test.skipIf(python === undefined).each([
  ['record-steps.py', 'steps.json'],
  ['record-fitted.py', 'steps-fitted.json'],
  ['record-steps-ordered.py', 'steps-ordered.json'],
])('%s records with the package what %s holds', async (script, file) => {
  const { stdout } = await execute(await pythonWithPackage(python ?? ''), [join(folder, script)], { maxBuffer: 2 ** 28 })
  expect(differences(JSON.parse(stdout), JSON.parse(readFileSync(join(folder, file), 'utf8'))).slice(0, 20)).toEqual([])
})
