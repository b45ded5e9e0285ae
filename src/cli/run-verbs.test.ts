import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, nextCard, openTestHouse, type TestHouse } from '../../tests/house.testkit.ts'
import { crashTable } from '../../tests/long/crash-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'signalbox-verbs-'))
let house: TestHouse
let completed: string
beforeAll(async () => {
  house = await openTestHouse()
  const { run_id } = await house.client.agentic.startRun({ model_name: 'done', auto_mode: true, dataset_id: await house.upload(crashTable()), target: 'label' })
  await endOf(house.client, run_id)
  completed = run_id
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

function signalbox(...given: string[]): Promise<Ended> {
  const env = { ...process.env, SIGNALBOX_URL: house.url, SIGNALBOX_KEY: house.apiKey }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['bin/signalbox.js', ...given], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err })
    })
    child.stdin?.end()
  })
}

test('runs are listed and shown, for people and for scripts', async () => {
  const [list, shown, phases, dag, lineage] = await Promise.all([signalbox('runs', 'list'), signalbox('runs', 'show', completed, '--json'), signalbox('runs', 'phases', completed), signalbox('runs', 'dag', completed), signalbox('runs', 'lineage', completed)])
  expect(list.out).toMatch(new RegExp(`^run .*\n${completed}  completed`))
  expect(JSON.parse(shown.out)).toMatchObject({ run_id: completed, status: 'completed', label: 'label' })
  expect(phases.out).toMatch(/model_training +completed/)
  expect(dag.out).toContain('raw_table')
  expect(lineage.out).toContain('term:amount')
})

test('a decision is listed, shown and answered by the number on its card; a wrong one is refused in one sentence', async () => {
  const { run_id } = await house.client.agentic.retrain(completed, { require_approval: ['model_training'] })
  await nextCard(house.client, run_id)
  const [list, card] = await Promise.all([signalbox('decisions', 'list'), signalbox('decisions', 'show', run_id)])
  expect(list.out).toContain(`${run_id}  model_training`)
  expect(card.out).toContain(`signalbox decisions answer ${run_id} --choice 1`)
  const [empty, beyond] = await Promise.all([signalbox('decisions', 'answer', run_id), signalbox('decisions', 'answer', run_id, '--choice', '99')])
  expect(empty).toMatchObject({ code: 2 })
  expect(beyond).toMatchObject({ code: 1, err: expect.stringMatching(/^signalbox: .*the options are 0 to \d/) })
  expect(await signalbox('decisions', 'answer', run_id, '--choice', '1', '--rationale', 'by hand')).toMatchObject({ code: 0, out: 'Answered. The run is completed.\n' })
  expect(await endOf(house.client, run_id)).toMatchObject({ status: 'completed' })
  expect(await signalbox('runs', 'delete', run_id)).toMatchObject({ code: 0, out: 'The run is deleted.\n' })
})

test('a retrain on a new file says how the models compare', async () => {
  const file = join(folder, 'more.csv')
  writeFileSync(file, `${crashTable()}\n${crashTable().split('\n').slice(1, 150).map((row) => row.replace(/,\d+,/, ',77,')).join('\n')}\n`)
  const { code, out } = await signalbox('retrain', completed, '--dataset', file, '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ status: 'completed', parent_run_id: completed, comparison: { rows: 120, text: expect.stringContaining('on the 120 rows that the parent run sealed') } })
  expect(await signalbox('retrain', completed, '--parameters', '{bags')).toMatchObject({ code: 2 })
})
