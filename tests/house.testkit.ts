import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownerKey } from '#cli/owner-key'
import { openHouse, type House } from '#main'
import { Signalbox } from '#sdk/client'
import type { PendingDecision } from '#wire/pending-decision'
import type { RunStateAnswer } from '#wire/run-state'

export interface TestHouse {
  readonly house: House
  readonly client: Signalbox
  readonly url: string
  readonly apiKey: string
  readonly dataDir: string
  upload(csv: string | Blob, fileName?: string): Promise<string>
  close(): Promise<void>
}

/** A whole house on a folder of its own, serving and working. */
export async function openTestHouse(workers = 2): Promise<TestHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-house-'))
  const house = await openHouse({ dataDir, fast: true, threads: 2, memoryMb: 1024, maxUploadMb: 64 })
  const apiKey = await ownerKey(house, dataDir)
  if (workers > 0) await house.work(workers)
  const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
  const client = new Signalbox({ baseUrl: url, apiKey })
  return {
    house,
    client,
    url,
    apiKey,
    dataDir,
    async upload(csv, fileName = 'table.csv') {
      const blob = typeof csv === 'string' ? new Blob([csv]) : csv
      return (await client.datasets.upload(blob, { name: 'table', fileName })).dataset_id
    },
    async close() {
      await house.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Waits for the next card; fails where the run ends or pauses instead. */
export async function nextCard(client: Signalbox, runId: string): Promise<PendingDecision> {
  const next = await client.agentic.waitForDecision(runId)
  if (next.kind !== 'decision') throw new Error(`the run is ${next.run.status}: ${JSON.stringify(next.run.error)}`)
  return next.decision
}

/** Waits until the run has ended; fails where it asks or pauses. */
export async function endOf(client: Signalbox, runId: string): Promise<RunStateAnswer> {
  const next = await client.agentic.waitForDecision(runId)
  if (next.kind !== 'ended') throw new Error(`the run is ${next.run.status}`)
  return next.run
}

/** What a card recommends, as an answer. */
export function recommendedAnswer({ decision_type, decision_id, revision, options, recommended_index }: PendingDecision) {
  const address = { decision_type, decision_id, revision }
  if (decision_type !== 'data_preparation' && decision_type !== 'feature_engineering') return { ...address, choice_index: recommended_index }
  return { ...address, apply_indices: options.filter((option) => option.recommended).map(({ index }) => index) }
}

/** The code of the error that a call is refused with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error('the call was not refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof Error && 'code' in error && 'suggestion' in error && error.message !== '' && error.suggestion !== '') return String(error.code)
  throw error
}
