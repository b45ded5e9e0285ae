import type { Trained } from '#core/outcomes'
import { trainedSchema } from '#core/outcomes'
import type { Phase } from '#phases/phase'
import { answerSchemaOf } from './answer-schema.ts'
import { apply } from './apply.ts'
import { compareModels } from './compare-models.ts'
import { propose } from './propose.ts'
import { readAnswer, recommendedDecision } from './read-answer.ts'
import { replayTraining } from './replay.ts'
import { type TrainingDecision, trainingDecisionSchema } from './schema.ts'

/** Compares trainers on the training rows, fits the chosen one, and tests it once on the sealed rows. */
export const trainPhase: Phase<TrainingDecision, Trained> = {
  name: 'model_training',
  version: 6,
  choice: 'one',
  schemas: { decision: trainingDecisionSchema, outcome: trainedSchema },
  propose,
  accepts: answerSchemaOf,
  read: readAnswer,
  recommended: recommendedDecision,
  fallback: recommendedDecision,
  apply,
  replay: replayTraining,
  compare: compareModels,
}
