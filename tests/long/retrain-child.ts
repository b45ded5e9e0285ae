import { ownerKey } from '#cli/owner-key'
import { openHouse } from '#main'
import type { Phase } from '#phases/phase'
import { phases } from '#phases/pipeline'
import { Signalbox } from '#sdk/client'
import { crashTable } from './crash-table.ts'

/**
 * A server that completes a run, retrains it with another setting and, when both models are to be compared, says `reached` and
 * stands still until it is killed. Argument: the data folder.
 */
const [dataDir = ''] = process.argv.slice(2)

const forever = new Promise<never>(() => undefined)

const stopping = phases.map((phase): Phase => ({
  ...phase,
  ...(phase.compare === undefined
    ? {}
    : {
        compare: () => {
          process.stdout.write('reached\n')
          return forever
        },
      }),
}))

const house = await openHouse({ dataDir, phases: stopping, threads: 2, memoryMb: 1024 })
const apiKey = await ownerKey(house, dataDir)
await house.work(2)
const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
const { agentic, datasets } = new Signalbox({ baseUrl: url, apiKey })
const { dataset_id } = await datasets.upload(new Blob([crashTable()]), { name: 'crash', fileName: 'crash.csv' })
const parent = await agentic.startRun({ model_name: 'crash', dataset_id, auto_mode: true, target: 'label' })
await agentic.waitForDecision(parent.run_id)
const { run_id } = await agentic.retrain(parent.run_id, { parameters: { trainer: 'glassbox-main', bags: 2 } })
process.stdout.write(`run ${run_id}\n`)
