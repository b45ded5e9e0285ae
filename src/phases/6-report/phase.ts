import { reportedSchema, type Reported } from '#core/outcomes'
import type { Phase } from '#phases/phase'
import { answerSchemaOf } from './answer-schema.ts'
import { apply } from './apply.ts'
import { propose } from './propose.ts'
import { readAnswer, recommendedDecision } from './read-answer.ts'
import { reportDecisionSchema, type ReportDecision } from './schema.ts'

/** Puts the whole run into one file: data, model, figures, limits and decisions. */
export const reportPhase: Phase<ReportDecision, Reported> = {
  name: 'report_creation',
  version: 4,
  choice: 'one',
  readsRun: true,
  schemas: { decision: reportDecisionSchema, outcome: reportedSchema },
  propose,
  accepts: answerSchemaOf,
  read: readAnswer,
  recommended: recommendedDecision,
  fallback: recommendedDecision,
  apply,
}
