import type { Json } from '#core/canonical-json'
import { accept, type Result } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import type { Tools } from '#phases/phase'
import type { ScorerDocument } from '#scoring/scorer-schema'
import { buildScorer } from './build-scorer.ts'
import { type ChosenCalibration, chooseCalibration } from './calibrate-scores.ts'
import { type ChosenCall, chooseCall } from './choose-call.ts'
import { editCandidate } from './edit-candidate.ts'
import { loadTarget } from './load-rows.ts'
import type { Measured } from './measured-candidate.ts'
import { type Asked, measuredFor } from './measured-for.ts'
import type { Directions } from './schema.ts'

/** A model with everything that is settled before the sealed rows are looked at. */
export interface Settled {
  readonly candidate: Measured
  readonly calibration: ChosenCalibration
  readonly call: ChosenCall
  readonly scorer: ScorerDocument
  /** What was edited and what that changed; null where nothing was. */
  readonly edits: Json
  /** Directions that still hold after the edits. */
  readonly monotone: Directions
  readonly notes: readonly string[]
}

/** Fits what was decided and settles calibration and threshold, all of it on training rows alone. */
export async function settleModel({ facts, labelled, decision }: Asked, tools: Tools): Promise<Result<Settled>> {
  const fitted = await measuredFor({ facts, labelled, decision }, tools)
  if (!fitted.ok) return fitted
  const edited = await editCandidate({ labelled, decision, candidate: fitted.value.candidate }, tools)
  if (!edited.ok) return edited
  const { candidate } = edited.value
  const { features, settings } = decision
  tools.progress(0.7, 'Calibrating and setting the threshold')
  const { target, weights } = await loadTarget(labelled, tools)
  const wanted = settings.calibrate !== false
  const calibration = await chooseCalibration(candidate, target, { tools, wanted, weighed: weights !== undefined })
  const { map } = calibration
  const call = await chooseCall({ target, weights, outOfFold: candidate.outOfFold, calibration: map, settings }, tools)
  const { threshold } = call
  const parts = { facts, labelled, features, model: candidate.model, calibration: map, threshold }
  const scorer = await buildScorer(parts, tools)
  if (!scorer.ok) return scorer
  const notes = [...fitted.value.notes, ...edited.value.notes, ...[weightNote(labelled), calibration.note, call.reason].filter((note) => note !== null)]
  return accept({ candidate, calibration, call, scorer: scorer.value, edits: edited.value.shown, monotone: heldOf(decision.monotone, edited.value.lost), notes })
}

function heldOf(monotone: Directions, lost: readonly string[]): Directions {
  return Object.fromEntries(Object.entries(monotone).filter(([feature]) => !lost.includes(feature)))
}

function weightNote({ weight }: Labelled): string | null {
  if (weight === null) return null
  return `Rows are weighed by "${weight.name}": fits and metrics heed it, while tables and plots of the test rows count rows.`
}
