import { type Monitored, monitoredSchema } from '#core/outcomes'
import type { Phase } from '#phases/phase'
import { apply } from './apply.ts'
import { propose } from './propose.ts'
import { answerSchemaOf, readAnswer, recommendedDecision } from './read-answer.ts'
import { type MonitoringDecision, monitoringDecisionSchema } from './schema.ts'

/** Measures ways to watch later batches on the training rows, and makes the monitor that is chosen. */
export const monitorPhase: Phase<MonitoringDecision, Monitored> = {
  name: 'monitoring_creation',
  version: 2,
  choice: 'one',
  schemas: { decision: monitoringDecisionSchema, outcome: monitoredSchema },
  propose,
  accepts: answerSchemaOf,
  read: readAnswer,
  recommended: recommendedDecision,
  fallback: recommendedDecision,
  apply,
}
