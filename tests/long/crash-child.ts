import { join } from 'node:path'
import { Signalbox } from '#sdk/client'
import { openAsBlob } from 'node:fs'
import { openHouse } from '#main'
import { ownerKey } from '#cli/owner-key'
import { phases } from '#phases/pipeline'
import type { Phase, Tools } from '#phases/phase'

/**
 * A server that starts a run on a table and, in the middle of one step of one phase, says `reached` and stands still until it
 * is killed. Arguments: data folder, CSV file, phase, `propose` or `apply`.
 */
const [dataDir = '', file = '', phaseName = '', step = ''] = process.argv.slice(2)

const forever = new Promise<never>(() => undefined)

/** Lets the first piece of real work be done, then stops for good. */
function stopping(tools: Tools): Tools {
  const afterOne = <A extends unknown[], R>(call: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      await call(...given)
      process.stdout.write('reached\n')
      return forever
    }
  }
  const { data, compute } = tools
  return {
    ...tools,
    data: { query: afterOne(data.query), columns: afterOne(data.columns), materialise: afterOne(data.materialise), profile: afterOne(data.profile) },
    compute: { ...compute, run: afterOne(compute.run), parallel: afterOne(compute.parallel) },
  }
}

/** A step that asks the tools for nothing stands still when it is done, before it is recorded. */
async function standStillAfter(work: Promise<unknown>): Promise<never> {
  await work
  process.stdout.write('reached\n')
  return forever
}

const watched = phases.map((phase): Phase => {
  if (phase.name !== phaseName) return phase
  return step === 'propose'
    ? { ...phase, propose: (facts, tools) => standStillAfter(phase.propose(facts, stopping(tools))) }
    : { ...phase, apply: (facts, decision, tools) => standStillAfter(phase.apply(facts, decision, stopping(tools))) }
})

const house = await openHouse({ dataDir, phases: watched, threads: 2, memoryMb: 1024 })
const apiKey = await ownerKey(house, dataDir)
await house.work(2)
const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
const client = new Signalbox({ baseUrl: url, apiKey })
const { dataset_id } = await client.datasets.upload(await openAsBlob(join(file)), { name: 'crash', fileName: 'crash.csv' })
const { run_id } = await client.agentic.startRun({ model_name: 'crash', dataset_id, auto_mode: true, target: 'label', test: { index: [5, 4] } })
process.stdout.write(`run ${run_id}\n`)
