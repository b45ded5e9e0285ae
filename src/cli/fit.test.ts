import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '#ml/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FitFlags } from './add-fit.ts'
import { failureOf, failureText } from './failure.ts'
import { fitFile } from './fit.ts'

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

const folder = mkdtempSync(join(tmpdir(), 'signalbox-fit-test-'))
const scratch = join(folder, 'scratch')

function runFit(...given: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, TMPDIR: scratch }
    execFile(process.execPath, ['bin/signalbox.js', 'fit', ...given], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err })
    })
  })
}

async function figuresOf(...given: string[]): Promise<Record<string, number>> {
  const { code, out, err } = await runFit(...given, '--json')
  expect({ code, err, lines: out.split('\n').length }).toEqual({ code: 0, err: '', lines: 2 })
  return JSON.parse(out)
}

const fileOf = (name: string) => join(folder, name)

/**
 * Rows whose label follows x, but that of every fifth labelled row from the third on is turned round; every seventh row
 * has no label. `kind` has three levels, `amount` is a number, and `stock` is one with a few other texts.
 */
function writeTables(): void {
  const random = seededRandom(7)
  const lines = ['x,stock,city,label,kind,amount']
  let labelled = 0
  for (let row = 0; row < 700; row++) {
    const x = random.next()
    const city = ['Bern', 'Oslo', 'NA'][random.below(3)]
    const stock = row % 200 === 0 ? '?' : Math.round(x * 90) + random.below(10)
    const turned = labelled % 5 === 2
    const label = row % 7 === 3 ? ' ' : x > 0.5 !== turned ? 'yes' : 'no'
    if (label !== ' ') labelled += 1
    const kind = x < 0.3 ? 'low' : x < 0.6 ? 'mid' : 'high'
    lines.push([x.toFixed(4), stock, city, label, kind, (10 * x + random.next()).toFixed(3)].join(','))
  }
  writeFileSync(fileOf('table.csv'), lines.join('\n'))
  writeFileSync(fileOf('table.tsv'), lines.join('\n').replaceAll(',', '\t'))
  writeFileSync(fileOf('empty.csv'), '')
  writeFileSync(fileOf('few.csv'), 'x,label\n1,yes\n2,no\n3,\n')
  writeFileSync(fileOf('single.csv'), `x,label\n${Array.from({ length: 40 }, (_, i) => `${i},yes`).join('\n')}`)
  writeFileSync(fileOf('rare.csv'), `x,label\n${Array.from({ length: 40 }, (_, i) => `${i},${i === 4 ? 'yes' : 'no'}`).join('\n')}`)
}

