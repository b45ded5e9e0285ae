import { accept, refuse, type Result } from '#core/errors'
import { trainedSchema, type Monitored } from '#core/outcomes'
import type { Applied, Facts, Tools } from '#phases/phase'
import { storeMonitor } from './build-monitor.ts'
import { measureWays, profileReference } from './measure-monitor.ts'
import type { MeasuredAlarms, MonitorSettings } from './monitor-document.ts'
import { labelledOf } from './propose.ts'
import type { MonitoringDecision } from './schema.ts'

/** Makes the monitor that was decided; settings that the card did not show are measured first. */
export async function apply(facts: Facts, decision: MonitoringDecision, tools: Tools): Promise<Result<Applied<Monitored>>> {
  const trained = trainedSchema.parse(facts.outcomes.model_training)
  if (trained.model !== decision.model) return refuse('DECISION_STALE', 'The decision is about another model than the run has now.')
  const { settings, model, profile } = decision
  if (settings === null) return accept({ outcome: { monitor: null, columns: [] }, publishes: [] })
  const measured = decision.measured ?? (await measureAnew(facts, settings, tools))
  const monitor = await storeMonitor(tools.blobs, { model, profile, settings, measured, seed: tools.seed })
  tools.progress(1, 'Monitor made')
  return accept({ outcome: { monitor, columns: settings.columns }, publishes: [{ kind: 'monitor', content: monitor }] })
}

async function measureAnew(facts: Facts, settings: MonitorSettings, tools: Tools): Promise<readonly MeasuredAlarms[]> {
  tools.progress(0, 'Measuring false alarms on the training rows')
  const { model } = trainedSchema.parse(facts.outcomes.model_training)
  const reference = await profileReference(labelledOf(facts.outcomes), model, tools)
  const [measured] = await measureWays(reference, [settings], tools)
  return measured ?? []
}
