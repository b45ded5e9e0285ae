import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'
import { ownerKey } from '#cli/owner-key'
import { openHouse } from '#main'
import { Signalbox } from '#sdk/client'
import { endOf } from '../house.testkit.ts'
import { killAll, processesOf } from './processes.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-retrain-crash-'))
afterAll(async () => {
  await killAll(dataDir)
  rmSync(dataDir, { recursive: true, force: true })
})

/** Starts the stopping server and returns the retrain's id when it stands still. */
async function runUntilReached(): Promise<string> {
  const child = spawn(process.execPath, ['tests/long/retrain-child.ts', dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = new Set<string>()
  for await (const line of createInterface({ input: child.stdout })) {
    said.add(line)
    const run = [...said].find((text) => text.startsWith('run '))
    if (run !== undefined && said.has('reached')) return run.slice(4)
  }
  throw new Error('the child ended before it compared')
}

test('a retrain whose everything is killed while the models are compared ends after a new start, with one version and its comparison', async () => {
  const runId = await runUntilReached()
  await killAll(dataDir)
  const house = await openHouse({ dataDir, threads: 2, memoryMb: 1024 })
  try {
    const apiKey = await ownerKey(house, dataDir)
    await house.work(2)
    const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
    const client = new Signalbox({ baseUrl: url, apiKey })
    const ended = await endOf(client, runId)
    const parent = await client.agentic.getRunState(ended.parent_run_id ?? '')
    expect(ended.results).toMatchObject({ model_id: parent.results.model_id, comparison: { same_model: false, rows: 120, looks: 2 } })
    expect(ended.results.version_id).not.toBe(parent.results.version_id)
    const again = await client.agentic.retrain(parent.run_id, { parameters: { trainer: 'glassbox-main', bags: 2 } })
    expect((await endOf(client, again.run_id)).results.model_hash).toBe(ended.results.model_hash)
    const { org_id } = await client.connect()
    const limits = await (await fetch(`${url}/v1/organisations/limits/${org_id}`, { headers: { api_key: apiKey } })).json()
    expect(limits).toMatchObject({ models: { count: 1 } })
    expect((await house.verify()).faults).toEqual([])
  } finally {
    await house.close()
  }
  expect(processesOf(dataDir)).toEqual([])
})