beforeAll(() => {
  mkdirSync(scratch)
  writeTables()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const times = { fit_s: expect.any(Number), fit_warm_s: expect.any(Number), predict_ns_row: expect.any(Number) }

test.each([
  { task: 'binary', target: 'label', rows: 600, metrics: ['auc', 'logloss'] },
  { task: 'multiclass', target: 'kind', rows: 700, metrics: ['accuracy', 'logloss'] },
  { task: 'regression', target: 'amount', rows: 700, metrics: ['r2', 'rmse'] },
])('prints one JSON line with the figures of a $task task', async ({ task, target, rows, metrics }) => {
  const figures = await figuresOf(fileOf('table.csv'), '--target', target, '--task', task, '--trainer', 'glassbox-main')
  expect(Object.keys(figures)).toEqual(['fit_s', 'fit_warm_s', 'predict_ns_row', 'rows', ...metrics])
  expect(figures).toMatchObject({ ...times, rows })
  expect(figures[metrics[0] ?? '']).toBeGreaterThan(0.6)
})

test('tests the rows of the fold among those that have a target, whatever the number of threads', async () => {
  const given = [fileOf('table.csv'), '--target', 'LABEL', '--task', 'binary', '--trainer', 'glassbox-main', '--drop', 'kind, amount']
  const turned = await figuresOf(...given, '--fold', '2')
  expect(turned.auc).toBeLessThan(0.05)
  const [one, four] = [await figuresOf(...given, '--threads', '1'), await figuresOf(...given, '--threads', '4')]
  expect(one.auc).toBeGreaterThan(0.9)
  expect({ ...four, ...times }).toEqual({ ...one, ...times })
})

test('reads other kinds of files alike, and leaves nothing behind', async () => {
  const given = ['--target', 'amount', '--task', 'regression', '--trainer', 'linear', '--drop', 'x', '--drop', 'kind']
  const [csv, tsv] = [await figuresOf(fileOf('table.csv'), ...given), await figuresOf(fileOf('table.tsv'), ...given)]
  expect({ ...tsv, ...times }).toEqual({ ...csv, ...times })
  // Only as numbers does `stock` say this much.
  expect(csv.r2).toBeGreaterThan(0.9)
  expect(readdirSync(scratch)).toEqual([])
})

test('without --json prints the figures as a table', async () => {
  const { code, out } = await runFit(fileOf('table.csv'), '--target', 'label', '--task', 'binary', '--trainer', 'linear')
  expect(code).toBe(0)
  expect(out).toMatch(/^figure +value\nfit_s +[\d.]+\nfit_warm_s +[\d.]+\npredict_ns_row +[\d.]+\nrows +600\nauc +0\.\d+\nlogloss +[\d.]+\n$/)
})

test.each<[string, Partial<FitFlags>, string]>([
  ['absent.csv', {}, 'There is no file'],
  ['empty.csv', {}, 'empty.csv has nothing in it'],
  ['table.csv', { target: 'lable' }, 'table.csv has no column "lable"; it has x, stock, city, label, kind, amount. Perhaps "label" is meant'],
  ['table.csv', { drop: ['x', 'price'] }, 'table.csv has no column "price"; it has x, stock'],
  ['table.csv', { drop: ['label'] }, '"label" is the target and cannot be left out'],
  ['table.csv', { drop: ['x', 'stock', 'city', 'kind', 'amount'] }, 'no column to learn from'],
  ['table.csv', { target: 'kind' }, '"kind" has 3 different values'],
  ['table.csv', { task: 'multiclass' }, '"label" has two different values only. Choose the task binary'],
  ['table.csv', { task: 'multiclass', target: 'amount' }, 'no more than 100 classes'],
  ['table.csv', { task: 'regression' }, '"label" holds values such as "no", "yes", so it cannot be predicted as a number'],
  ['table.csv', { fold: 5 }, 'there is no fold 5. The folds are 0 to 4'],
  ['single.csv', {}, '"label" holds one value only ("yes")'],
  ['rare.csv', {}, 'no training row of fold 4 has the class "yes"'],
  ['few.csv', {}, 'only 2 rows have a target'],
])('fails with one line that says why: %s %j', async (file, given, said) => {
  const flags: FitFlags = { target: 'label', task: 'binary', drop: [], trainer: 'glassbox-main', fold: 4, threads: 2, json: true, ...given }
  const text = await fitFile(fileOf(file), flags).then(() => 'done', (error: unknown) => failureText(failureOf(error)))
  expect(text).toContain(said)
  expect(text).not.toContain('\n')
})

test('a failure ends with 1, with nothing on standard output', async () => {
  const ended = await runFit(fileOf('single.csv'), '--target', 'label', '--task', 'binary', '--json')
  expect(ended).toEqual({ code: 1, out: '', err: expect.stringMatching(/^signalbox: "label" holds one value only[^\n]+\n$/) })
})

test.each([
  [['--task', 'binary'], "required option '--target <column>' not specified"],
  [['--target', 'label'], "required option '--task <task>' not specified"],
  [['--target', 'label', '--task', 'guess'], 'Use one of binary, multiclass, regression'],
  [['--target', 'label', '--task', 'binary', '--trainer', 'oracle'], 'Allowed choices are glassbox, glassbox-main, trees, linear'],
  [['--target', 'label', '--task', 'binary', '--fold', 'last'], 'Use a whole number'],
  [['--target', 'label', '--task', 'binary', '--drop', ' , '], 'Name at least one column'],
])('wrong usage ends with 2: %j', async (given, said) => {
  expect(await runFit(fileOf('table.csv'), ...given)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(said) })
})
