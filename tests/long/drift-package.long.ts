import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { differences, execute, golden, python, pythonWithPackages } from './recorded-packages.ts'

const evidently = { home: 'signalbox-evidently-0.7.21', requirements: 'drift-requirements.txt' }

test.skipIf(python === undefined)('record-drift.py records with the package what drift.json holds', async () => {
  const { stdout } = await execute(await pythonWithPackages(python ?? '', evidently), [join(golden, 'record-drift.py')], { maxBuffer: 2 ** 26 })
  const [made, kept] = [JSON.parse(stdout) as object, JSON.parse(readFileSync(join(golden, 'drift.json'), 'utf8')) as object]
  // The Python itself may be another one.
  expect(differences({ ...made, versions: null }, { ...kept, versions: null }).slice(0, 20)).toEqual([])
}, 900_000)
