import { openAccess } from './access.ts'
import { openCaptures } from './captures.ts'
import { openChat } from './chat.ts'
import { openDatasets } from './datasets.ts'
import { openDeployments } from './deployments.ts'
import { openModelExports } from './model-exports.ts'
import { openModels } from './models.ts'
import { openMonitors } from './monitors.ts'
import { openPredictions } from './predictions.ts'
import { openRegistry } from './registry.ts'
import { repeatable } from './repeatable.ts'
import { openPreprocessors } from './preprocessors.ts'
import { openReports } from './reports.ts'
import { openRunEvents } from './run-events.ts'
import { openTraining } from './training.ts'
import { openRuns } from './runs.ts'
import { openTrials } from './trials.ts'
import { openWhatIfs } from './what-if.ts'
import { openWebhooks } from './webhooks.ts'
import { readiness, serverFigures } from './readiness.ts'
import { openScoring } from './scoring.ts'
import type { ServiceInput } from './ports.ts'
import type { Signalbox } from './signalbox.ts'

/** The façade over everything that is built. */
export function openSignalbox(input: ServiceInput): Signalbox {
  return {
    access: openAccess(input),
    datasets: openDatasets(input),
    runs: openRuns(input),
    training: openTraining(input),
    reports: openReports(input),
    models: openModels(input),
    exports: openModelExports(input),
    registry: openRegistry(input),
    whatIf: openWhatIfs(input),
    deployments: openDeployments(input),
    predictions: openPredictions(input),
    trials: openTrials(input),
    scoring: openScoring(input),
    monitors: openMonitors(input),
    captures: openCaptures(input),
    preprocessors: openPreprocessors(input),
    chat: openChat(input),
    events: openRunEvents(input),
    webhooks: openWebhooks(input),
    idempotent: repeatable(input),
    health: () => readiness(input),
    figures: () => serverFigures(input),
  }
}
