import { openAccess } from './access.ts'
import { openDatasets } from './datasets.ts'
import { repeatable } from './repeatable.ts'
import { openRuns } from './runs.ts'
import type { ServiceInput } from './ports.ts'
import type { Signalbox } from './signalbox.ts'
import { accept, refuse } from '#core/errors'

/** The façade over everything that is built. */
export function openSignalbox(input: ServiceInput): Signalbox {
  return {
    access: openAccess(input),
    datasets: openDatasets(input),
    runs: openRuns(input),
    idempotent: repeatable(input),
    async health() {
      try {
        await input.ready()
        return accept({ status: 'ok', checks: { database: true } })
      } catch (error) {
        input.log('the database does not answer', error)
        return refuse('DATABASE_UNAVAILABLE', 'The server is up, but its database does not answer.')
      }
    },
  }
}
