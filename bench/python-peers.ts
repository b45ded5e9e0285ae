import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Figures } from './fit-figures.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const venv = here('.venv')
const requirements = here('peers/requirements.txt')
const python = here(process.platform === 'win32' ? '.venv/Scripts/python.exe' : '.venv/bin/python')
/** A copy of the requirements that the environment was made with. */
const installed = here('.venv/installed.txt')

export type PeerName = 'ebm' | 'lightgbm' | 'linear'

/** A Python process with the peers in it, which fits one job at a time. */
export interface PythonPeers {
  fit(job: { folder: string; peer: PeerName; threads: number; repeats: number }): Promise<Figures>
  close(): void
}

/** Makes the Python environment where it is not there yet, and starts the process. */
export async function startPeers(threads: number): Promise<PythonPeers> {
  install()
  const child = spawn(python, [here('peers/fit_peers.py'), String(threads)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = answersOf(child)
  await answers.next()
  return {
    async fit(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`)
      return JSON.parse(await answers.next()) as Figures
    },
    close: () => void child.stdin.end(),
  }
}

function install(): void {
  const wanted = readFileSync(requirements, 'utf8')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return
  process.stderr.write('installs the Python peers in bench/.venv …\n')
  run('python3', ['-m', 'venv', venv])
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements])
  writeFileSync(installed, wanted)
}

function run(command: string, given: readonly string[]): void {
  const { status, error } = spawnSync(command, given, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`"${command} ${given.join(' ')}" did not work${error === undefined ? '' : ` (${error.message})`}; the peers need Python 3.11 or newer with venv and pip.`)
}

/** The lines that a process prints, one at a time; fails when it ends. */
function answersOf(child: ChildProcess): { next(): Promise<string> } {
  if (child.stdout === null) throw new Error('the peers have no output')
  const lines: Interface = createInterface({ input: child.stdout })
  const iterator = lines[Symbol.asyncIterator]()
  return {
    async next() {
      const { value, done } = await iterator.next()
      if (done === true) throw new Error('the Python process of the peers has ended; its message stands above.')
      return value
    },
  }
}
