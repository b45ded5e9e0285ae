import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface, type Interface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Figures } from './fit-figures.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** The environments: the trainers and the scans need versions of pandas that exclude each other. */
const environments = {
  fit: { folder: '.venv', requirements: 'peers/requirements.txt', script: 'peers/fit_peers.py' },
  drift: { folder: '.venv/drift', requirements: 'peers/drift-requirements.txt', script: 'peers/drift_peer.py' },
  scans: { folder: '.venv/scans', requirements: 'peers/scan-requirements.txt', script: 'peers/scan_peer.py' },
  serving: { folder: '.venv/serving', requirements: 'peers/serve-requirements.txt', script: 'peers/serve_peer.py' },
} as const

export type PeerName = 'ebm' | 'lightgbm' | 'linear'

/** A Python process with the peers in it, which fits one job at a time. */
export interface PythonPeers {
  fit(job: { folder: string; peer: PeerName; threads: number; repeats: number }): Promise<Figures>
  close(): void
}

/** Makes the Python environment where it is not there yet, and starts the process. */
export async function startPeers(threads: number): Promise<PythonPeers> {
  const { ask, close } = await startPython('fit', [String(threads)])
  return { fit: async (job) => (await ask(job)) as Figures, close }
}

/** What the scans of the Python package found in a file, and in how many seconds. */
export interface Scanned {
  readonly seconds: number
  readonly issues: ReadonlyArray<{ readonly code: string; readonly columns: readonly string[] }>
}

/** Starts the process that runs the scans of the Python package. */
export async function startScans(): Promise<{ scan(job: { file: string; target: string }): Promise<Scanned>; close(): void }> {
  const { ask, close } = await startPython('scans', [])
  return { scan: async (job) => (await ask(job)) as Scanned, close }
}

/** An EBM that is timed in its own process, and served by FastAPI. */
export interface ServingPeer {
  fit(job: { readonly file: string; readonly target: string; readonly drop: readonly string[] }): Promise<void>
  /** Seconds of `predict_proba`. */
  measure(job: { readonly rows: readonly unknown[]; readonly batch: number }): Promise<{ readonly one: number; readonly batch: number }>
  /** The address that takes rows. */
  serve(): Promise<string>
  close(): void
}

export async function startServingPeer(): Promise<ServingPeer> {
  const { ask, close } = await startPython('serving', [])
  return {
    fit: async (job) => void (await ask({ fit: job })),
    measure: async (job) => (await ask(job)) as { one: number; batch: number },
    serve: async () => ((await ask({ serve: true })) as { url: string }).url,
    close,
  }
}

/** Two files to compare, and the names of their columns by kind. */
export interface DriftJob {
  readonly reference: string
  readonly batch: string
  readonly numbers: readonly string[]
  readonly levels: readonly string[]
}

/** Starts the process that compares two files as Evidently does. */
export async function startDriftPeer(): Promise<{ check(job: DriftJob): Promise<{ readonly seconds: number }>; close(): void }> {
  const { ask, close } = await startPython('drift', [])
  return { check: async (job) => (await ask(job)) as { seconds: number }, close }
}

async function startPython(name: keyof typeof environments, given: readonly string[]): Promise<{ ask(job: unknown): Promise<unknown>; close(): void }> {
  const child = spawn(install(name), [here(environments[name].script), ...given], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = answersOf(child)
  await answers.next()
  return {
    async ask(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`)
      return JSON.parse(await answers.next())
    },
    close: () => void child.stdin.end(),
  }
}

/** The Python of an environment, which is made where it is not there yet or was made with other requirements. */
function install(name: keyof typeof environments): string {
  const { folder, requirements } = environments[name]
  const [venv, installed] = [here(folder), here(`${folder}/installed.txt`)]
  const python = here(process.platform === 'win32' ? `${folder}/Scripts/python.exe` : `${folder}/bin/python`)
  const wanted = readFileSync(here(requirements), 'utf8')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python
  process.stderr.write(`installs the Python peers in bench/${folder} …\n`)
  run('python3', ['-m', 'venv', venv])
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', here(requirements)])
  writeFileSync(installed, wanted)
  return python
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
