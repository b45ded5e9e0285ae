import { accept, refuse, type Result } from '#core/errors'
import type { HealthAnswer, ServerFigures } from '#wire/health'
import type { ServiceInput } from './ports.ts'

/** Whether everything answers that the server needs. */
export async function readiness({ ready, log }: Pick<ServiceInput, 'ready' | 'log'>): Promise<Result<HealthAnswer>> {
  const checks: Record<string, boolean> = {}
  for (const [name, check] of Object.entries(ready)) {
    checks[name] = await check().then(
      () => true,
      (error: unknown) => {
        log(`the server is not ready: ${name}`, error)
        return false
      },
    )
  }
  if (checks.database === false) return refuse('DATABASE_UNAVAILABLE', 'The server is up, but its database does not answer.', { detail: { checks } })
  const failed = Object.keys(checks).filter((name) => checks[name] === false)
  return failed.length === 0 ? accept({ status: 'ok', checks }) : refuse('NOT_READY', `The server is up, but not ready: ${failed.join(', ')}.`, { detail: { checks } })
}

/** Counts over the whole server. */
export async function serverFigures({ figures, log }: Pick<ServiceInput, 'figures' | 'log'>): Promise<Result<ServerFigures>> {
  try {
    return accept(await figures.count())
  } catch (error) {
    log('the figures of the server cannot be counted', error)
    return refuse('DATABASE_UNAVAILABLE', 'The figures of the server cannot be counted: the database does not answer.')
  }
}
