import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

function signalbox(...given: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['bin/signalbox.js', ...given], { maxBuffer: 2 ** 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, out, err })
    })
    child.stdin?.end()
  })
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test.each([
  [['run'], "missing required argument 'file'"],
  [['dance'], "unknown command 'dance'"],
  [['run', 'x.csv', '--auto', '--test', 'index:5:9'], 'the rest is below it'],
  [['run', 'x.csv', '--auto', '--task', 'guess'], 'Use one of binary, multiclass, regression'],
  [['serve', '--port', '70000'], 'Use a whole number from 0 to 65535'],
])('wrong usage ends with 2 and says what is right: %s', async (given, said) => {
  const { code, err } = await signalbox(...given)
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(said) })
})

test('a failure ends with 1 and one sentence, never a stack', async () => {
  const { code, out, err } = await signalbox('run', 'no-such-file.csv', '--auto')
  expect({ code, out, err }).toEqual({ code: 1, out: '', err: 'signalbox: There is no file no-such-file.csv.\n' })
})

test('a run with --auto --json ends with one JSON line, and nothing of it runs any more', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'table.csv')
  const rows = Array.from({ length: 200 }, (_, i) => `${(i * 37) % 101},${(i * 53) % 11},${(i * 37) % 101 > 50 ? 'yes' : 'no'}`)
  writeFileSync(file, ['a,b,label', ...rows].join('\n'))
  const { code, out } = await signalbox('run', file, '--target', 'label', '--auto', '--json', '--test', 'index:5:4', '--data-dir', join(folder, 'data'))
  expect(code).toBe(0)
  const line = JSON.parse(out.trim().split('\n').at(-1) ?? '')
  expect(line).toMatchObject({ status: 'completed', label: 'label', task: 'binary', metrics: { auc: expect.any(Number) }, model_hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(Object.keys(line)).toEqual(['run_id', 'status', 'label', 'task', 'metrics', 'seconds', 'phases', 'model_id', 'model_hash', 'deployment_id', 'report'])
  expect((await signalbox('verify', '--data-dir', join(folder, 'data'), '--json')).out).toMatch(/"faults":\[\]/)
  expect(statSync(join(folder, 'data/owner.key')).mode & 0o777).toBe(0o600)
})

test('keys are made, listed without their secret, and revoked', async () => {
  const dataDir = temporaryFolder()
  const made = await signalbox('keys', 'add', 'ada', '--data-dir', dataDir)
  expect(made.out).toMatch(/^sb_[\w-]{43}\n$/)
  expect((await signalbox('keys', 'add', 'ada', '--data-dir', dataDir)).code).toBe(1)
  const listed = await signalbox('keys', 'list', '--data-dir', dataDir)
  expect(listed.out).toContain('ada')
  expect(listed.out).not.toContain(made.out.trim())
  expect((await signalbox('keys', 'revoke', 'ada', '--data-dir', dataDir)).code).toBe(0)
  expect((await signalbox('keys', 'revoke', 'ada', '--data-dir', dataDir)).code).toBe(1)
  expect(() => readFileSync(join(dataDir, 'owner.key'))).toThrow('ENOENT')
})
