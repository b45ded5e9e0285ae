import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownerKey } from '#cli/owner-key'
import { openHouse, type House } from '#main'
import { readDeployFacts } from '#phases/5-deploy/deploy-facts'
import { deployPhase } from '#phases/5-deploy/phase'
import { scoreSealedRows } from '#phases/5-deploy/sealed-rows'
import type { Phase } from '#phases/phase'
import { offeredPhases, phases } from '#phases/pipeline'
import { Signalbox } from '#sdk/client'
import type { RunStateAnswer } from '#wire/run-state'
import { endOf } from './house.testkit.ts'

/** The pipeline up to deployment, which tells what training measured of the sealed rows before it proposes. */
function watchedPhases(seen: (probabilities: Float64Array) => void): readonly Phase[] {
  const watching: typeof deployPhase = {
    ...deployPhase,
    async propose(facts, tools) {
      const { prediction } = await scoreSealedRows(await readDeployFacts(facts, tools), tools)
      if (prediction.task === 'binary') seen(prediction.probability)
      return deployPhase.propose(facts, tools)
    },
  }
  const before = offeredPhases.includes('model_deployment') ? phases.slice(0, offeredPhases.indexOf('model_deployment')) : phases
  return [...before, watching as unknown as Phase]
}

export interface DeployHouse {
  readonly house: House
  readonly client: Signalbox
  readonly url: string
  readonly apiKey: string
  readonly dataDir: string
  readonly teamId: string
  /** Takes a table to a model without a question, and deploys it. */
  deployed(csv: string, target: string, active?: boolean): Promise<RunStateAnswer>
  /** What the batch path of training says of the sealed rows of the first run. */
  sealedProbabilities(): Float64Array
  /** A second process on the same folder, as far as memory goes. */
  another(): Promise<{ house: House; url: string }>
  close(): Promise<void>
}

export async function openDeployHouse(): Promise<DeployHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-deploy-'))
  const batches: Float64Array[] = []
  const upToDeployment = watchedPhases((probabilities) => void batches.push(probabilities))
  const options = { dataDir, fast: true, threads: 2, memoryMb: 1024, maxUploadMb: 64, phases: upToDeployment }
  const house = await openHouse(options)
  const apiKey = await ownerKey(house, dataDir)
  await house.work(2)
  const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
  const client = new Signalbox({ baseUrl: url, apiKey })
  const others: House[] = []
  return {
    house,
    client,
    url,
    apiKey,
    dataDir,
    teamId: (await client.connect()).team_id,
    async deployed(csv, target, active = true) {
      const { dataset_id } = await client.datasets.upload(new Blob([csv]), { name: 'table', fileName: 'table.csv' })
      const asked = { model_name: 'deployed', auto_mode: true, auto_deploy: active, dataset_id, target, test: { index: [5, 4] as [number, number] } }
      const { run_id } = await client.agentic.startRun(asked)
      return endOf(client, run_id)
    },
    sealedProbabilities: () => batches[0] ?? new Float64Array(),
    async another() {
      const other = await openHouse(options)
      others.push(other)
      return { house: other, url: (await other.serve({ port: 0, host: '127.0.0.1' })).url }
    },
    async close() {
      for (const other of others) await other.close()
      await house.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
