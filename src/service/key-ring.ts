import { accept, refuse, type Result } from '#core/errors'
import type { Identity } from '#core/hash'
import type { KeyRow, KeyStore } from '#core/store-ports'
import type { Secrets } from './ports.ts'

/** Makes, lists and revokes API keys; for whoever holds the data folder. */
export interface KeyRing {
  /** The secret is shown once and kept nowhere. */
  add(name: string): Promise<Result<{ name: string; api_key: string; prefix: string }>>
  /** The owner's key: the one whose secret the data folder holds, or a new one where it holds none. */
  ensureOwner(secret: string | null): Promise<string>
  list(): Promise<KeyRow[]>
  revoke(name: string): Promise<Result<{ name: string; revoked: number }>>
}

interface KeyRingInput {
  readonly keys: KeyStore
  readonly identity: Identity
  readonly secrets: Secrets
  readonly now: () => Date
}

const ownerName = 'owner'

export function openKeyRing(input: KeyRingInput): KeyRing {
  const { keys, identity, secrets, now } = input
  return {
    async add(name) {
      if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u.test(name)) {
        return refuse('USAGE', `A key name has 1 to 100 letters, digits, blanks or . _ @ -, and begins with a letter or digit; "${name.slice(0, 120)}" does not.`)
      }
      const api_key = `sb_${secrets.random()}`
      const made = await keep(input, name, api_key)
      return made ? accept({ name, api_key, prefix: publicPrefix(api_key) }) : refuse('KEY_NAME_TAKEN', `There is a live key named "${name}" already.`)
    },
    async ensureOwner(secret) {
      const known = secret === null ? undefined : await keys.find(identity.sha256(secret))
      if (secret !== null && known !== undefined && known.revoked_at === null) return secret
      const api_key = secret === null || known !== undefined ? `sb_${secrets.random()}` : secret
      await keys.revoke(ownerName, now())
      await keep(input, ownerName, api_key)
      return api_key
    },
    list: () => keys.list(),
    async revoke(name) {
      const revoked = await keys.revoke(name, now())
      return revoked === 0 ? refuse('NOT_FOUND', `There is no live key named "${name}".`, { suggestion: '`signalbox keys list` shows the names.' }) : accept({ name, revoked })
    },
  }
}

function publicPrefix(apiKey: string): string {
  return apiKey.slice(0, 11)
}

/** False where a live key of that name exists. */
async function keep({ keys, identity, now }: KeyRingInput, name: string, apiKey: string): Promise<boolean> {
  const { team_id } = await keys.ensureTeam({ team_id: identity.newId(), org_id: identity.newId(), now: now() })
  return keys.add({ key_id: identity.newId(), team_id, name, prefix: publicPrefix(apiKey), secret_hash: identity.sha256(apiKey), created_at: now() })
}
