import { chownSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isPostgresOf } from './process-mark.ts'
import {
  type Holder,
  processesOf,
  serverPid,
  startHolder,
  temporaryFolder,
  until,
  untilEmpty,
  preparedFolder,
} from './start-holder.testkit.ts'

const owner = { role: 'owner', answers: true }
const joined = { role: 'joined', answers: true }
const sameState = (left: object, right: object) => JSON.stringify(left) === JSON.stringify(right)

async function started(folder: string): Promise<Holder> {
  const holder = startHolder(folder)
  expect(await holder.first).toEqual(owner)
  return holder
}

describe.skipIf(process.platform !== 'linux')('processes that share a data folder (reads /proc)', () => {
  test('Postgres dies with its process, also by kill -9', async () => {
    const folder = await preparedFolder()
    const holder = await started(folder)
    expect(processesOf(folder).length).toBeGreaterThan(3)
    holder.kill()
    await untilEmpty(folder)
  })

  test('one that joined takes over after kill -9 and after a clean end', async () => {
    const folder = await preparedFolder()
    const first = await started(folder)
    const second = startHolder(folder)
    expect(await second.first).toEqual(joined)
    first.kill()
    await until('the second has taken over', async () => sameState(await second.state(), owner))
    const third = startHolder(folder)
    expect(await third.first).toEqual(joined)
    await second.close()
    await until('the third has taken over', async () => sameState(await third.state(), owner))
    await third.close()
    expect(processesOf(folder)).toEqual([])
  })

  test('of several that joined one takes over and the others join it', async () => {
    const folder = await preparedFolder()
    const first = await started(folder)
    const others = [startHolder(folder), startHolder(folder), startHolder(folder)]
    for (const other of others) expect(await other.first).toEqual(joined)
    first.kill()
    await until('one is owner and all answer', async () => {
      const states = await Promise.all(others.map((other) => other.state()))
      return states.every((state) => state.answers) && states.filter((state) => state.role === 'owner').length === 1
    })
    for (const other of others) other.kill()
    await untilEmpty(folder)
  })

  test('two that start at the same moment in a fresh folder agree on one', async () => {
    const folder = temporaryFolder()
    const both = [startHolder(folder), startHolder(folder)]
    const roles = (await Promise.all(both.map((holder) => holder.first))).map((state) => state.role)
    expect(roles.sort()).toEqual(['joined', 'owner'])
    for (const state of await Promise.all(both.map((holder) => holder.state()))) expect(state.answers).toBe(true)
  })

  test('a start right after a kill waits for the old Postgres and does not join it', async () => {
    const folder = await preparedFolder()
    let holder = await started(folder)
    for (let round = 0; round < 3; round += 1) {
      const before = serverPid(folder)
      holder.kill()
      holder = startHolder(folder)
      expect(await holder.first).toEqual(owner)
      expect(serverPid(folder)).not.toBe(before)
    }
  })

  test('a start after kill -9 of everything at once cleans up', async () => {
    const folder = await preparedFolder()
    const holder = await started(folder)
    const everything = processesOf(folder)
    holder.kill()
    for (const { pid } of everything) killIfThere(pid)
    const next = await started(folder)
    await next.close()
    expect(processesOf(folder)).toEqual([])
  })

  test('a Postgres that nobody watches any more is ended by the next start', async () => {
    const folder = await preparedFolder()
    const holder = await started(folder)
    const server = serverPid(folder)
    const watchers = () => processesOf(folder).filter(({ command }) => command.startsWith('/bin/sh'))
    await until('somebody watches it', async () => watchers().length > 0)
    for (const { pid } of watchers()) process.kill(pid, 'SIGKILL')
    await until('nobody watches it', async () => watchers().length === 0)
    holder.kill()
    expect(isPostgresOf(server, join(folder, 'postgres'))).toBe(true)
    await started(folder)
    expect(isPostgresOf(server, join(folder, 'postgres'))).toBe(false)
  })

  test('lock files whose process id belongs to somebody else do not stop a start', async () => {
    const folder = await preparedFolder()
    const holder = await started(folder)
    const lock = join(folder, 'postgres', 'postmaster.pid')
    const foreign = readFileSync(lock, 'utf8').replace(/^\d+/, String(process.pid))
    const socketLock = join(foreign.split('\n')[4] ?? '', '.s.PGSQL.5432.lock')
    await holder.close()
    mkdirSync(join(socketLock, '..'), { mode: 0o700 })
    for (const path of [lock, socketLock]) writeFileSync(path, foreign)
    await started(folder)
  })

  test('a copied folder has a server of its own', async () => {
    const folder = await preparedFolder()
    const copy = join(temporaryFolder(), 'copy')
    const holder = await started(folder)
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true })
    await started(copy)
    expect(await holder.state()).toEqual(owner)
  })
})

describe.skipIf(process.getuid?.() !== 0)('other users (only root can become one)', () => {
  const users: [string, { uid?: number; env?: NodeJS.ProcessEnv }][] = [
    ['an ordinary user', { uid: 65534 }],
    ['a user that passwd does not list', { uid: 43210 }],
    ['root where namespaces are not allowed', { env: { PATH: '/nowhere' } }],
  ]
  test.each(users)('%s starts Postgres, and nothing of it stays', async (_, options) => {
    const folder = temporaryFolder()
    if (options.uid !== undefined) chownSync(folder, options.uid, options.uid)
    const holder = startHolder(folder, options)
    expect(await holder.first).toEqual(owner)
    const before = serverPid(folder)
    const asRoot = startHolder(folder)
    expect(await asRoot.first).toEqual(joined)
    holder.kill()
    await until('root has taken over', async () => sameState(await asRoot.state(), owner))
    expect(serverPid(folder)).not.toBe(before)
    await asRoot.close()
    expect(processesOf(folder)).toEqual([])
  })
})

/** A shell may have ended by itself since it was listed. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
