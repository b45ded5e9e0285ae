import type { Json } from '#core/canonical-json'
import { accept, refuse, type Result } from '#core/errors'
import type { Hash } from '#core/hash'
import type { Labelled, Trained } from '#core/outcomes'
import type { Applied, Facts, Tools } from '#phases/phase'
import { meansJson } from './board-json.ts'
import { buildBench, readLabelled } from './build-bench.ts'
import { chooseCalibration } from './calibrate-scores.ts'
import { chooseCall } from './choose-call.ts'
import { applyCalibration } from './calibrate-scores.ts'
import { evaluationJson } from './evaluation.ts'
import { loadTarget } from './load-rows.ts'
import { measureCandidates } from './measure-candidates.ts'
import { readMeasured } from './measured-blob.ts'
import type { Measured } from './measured-candidate.ts'
import { progressRange } from './progress-range.ts'
import type { TrainingDecision } from './schema.ts'
import { buildScorer } from './build-scorer.ts'
import { scoreSealed, type Sealed } from './score-sealed.ts'
import { trainerFacts } from './trainers.ts'
import { takeTarget } from '#ml/table'

/** Fits what was decided, settles calibration and threshold on out-of-fold scores, and only then looks at the sealed rows. */
export async function apply(facts: Facts, decision: TrainingDecision, tools: Tools): Promise<Result<Applied<Trained>>> {
  const labelled = readLabelled(facts)
  const unknown = decision.features.filter((name) => !labelled.features.some((column) => column.name === name))
  if (unknown.length > 0) return refuse('DECISION_STALE', `The decision names columns that the label decision does not offer: ${unknown.join(', ')}.`)
  const measured = await measuredFor(labelled, decision, tools)
  if (!measured.ok) return measured
  const { candidate, notes: workNotes } = measured.value
  tools.progress(0.7, 'Calibrating and setting the threshold')
  const target = await loadTarget(labelled, tools)
  const calibration = await chooseCalibration(candidate, target, { tools, wanted: decision.settings.calibrate !== false })
  const truth = takeTarget(target, candidate.rows)
  const call = await chooseCall({ truth, prediction: applyCalibration(calibration.map, candidate.prediction), settings: decision.settings }, tools)
  const scorer = buildScorer({ facts, labelled, features: decision.features, model: candidate.model, calibration: calibration.map, threshold: call.threshold })
  if (!scorer.ok) return scorer
  const model = await tools.blobs.put(scorer.value)
  const looking = { ...tools, progress: progressRange(tools.progress, [0.75, 0.98], 'Scoring the sealed rows') }
  const sealed = await scoreSealed({ labelled, decision, candidate, calibration: calibration.map, threshold: call.threshold }, looking)
  const notes = [...workNotes, ...[calibration.note, call.reason].filter((note) => note !== null), ...sealed.test.notes]
  const evaluation = await tools.blobs.put(
    evaluationJson({ labelled, model: candidate.model, ...sealed, calibration, call, crossValidation: meansJson(candidate.folds), board: await tools.blobs.get(decision.board), leftOut: labelled.left_out, notes }),
  )
  const outcome = outcomeOf({ labelled, decision, candidate, sealed, threshold: call.threshold, model, evaluation, notes })
  const content = await tools.blobs.put(outcome)
  tools.progress(1, 'Model trained and tested')
  return accept({ outcome, publishes: [{ kind: 'model_version', content }] })
}

/** The measures that were taken for the proposal, or the same measures of another plan. */
async function measuredFor(labelled: Labelled, decision: TrainingDecision, tools: Tools): Promise<Result<{ candidate: Measured; notes: readonly string[] }>> {
  if (decision.measured !== null) return accept({ candidate: await readMeasured(tools.blobs, decision.measured), notes: boardNotes(await tools.blobs.get(decision.board)) })
  const bench = await buildBench(labelled, tools, decision.features)
  if (!bench.ok) return bench
  const { trainer, monotone, settings } = decision
  const fitting = { ...tools, progress: progressRange(tools.progress, [0.05, 0.7], 'Fitting what was decided') }
  const measured = await measureCandidates(bench.value, [{ trainer, monotone, settings }], fitting)
  if (!measured.ok) return measured
  const [candidate] = measured.value
  if (candidate === undefined) throw new Error('a candidate without a measure')
  return accept({ candidate, notes: bench.value.budget.notes })
}

function boardNotes(board: Json): string[] {
  if (typeof board !== 'object' || board === null || !('notes' in board) || !Array.isArray(board.notes)) return []
  return board.notes.filter((note) => typeof note === 'string')
}

interface Reached {
  readonly labelled: Labelled
  readonly decision: TrainingDecision
  readonly candidate: Measured
  readonly sealed: Sealed
  readonly threshold: number | null
  readonly model: Hash
  readonly evaluation: Hash
  readonly notes: readonly string[]
}

function outcomeOf({ labelled, decision, candidate, sealed, threshold, model, evaluation, notes }: Reached): Trained {
  return {
    model,
    trainer: decision.trainer,
    trainer_title: trainerFacts(decision.trainer).title,
    label: labelled.label.name,
    task: labelled.task,
    classes: labelled.classes,
    positive: labelled.positive,
    features: decision.features,
    monotone: decision.monotone,
    threshold,
    test_metrics: sealed.test.metrics,
    cv_metrics: meansJson(candidate.folds),
    evaluation,
    rows: { train: labelled.rows.train, test: sealed.rows, looks: 1 },
    notes: [...notes],
  }
}
