import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Table } from '#core/dataset'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { foldText } from './fold-text.ts'
import { differences, readLargeRecording, readRecording, type RecordedCase, recordedColumns, recordedRows, type Recording, runSteps, storeRows } from './recorded-steps.testkit.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const recordings: ReadonlyArray<[string, Recording]> = [
  ['steps.json', readRecording('steps.json')],
  ['steps-fitted.json', readRecording('steps-fitted.json')],
  ['steps-fitted.json, 5000 rows', readLargeRecording('steps-fitted.json')],
]

describe.each(recordings)('%s', (_file, recorded) => {
  const columns = recordedColumns(recorded)
  const rows = recordedRows(recorded)
  let table: Table
  beforeAll(async () => {
    table = await storeRows(bench, columns, rows)
  })

  describe(`the steps give what xplainable-preprocessing ${recorded.version} gives`, () => {
    test.each(recorded.cases.map((one): [string, RecordedCase] => [`${one.step.type} ${JSON.stringify(one.step.params)} ${one.step.columns ?? ''}`, one]))('%s', async (_, one) => {
      const ran = await runSteps(bench, [one.step], { table, columns, rows })
      expect(ran.columns).toEqual(one.columns)
      expect({ sql: differences(ran.sql, one), row: differences(ran.row, one) }).toEqual({ sql: [], row: [] })
    })
  })

  test('every case was recorded with rows', () => {
    expect(recorded.cases.filter((one) => one.rows.length < 50)).toEqual([])
  })
})

test('folding knows letters that become two, and keeps the dotless i apart', () => {
  expect(foldText('STRAẞE ﬁ K ſ ΣΑΣ ı')).toBe('strasse fi k s σασ ı')
})
