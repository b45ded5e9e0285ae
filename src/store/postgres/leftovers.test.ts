import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { acquirePostgres } from './acquire-postgres.ts'
import { openPostgres } from './open-postgres.ts'
import { linkLibraries, loadPostgresBinaries } from './postgres-binaries.ts'
import { publicBinaries } from './public-binaries.ts'
import type { ServerUser } from './server-user.ts'
import { ensureSocketDirectory } from './socket-directory.ts'
import { clearForeignLock } from './stale-lock.ts'
import { preparedFolder, serverPid, temporaryFolder, until } from './start-holder.testkit.ts'

describe.skipIf(process.platform !== 'linux')('what killed processes leave (reads /proc)', () => {
  test('a lock of a process that ended but was never collected is foreign, one of this cluster is not', async () => {
    const folder = temporaryFolder()
    const lock = join(folder, 'lock')
    // The shell becomes a sleep that never asks for the exit code of the child it had.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    onTestFinished(() => void parent.kill())
    const ended = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (data: Buffer) => resolve(String(data).trim())),
    )
    await until('it is a zombie', () => /\) Z /.test(readFileSync(`/proc/${ended}/stat`, 'utf8')))
    writeFileSync(lock, `${ended}\n`)
    clearForeignLock(lock, folder)
    expect(existsSync(lock)).toBe(false)
  })

  test('a Postgres that does not end stands in the way with a clear sentence', async () => {
    const folder = await preparedFolder()
    const postgres = await openPostgres({ dataDir: folder, fast: true })
    onTestFinished(() => postgres.close())
    const pid = serverPid(folder)
    process.kill(pid, 'SIGSTOP')
    onTestFinished(() => void process.kill(pid, 'SIGCONT'))
    const input = {
      folder,
      cluster: join(folder, 'postgres'),
      binaries: await loadPostgresBinaries(),
      fast: true,
      log: () => undefined,
    }
    const attempt = acquirePostgres({ ...input, signal: new AbortController().signal, patienceMilliseconds: 200 })
    await expect(attempt).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
      message: expect.stringContaining(`An earlier Postgres (process ${pid}) still holds`),
    })
    process.kill(pid, 'SIGCONT')
  })
})

describe.skipIf(process.platform === 'win32')('the directory of the socket', () => {
  const me: ServerUser = {
    binaries: { initdb: '', postgres: '', pgControl: '' },
    prefix: [],
    spawn: {},
    uid: process.getuid?.(),
  }

  function place() {
    const folder = temporaryFolder()
    const ensure = () => ensureSocketDirectory({ folder, cluster: join(folder, 'postgres'), user: me })
    const directory = ensure()
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
    return { folder, ensure, directory }
  }

  test('is private, stays the same, and is made again where it is gone', () => {
    const { folder, ensure, directory } = place()
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(readlinkSync(join(folder, 'postgres-socket'))).toBe(directory)
    chmodSync(directory, 0o777)
    expect(ensure()).toBe(directory)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
    rmSync(directory, { recursive: true })
    expect(ensure()).toBe(directory)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
  })

  test('is given up where somebody else put something in its place', () => {
    const { ensure, directory } = place()
    rmSync(directory, { recursive: true })
    symlinkSync(dirname(directory), directory)
    const next = ensure()
    onTestFinished(() => rmSync(next, { recursive: true, force: true }))
    expect(next).not.toBe(directory)
    expect(ensure()).toBe(next)
  })

  test.skipIf(process.getuid?.() !== 0)('is given up where it belongs to another user', () => {
    const { ensure, directory } = place()
    chownSync(directory, 4711, 4711)
    const next = ensure()
    onTestFinished(() => rmSync(next, { recursive: true, force: true }))
    expect(next).not.toBe(directory)
  })
})

test.skipIf(process.platform === 'win32')(
  'a copy of the programs for users who may not see the original runs, and is made once',
  async () => {
    vi.stubEnv('TMPDIR', temporaryFolder())
    onTestFinished(() => void vi.unstubAllEnvs())
    const copy = publicBinaries(await loadPostgresBinaries())
    const made = statSync(dirname(dirname(copy.postgres)))
    expect(execFileSync(copy.postgres, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL')
    expect(made.mode & 0o777).toBe(0o755)
    expect(publicBinaries(await loadPostgresBinaries())).toEqual(copy)
    expect(statSync(dirname(dirname(copy.postgres))).ino).toBe(made.ino)
  },
)

test('library links that npm did not make are made, and those that stand are kept', () => {
  const root = temporaryFolder()
  const library = join(root, 'native', 'lib')
  mkdirSync(library, { recursive: true })
  writeFileSync(join(library, 'libone.so.1.2'), '')
  const list = ['libone.so.1', 'libone.so'].map((name) => ({
    source: 'native/lib/libone.so.1.2',
    target: `native/lib/${name}`,
  }))
  writeFileSync(join(root, 'native', 'pg-symlinks.json'), JSON.stringify(list))
  symlinkSync('elsewhere', join(library, 'libone.so'))
  linkLibraries(root)
  linkLibraries(root)
  expect(readlinkSync(join(library, 'libone.so.1'))).toBe('libone.so.1.2')
  expect(readlinkSync(join(library, 'libone.so'))).toBe('elsewhere')
})
