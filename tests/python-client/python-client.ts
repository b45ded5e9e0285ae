import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const folder = resolve('tests/python-client')

/** A Python that has the published client, installed once into node_modules/.cache. */
export async function pythonWithClient(): Promise<string> {
  const home = resolve('node_modules/.cache/signalbox-python-1.23.1')
  const python = join(home, 'bin/python')
  if (existsSync(python)) return python
  mkdirSync(resolve('node_modules/.cache'), { recursive: true })
  const draft = `${home}.${process.pid}`
  await execute('python3', ['-m', 'venv', draft])
  await execute(join(draft, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(folder, 'requirements.txt')], { maxBuffer: 2 ** 26 })
  if (existsSync(home)) rmSync(draft, { recursive: true })
  else renameSync(draft, home)
  return python
}

interface Driven {
  /** What the run came to. */
  readonly run: Record<string, unknown>
  /** One for each route: its statuses, and the methods of the client that asked for it. */
  readonly routes: readonly string[]
}

/** Drives a server with the client over a CSV. */
export async function drivePythonClient(at: { file: string; url: string; key: string; target: string }): Promise<Driven> {
  const asked = [join(folder, 'drive.py'), at.file, '--url', at.url, '--key', at.key, '--target', at.target]
  const { stdout } = await execute(await pythonWithClient(), ['-B', ...asked], { maxBuffer: 2 ** 26 })
  const lines = stdout.trim().split('\n')
  return { run: JSON.parse(lines.at(-1) ?? '{}'), routes: lines.filter((line) => /^(GET|POST|PUT|PATCH|DELETE) +\/v1\//.test(line)) }
}
