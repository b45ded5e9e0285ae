import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { differences, execute, golden, python, pythonWithPackages } from './recorded-packages.ts'

const steps = { home: 'signalbox-steps-0.4.1', requirements: 'requirements.txt' }

test.skipIf(python === undefined).each([
  ['record-steps.py', 'steps.json'],
  ['record-fitted.py', 'steps-fitted.json'],
  ['record-steps-ordered.py', 'steps-ordered.json'],
  ['record-catalogue.py', 'catalogue.json'],
])('%s records with the package what %s holds', async (script, file) => {
  const { stdout } = await execute(await pythonWithPackages(python ?? '', steps), [join(golden, script)], { maxBuffer: 2 ** 28 })
  expect(differences(JSON.parse(stdout), JSON.parse(readFileSync(join(golden, file), 'utf8'))).slice(0, 20)).toEqual([])
})
