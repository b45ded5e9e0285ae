import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ownerKey } from '#cli/owner-key'
import { openHouse } from '#main'
import { drivePythonClient } from '../python-client/python-client.ts'
import { crashTable } from './crash-table.ts'

test('the published Python client takes a CSV from upload to monitor over every route of the protocol', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-python-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const house = await openHouse({ dataDir, allowPrivateWebhooks: true })
  onTestFinished(() => house.close())
  const key = await ownerKey(house, dataDir)
  await house.work(2)
  const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
  const file = join(dataDir, 'table.csv')
  writeFileSync(file, crashTable())
  const driven = await drivePythonClient({ file, url, key, target: 'label' })
  console.log(driven.routes.join('\n'))
  expect(driven.run).toMatchObject({ status: 'completed', label: 'label', rows: 600 })
  expect(driven.routes.length).toBeGreaterThanOrEqual(88)
})
