import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownerKey } from '#cli/owner-key'
import { openHouse, type House } from '#main'
import { offeredPhases } from '#phases/pipeline'
import { Signalbox } from '#sdk/client'
import type { RunStateAnswer } from '#wire/run-state'
import { crashTable } from './crash-table.ts'
import { killAll, processesOf } from './processes.ts'

const home = mkdtempSync(join(tmpdir(), 'signalbox-crash-'))
const file = join(home, 'table.csv')
/** What a run that nobody disturbed comes to: its model, and how many chains and events are in the log. */
let expected: { hash: string | null; check: Awaited<ReturnType<House['verify']>> }

beforeAll(async () => {
  writeFileSync(file, crashTable())
  const { untouched, check } = await withServer(join(home, 'untouched'), async (client, house) => {
    const { dataset_id } = await client.datasets.upload(new Blob([crashTable()]), { name: 'crash', fileName: 'crash.csv' })
    const { run_id } = await client.agentic.startRun({ model_name: 'crash', dataset_id, auto_mode: true, target: 'label', test: { index: [5, 4] } })
    return { untouched: await endOf(client, run_id), check: await house.verify() }
  })
  expect(untouched.status).toBe('completed')
  expect(check.faults).toEqual([])
  expected = { hash: untouched.results.model_hash, check }
})

afterAll(async () => {
  await killAll(home)
  rmSync(home, { recursive: true, force: true })
})

const steps = offeredPhases.flatMap((phase) => [[phase, 'propose'] as const, [phase, 'apply'] as const])

test.each(steps)('a run whose everything is killed in %s, %s, ends the same after a new start', async (phase, step) => {
  const dataDir = join(home, `${phase}-${step}`)
  const runId = await runUntil(dataDir, phase, step)
  await killAll(dataDir)
  const began = performance.now()
  const { state, seconds, check } = await withServer(dataDir, async (client, house) => {
    const started = await movedOn(client, runId)
    const ended = await endOf(client, runId)
    return { state: ended, seconds: (started - began) / 1000, check: await house.verify() }
  })
  console.log(`${phase}, ${step}: goes on ${seconds.toFixed(2)} s after the new start began`)
  expect(state).toMatchObject({ status: 'completed', results: { model_hash: expected.hash } })
  // As many chains and events as undisturbed: nothing decided, deployed, reported or monitored twice.
  expect(check).toEqual(expected.check)
  expect(processesOf(dataDir)).toEqual([])
})

test('a process that is killed alone leaves nothing running, and its run goes on in another one that shares the folder', async () => {
  const dataDir = join(home, 'alone')
  const child = await startChild(dataDir, 'model_training', 'propose')
  const state = await withServer(dataDir, async (client) => {
    child.kill('SIGKILL')
    return endOf(client, child.runId)
  })
  expect(state).toMatchObject({ status: 'completed', results: { model_hash: expected.hash } })
  expect(processesOf(dataDir)).toEqual([])
})

interface Child {
  readonly runId: string
  kill(signal: NodeJS.Signals): void
}

/** Starts the stopping server and returns when it stands still in the step. */
async function startChild(dataDir: string, phase: string, step: string): Promise<Child> {
  const child = spawn(process.execPath, ['tests/long/crash-child.ts', dataDir, file, phase, step], { stdio: ['ignore', 'pipe', 'inherit'] })
  let runId = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('run ')) runId = line.slice(4)
    if (line === 'reached') return { runId, kill: (signal) => void child.kill(signal) }
  }
  throw new Error(`the child ended before it reached ${step} of ${phase}`)
}

async function runUntil(dataDir: string, phase: string, step: string): Promise<string> {
  return (await startChild(dataDir, phase, step)).runId
}

async function withServer<T>(dataDir: string, work: (client: Signalbox, house: Awaited<ReturnType<typeof openHouse>>) => Promise<T>): Promise<T> {
  const house = await openHouse({ dataDir, threads: 2, memoryMb: 1024 })
  try {
    const apiKey = await ownerKey(house, dataDir)
    await house.work(2)
    const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
    return await work(new Signalbox({ baseUrl: url, apiKey }), house)
  } finally {
    await house.close()
  }
}

/** When the run's progress first moved under the new server. */
async function movedOn(client: Signalbox, runId: string): Promise<number> {
  const before = await client.agentic.getRunState(runId)
  for (;;) {
    const now = await client.agentic.getRunState(runId)
    if (now.progress !== before.progress || now.message !== before.message || now.status !== before.status) return performance.now()
  }
}

async function endOf(client: Signalbox, runId: string): Promise<RunStateAnswer> {
  const result = await client.agentic.waitForDecision(runId)
  if (result.kind !== 'ended') throw new Error(`the run is ${result.run.status}`)
  return result.run
}
