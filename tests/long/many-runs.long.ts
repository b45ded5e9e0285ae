import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { crashTable } from './crash-table.ts'
import { endOf, openTestHouse } from '../house.testkit.ts'

test('fifty runs started at once on two workers, one in a process of its own, all complete with the same model', async () => {
  const house = await openTestHouse(1)
  onTestFinished(() => house.close())
  const worker = spawn(process.execPath, ['src/cli/signalbox.ts', 'worker', '--workers', '1', '--data-dir', house.dataDir], { stdio: ['ignore', 'inherit', 'pipe'] })
  onTestFinished(
    () =>
      new Promise((resolve) => {
        worker.once('exit', () => resolve())
        worker.kill('SIGTERM')
      }),
  )
  for await (const line of createInterface({ input: worker.stderr })) if (line.includes('worker moves')) break
  const dataset_id = await house.upload(crashTable())
  const started = await Promise.all(
    Array.from({ length: 50 }, (_, i) => house.client.agentic.startRun({ model_name: `run ${i}`, dataset_id, auto_mode: true, target: 'label', seed: i % 5 })),
  )
  const ended = await Promise.all(started.map(({ run_id }) => endOf(house.client, run_id)))
  expect(ended.map(({ status }) => status)).toEqual(Array(50).fill('completed'))
  const models = new Map(ended.map(({ settings, results }) => [settings?.seed, results.model_hash]))
  for (const { settings, results } of ended) expect(results.model_hash).toBe(models.get(settings?.seed))
  expect((await house.house.verify()).faults).toEqual([])
})
