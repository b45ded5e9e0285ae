import { accept, type Result, refuse } from '#core/errors'
import type { Hash } from '#core/hash'
import type { Labelled, Trained } from '#core/outcomes'
import type { Applied, Facts, Tools } from '#phases/phase'
import { meansJson } from './board-json.ts'
import { readLabelled } from './build-bench.ts'
import { evaluationJson } from './evaluation.ts'
import { listNames } from './list-names.ts'
import { progressRange } from '#core/progress-range'
import type { TrainingDecision } from './schema.ts'
import { type Sealed, scoreSealed } from './score-sealed.ts'
import { type Settled, settleModel } from './settle-model.ts'
import { trainerFacts } from './trainers.ts'

/** Fits what was decided, settles everything on training rows, and only then looks at the sealed rows, once. */
export async function apply(facts: Facts, decision: TrainingDecision, tools: Tools): Promise<Result<Applied<Trained>>> {
  const labelled = readLabelled(facts)
  const unknown = decision.features.filter((name) => !labelled.features.some((column) => column.name === name))
  if (unknown.length > 0) {
    return refuse('DECISION_STALE', `The decision names columns that are no longer offered: ${listNames(unknown)}.`)
  }
  const settled = await settleModel({ facts, labelled, decision }, tools)
  if (!settled.ok) return settled
  const { candidate, calibration, call, scorer, edits } = settled.value
  const model = await tools.blobs.put(scorer)
  const progress = progressRange(tools.progress, [0.75, 0.98], 'Scoring the sealed rows')
  const fixed = { candidate, calibration: calibration.map, threshold: call.threshold }
  const sealed = await scoreSealed({ labelled, decision, ...fixed }, { ...tools, progress })
  const notes = [...settled.value.notes, ...sealed.test.notes]
  const board = await tools.blobs.get(decision.board)
  const crossValidation = meansJson(candidate.folds)
  const known = { labelled, model: candidate.model, calibration, call, crossValidation, board, edits, notes }
  const evaluation = await tools.blobs.put(evaluationJson({ ...known, ...sealed }))
  const outcome = outcomeOf({ labelled, decision, settled: settled.value, sealed, model, evaluation, notes })
  const content = await tools.blobs.put(outcome)
  tools.progress(1, 'Model trained and tested')
  return accept({ outcome, publishes: [{ kind: 'model_version', content }] })
}

interface Reached {
  readonly labelled: Labelled
  readonly decision: TrainingDecision
  readonly settled: Settled
  readonly sealed: Sealed
  readonly model: Hash
  readonly evaluation: Hash
  readonly notes: readonly string[]
}

function outcomeOf({ labelled, decision, settled, sealed, model, evaluation, notes }: Reached): Trained {
  return {
    model,
    trainer: decision.trainer,
    trainer_title: trainerFacts(decision.trainer).title,
    label: labelled.label.name,
    task: labelled.task,
    classes: labelled.classes,
    positive: labelled.positive,
    features: decision.features,
    monotone: settled.monotone,
    threshold: settled.call.threshold,
    test_metrics: sealed.test.metrics,
    cv_metrics: meansJson(settled.candidate.folds),
    evaluation,
    rows: { train: labelled.rows.train, test: sealed.rows, looks: 1 },
    notes: [...notes],
  }
}
