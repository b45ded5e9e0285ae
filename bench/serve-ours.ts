import { spawn, type ChildProcess } from 'node:child_process'
import { openAsBlob, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { orThrow } from '#core/errors'
import { openRawScorer } from '#scoring/raw-scorer'
import { readScorer } from '#scoring/scorer'
import { Signalbox } from '#sdk/client'
import type { BenchTable } from './fit-tables.ts'
import type { Target } from './serve-load.ts'

export type RawRow = Record<string, string | number | boolean | null>

/** One server process with a model of the table in use. */
export interface OwnServer {
  readonly target: (rows: readonly RawRow[]) => Target
  readonly rows: readonly RawRow[]
  /** Microseconds to score a raw row in this process, without contributions. */
  scoreInProcess(): number
  close(): Promise<void>
}

/** Starts `signalbox serve`, trains on the table with every recommended decision, and deploys. */
export async function startOurs(table: BenchTable, file: string, dataDir: string): Promise<OwnServer> {
  const command = fileURLToPath(new URL('../src/cli/signalbox.ts', import.meta.url))
  const child = spawn(process.execPath, [command, 'serve', '--port', '0', '--workers', '1', '--data-dir', dataDir, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { url, api_key: apiKey } = JSON.parse(await firstLine(child))
  const client = new Signalbox({ baseUrl: url, apiKey })
  const { dataset_id } = await client.datasets.upload(await openAsBlob(file), { name: table.name, fileName: table.file })
  const { run_id } = await client.agentic.startRun({ model_name: table.name, dataset_id, target: table.target, auto_mode: true, auto_deploy: true })
  const ended = await client.agentic.waitForDecision(run_id)
  if (ended.kind !== 'ended' || ended.run.results.deployment_id === null) throw new Error('the run did not end with a deployment')
  const { deployment_id, model_hash } = ended.run.results
  const { deploy_key } = await client.deployments.createDeployKey({ deployment_id })
  const rows = await client.datasets.preview(dataset_id, { rows: 1_000, offset: 0, sample: true })
  const raw = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== table.target)) as RawRow)
  const hash = model_hash ?? ''
  return {
    rows: raw,
    target: (some) => ({ url: `${url}/v1/predict`, headers: { api_key: deploy_key }, body: JSON.stringify(some) }),
    scoreInProcess: () => timeScoring(readFileSync(join(dataDir, 'blobs', hash.slice(0, 2), hash.slice(2, 4), hash), 'utf8'), raw),
    close: () => endOf(child),
  }
}

/** The fastest of many short stretches: what the code needs where nothing else takes the processor. */
function timeScoring(document: string, rows: readonly RawRow[]): number {
  const scorer = orThrow(openRawScorer(orThrow(readScorer(JSON.parse(document))).document))
  const parsed: RawRow[] = JSON.parse(JSON.stringify(rows))
  for (let i = 0; i < 100; i++) for (const row of parsed) scorer.score(row)
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 300; i++) {
    const began = performance.now()
    for (const row of parsed) if (scorer.score(row) !== null) throw new Error('a row of the training file cannot be read')
    best = Math.min(best, performance.now() - began)
  }
  return (best * 1_000) / parsed.length
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the server has no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('the server ended before it was ready')
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await gone
}
