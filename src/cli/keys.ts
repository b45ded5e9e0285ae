import { SignalboxError, type Result } from '#core/errors'
import type { House } from '#main'
import { openFlaggedHouse, type HouseFlags } from './open-server.ts'

interface KeysFlags extends HouseFlags {
  readonly json?: boolean | undefined
}

/** Makes a named key; its secret is shown this once. */
export async function addKey(name: string, flags: KeysFlags): Promise<void> {
  const made = await withHouse(flags, async ({ keyRing }) => accepted(await keyRing.add(name)))
  print(flags, made, `${made.api_key}\n`)
}

export async function listKeys(flags: KeysFlags): Promise<void> {
  const rows = await withHouse(flags, ({ keyRing }) => keyRing.list())
  const keys = rows.map(({ name, prefix, created_at, expires_at, revoked_at }) => ({ name, prefix, created_at, expires_at, revoked_at }))
  const lines = keys.map(({ name, prefix, created_at, revoked_at }) => {
    return `${name}\t${prefix}…\tmade ${created_at.toISOString()}${revoked_at === null ? '' : `\trevoked ${revoked_at.toISOString()}`}\n`
  })
  print(flags, keys, lines.join(''))
}

export async function revokeKey(name: string, flags: KeysFlags): Promise<void> {
  const done = await withHouse(flags, async ({ keyRing }) => accepted(await keyRing.revoke(name)))
  print(flags, done, `The key "${name}" is revoked.\n`)
}

function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw SignalboxError.of(result.refusal)
  return result.value
}

async function withHouse<T>(flags: HouseFlags, work: (house: House) => Promise<T>): Promise<T> {
  const house = await openFlaggedHouse(flags)
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}

function print(flags: KeysFlags, value: unknown, text: string): void {
  process.stdout.write(flags.json === true ? `${JSON.stringify(value)}\n` : text)
}
