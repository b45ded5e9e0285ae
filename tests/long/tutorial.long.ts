import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const execute = promisify(execFile)

/** The commands of a page, in their order. */
function commandsOf(page: string): string {
  return [...readFileSync(page, 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((block) => block[1]).join('\n')
}

test('every command of the tutorial works as it stands, in an empty folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-tutorial-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const start = `signalbox() { "${process.execPath}" "${resolve('bin/signalbox.js')}" "$@"; }\nnode() { "${process.execPath}" "$@"; }\nset -euo pipefail\n`
  writeFileSync(join(folder, 'tutorial.sh'), `${start}${commandsOf('docs/tutorial.md')}`)
  const { stdout } = await execute('bash', ['tutorial.sh'], { cwd: folder, maxBuffer: 2 ** 26, env: { ...process.env, SIGNALBOX_HOME: '' } })
  const [auto, again] = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
  expect(auto).toMatchObject({ status: 'completed', label: 'churn' })
  expect(again).toBeDefined()
  expect(stdout).toMatch(/events in \d+ chains hold/)
  expect(readFileSync(join(folder, 'churn.html'), 'utf8')).toContain('<!doctype html>')
})
