import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { fittedCases } from '#steps/fitted-cases.testkit'
import { keptCases, orderedColumns } from '#steps/ordered-cases.testkit'
import { near } from '#steps/recorded-steps.testkit'
import { caseColumns, stepCases } from '#steps/step-cases.testkit'
import { type DataTools, startDataTools } from '../../tests/data-tools.ts'
import { checkRows } from './check-rows.ts'
import { pythonFile } from './export-python.ts'
import { caseRows, fittedState, orderedRows, preparedByApi, preparingScorer, randomScorer, titleOf, trainedCases, trainedScorer } from './exports.testkit.ts'
import type { RawRow } from './row-reader.ts'
import { openScorer } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'

const python = spawnSync('python3', ['-c', 'import sys; sys.exit(0 if sys.version_info >= (3, 9) else 1)']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'signalbox-python-'))
let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

function write(document: ScorerDocument, checks: Parameters<typeof pythonFile>[1] = []): string {
  const file = join(folder, 'model.py')
  writeFileSync(file, orThrow(pythonFile({ document }, checks)))
  return file
}

function run(arguments_: readonly string[]): unknown {
  return JSON.parse(execFileSync('python3', arguments_, { encoding: 'utf8', maxBuffer: 1 << 28 }))
}

/** The first cells that the file prepares otherwise than the API. */
function apartOf(document: ScorerDocument, rows: readonly RawRow[]): unknown[] {
  const file = write(document)
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows))
  const prepared = run(['-c', `import importlib.util as u, json, sys
s = u.spec_from_file_location('model', sys.argv[1]); m = u.module_from_spec(s); s.loader.exec_module(m)
print(json.dumps([m.prepare(row) for row in json.load(open(sys.argv[2]))]))`, file, join(folder, 'rows.json')]) as Record<string, Cell>[]
  const byApi = preparedByApi(document)
  const apart = rows.flatMap((row, i) => Object.entries(byApi(row)).flatMap(([column, cell]) => (near(prepared[i]?.[column] ?? null, cell, 1e-11) ? [] : [{ column, row, ours: prepared[i]?.[column], theirs: cell }])))
  return apart.slice(0, 3)
}

describe.skipIf(!python)('a Python file', () => {
  test.each([...stepCases, ...fittedCases].map((spec): [string, StepSpec] => [titleOf(spec), spec]))('prepares as the API: %s', async (_, step) => {
    const spec = { version: '2.0' as const, steps: [step] }
    const state = fittedCases.includes(step) ? await fittedState(bench, spec, { columns: caseColumns, rows: caseRows(1, 60) }) : {}
    expect(apartOf(preparingScorer(spec, caseColumns, state), caseRows(2, 400))).toEqual([])
  })

  test.each(keptCases.map((spec): [string, StepSpec] => [titleOf(spec), spec]))('prepares as the API: %s', async (_, step) => {
    const spec = { version: '2.0' as const, steps: [step] }
    const state = await fittedState(bench, spec, { columns: orderedColumns, rows: orderedRows(3, 120) })
    expect(apartOf(preparingScorer(spec, orderedColumns, state), orderedRows(4, 300))).toEqual([])
  })

  test('scores random models as the API', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const { document, rows } = randomScorer(seed, 60)
      const found = run([write(document, checkRows(orThrow(openScorer(document)), rows)), '--verify'])
      expect(found, `seed ${seed}`).toMatchObject({ rows: 60, different_predictions: 0 })
    }
  })

  test.each(trainedCases)('scores a fitted model as the API: $trainer, $task', async ({ trainer, task }) => {
    const { document, rows } = await trainedScorer(trainer, task)
    const found = run([write(document, checkRows(orThrow(openScorer(document)), rows)), '--verify']) as { largest_difference: number }
    expect(found).toMatchObject({ rows: rows.length, different_predictions: 0 })
    expect(found.largest_difference).toBeLessThan(1e-12)
  })

  test('scores the rows of a CSV file', async () => {
    const { document } = await trainedScorer('glassbox-main', 'binary')
    const csv = join(folder, 'rows.csv')
    writeFileSync(csv, '"Dose (mg); ""a""",day,site,note\n3 mg,2022-02-01,east,"a,b"\n,,,\n')
    const [head, first, second] = execFileSync('python3', [write(document), csv], { encoding: 'utf8' }).trim().split('\r\n')
    expect(head).toBe('"Dose (mg); ""a""",day,site,note,signalbox_score,signalbox_proba,signalbox_pred')
    expect(first).toMatch(/^3 mg,2022-02-01,east,"a,b",-?[\d.]+,0\.\d+,(yes|no)$/u)
    expect(second).toMatch(/^,,,,-?[\d.]+,0\.\d+,(yes|no)$/u)
  })
})
