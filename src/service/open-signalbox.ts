import { openAccess } from './access.ts'
import { openChat } from './chat.ts'
import { openDatasets } from './datasets.ts'
import { openDeployments } from './deployments.ts'
import { openModels } from './models.ts'
import { openMonitors } from './monitors.ts'
import { openPredictions } from './predictions.ts'
import { repeatable } from './repeatable.ts'
import { openPreprocessors } from './preprocessors.ts'
import { openReports } from './reports.ts'
import { openRunEvents } from './run-events.ts'
import { openTraining } from './training.ts'
import { openRuns } from './runs.ts'
import { openWebhooks } from './webhooks.ts'
import type { ServiceInput } from './ports.ts'
import type { Signalbox } from './signalbox.ts'
import { accept, refuse } from '#core/errors'

/** The façade over everything that is built. */
export function openSignalbox(input: ServiceInput): Signalbox {
  return {
    access: openAccess(input),
    datasets: openDatasets(input),
    runs: openRuns(input),
    training: openTraining(input),
    reports: openReports(input),
    models: openModels(input),
    deployments: openDeployments(input),
    predictions: openPredictions(input),
    monitors: openMonitors(input),
    preprocessors: openPreprocessors(input),
    chat: openChat(input),
    events: openRunEvents(input),
    webhooks: openWebhooks(input),
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
