import type { DeploymentStore } from '#core/store-ports'

type FoundKey = NonNullable<Awaited<ReturnType<DeploymentStore['findKey']>>>

interface Entry {
  readonly found: FoundKey
  /** When the database was asked for it, in milliseconds. */
  readonly asked: number
}

/** From this age on a key is looked up again beside the request, and from the second on before it. */
const staleMilliseconds = 500
const oldestMilliseconds = 1_000
const mostKeys = 10_000

export interface KeyCache {
  find(secretHash: string): Promise<FoundKey | undefined>
  /** Forgets what is known of a deployment, or of all. */
  forget(deploymentId: string | null): void
}

/**
 * Deploy keys and their deployments in memory. A change is told by `forget`, and nothing is believed for longer than a
 * second, so that a revoked key ends everywhere even where the telling was lost. Unknown keys are not kept.
 */
export function keyCache({ deployments, now }: { deployments: Pick<DeploymentStore, 'findKey'>; now: () => Date }): KeyCache {
  const entries = new Map<string, Entry>()
  const asking = new Map<string, Promise<FoundKey | undefined>>()
  let forgotten = 0

  async function ask(secretHash: string): Promise<FoundKey | undefined> {
    const asked = now().getTime()
    const before = forgotten
    const found = await deployments.findKey(secretHash)
    if (found === undefined) entries.delete(secretHash)
    // An answer that a change has overtaken is used this once, and not kept.
    else if (before === forgotten) keep(secretHash, { found, asked })
    return found
  }

  function keep(secretHash: string, entry: Entry): void {
    if (entries.size >= mostKeys) entries.clear()
    entries.set(secretHash, entry)
  }

  function askOnce(secretHash: string): Promise<FoundKey | undefined> {
    const busy = asking.get(secretHash)
    if (busy !== undefined) return busy
    const answer = ask(secretHash).finally(() => asking.delete(secretHash))
    asking.set(secretHash, answer)
    return answer
  }

  return {
    find(secretHash) {
      const entry = entries.get(secretHash)
      const age = entry === undefined ? Number.POSITIVE_INFINITY : now().getTime() - entry.asked
      if (entry === undefined || age >= oldestMilliseconds || age < 0) return askOnce(secretHash)
      if (age >= staleMilliseconds) askOnce(secretHash).catch(() => undefined)
      return Promise.resolve(entry.found)
    },
    forget(deploymentId) {
      forgotten += 1
      asking.clear()
      for (const [hash, { found }] of entries) if (deploymentId === null || found.deployment.deployment_id === deploymentId) entries.delete(hash)
    },
  }
}
