import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Pool } from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type FolderPostgres, openPostgres } from './open-postgres.ts'
import { preparedFolder, processesOf, serverPid, temporaryFolder, until, untilEmpty } from './start-holder.testkit.ts'

async function open(dataDir: string): Promise<FolderPostgres> {
  const postgres = await openPostgres({ dataDir, fast: true })
  onTestFinished(() => postgres.close())
  return postgres
}

function openPool(postgres: FolderPostgres): Pool {
  const pool = new Pool({ ...postgres.config, connectionTimeoutMillis: 1_000 })
  pool.on('error', () => undefined)
  onTestFinished(() => pool.end())
  return pool
}

const answers = (pool: Pool) =>
  pool.query('select 1').then(
    () => true,
    () => false,
  )

describe.skipIf(process.platform !== 'linux')('the Postgres of a data folder (reads /proc)', () => {
  test('answers, keeps its data over a restart, and leaves nothing behind', async () => {
    const folder = join(temporaryFolder(), 'a folder', 'that is not there')
    const first = await open(folder)
    expect(first.role()).toBe('owner')
    const pool = openPool(first)
    await pool.query('create table kept as select 42 as answer')
    await first.close()
    expect(processesOf(folder)).toEqual([])
    expect(existsSync(first.config.host)).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres-socket'])
    const second = await open(folder)
    expect(second.config).toEqual(first.config)
    expect((await pool.query('select answer from kept')).rows).toEqual([{ answer: 42 }])
  })

  test('is joined by a second opener, who takes over when the first closes', async () => {
    const folder = await preparedFolder()
    const owner = await open(folder)
    const joined = await open(folder)
    expect([owner.role(), joined.role()]).toEqual(['owner', 'joined'])
    expect(joined.config).toEqual(owner.config)
    const pool = openPool(joined)
    expect(await answers(pool)).toBe(true)
    await owner.close()
    await until('the second one is owner', () => joined.role() === 'owner')
    await until('its pool answers again', () => answers(pool))
    await joined.close()
    expect(processesOf(folder)).toEqual([])
  })

  test('comes back after Postgres, its shells or its socket are gone', async () => {
    const folder = await preparedFolder()
    const postgres = await open(folder)
    const pool = openPool(postgres)
    const losses: [string, () => void][] = [
      ['its server is killed', () => process.kill(serverPid(folder), 'SIGKILL')],
      ['its shells are killed', () => killAll(shellsOf(folder))],
      ['its socket directory is removed', () => rmSync(postgres.config.host, { recursive: true })],
    ]
    for (const [what, lose] of losses) {
      const before = serverPid(folder)
      lose()
      await until(`a new server runs after ${what}`, () => serverPidOr(folder, before) !== before)
      await until(`it answers after ${what}`, () => answers(pool))
      expect(postgres.role()).toBe('owner')
    }
    await postgres.close()
    await untilEmpty(folder)
  })

  test('tells of a start that fails, and goes on trying', async () => {
    const folder = await preparedFolder()
    const postgres = await open(folder)
    const problems: string[] = []
    postgres.onProblem((problem) => problems.push(problem.message))
    const control = join(folder, 'postgres', 'global', 'pg_control')
    const server = serverPid(folder)
    renameSync(control, `${control}.away`)
    process.kill(server, 'SIGKILL')
    await until('a problem is told', () => problems.length > 0)
    expect(problems[0]).toContain('Postgres did not start')
    renameSync(`${control}.away`, control)
    const pool = openPool(postgres)
    await until('it answers again', () => answers(pool))
  })

  test('refuses a folder that cannot be one, in one sentence', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(openPostgres({ dataDir: file })).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  })
})

function killAll(pids: readonly number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGKILL')
}

function shellsOf(folder: string): number[] {
  return processesOf(folder).flatMap(({ pid }) =>
    readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'sh' ? [pid] : [],
  )
}

function serverPidOr(folder: string, otherwise: number): number {
  try {
    return serverPid(folder)
  } catch {
    return otherwise
  }
}
