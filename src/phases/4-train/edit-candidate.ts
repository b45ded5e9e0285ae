import type { Json } from '#core/canonical-json'
import { accept, type Result, refuse } from '#core/errors'
import { countText, numberText } from '#core/number-text'
import type { Labelled } from '#core/outcomes'
import { plainJson } from '#core/plain-json'
import { applyEdits } from '#ml/apply-edits'
import type { DifferenceResult } from '#ml/bootstrap-difference'
import type { EditMeasure } from '#ml/measure-edits'
import type { MetricName } from '#ml/metrics'
import { type Model, nameOfTerm, type Term } from '#ml/model'
import { isRefusal } from '#ml/refusal'
import { replayEdits } from '#ml/replay-edits'
import type { ShapeEdit } from '#ml/shape-edit'
import { takeNumbers } from '#ml/table'
import type { Tools } from '#phases/phase'
import { type LoadedRows, loadTraining } from './load-rows.ts'
import type { Measured, OutOfFold } from './measured-candidate.ts'
import { metricTitle, primaryMetric, wireName } from './primary-metric.ts'
import { runOne, runTask } from './run-task.ts'
import type { TrainingDecision } from './schema.ts'

/** A candidate after the edits of the decision. */
export interface EditedCandidate {
  readonly candidate: Measured
  readonly notes: readonly string[]
  /** Features whose curve no longer goes one way. */
  readonly lost: readonly string[]
  /** For the evaluation; null where nothing is edited. */
  readonly shown: Json
}

interface Editing {
  readonly labelled: Labelled
  readonly decision: TrainingDecision
  readonly candidate: Measured
}

/**
 * Edits the fitted shapes as decided, and measures on training rows what that does; the sealed rows are not looked at.
 * What the edits move is added to the out-of-fold scores, so that the threshold and the calibration follow the edited
 * model.
 */
export async function editCandidate({ labelled, decision, candidate }: Editing, tools: Tools): Promise<Result<EditedCandidate>> {
  const { edits } = decision.settings
  if (edits === undefined || edits.length === 0) return accept({ candidate, notes: [], lost: [], shown: null })
  const made = makeEdits(candidate.model, edits, decision.replayed === true)
  if (!made.ok) return made
  const { model, applied, flagged } = made.value
  const rows = await loadTraining(labelled, tools)
  const measured = await measureOn(rows, { before: candidate.model, after: model }, tools)
  const outOfFold = candidate.outOfFold === null ? null : await moveScores(candidate.outOfFold, { rows, before: candidate.model, after: model }, tools)
  const lost = lostDirections(candidate.model, model)
  const notes = [editNote(applied.length, measured, rows), ...lost.map(lostNote), ...flagged.map(flagNote)]
  const shown = plainJson({ applied, flagged, measured_on: 'training rows', rows: measured.overall.rows, ...effectJson(measured) })
  return accept({ candidate: { ...candidate, model, outOfFold }, notes, lost, shown })
}

/** What the last of the edits changes by itself, measured against the model with all edits before it. */
export async function lastEffect({ labelled, decision, candidate }: Editing, edited: Model, tools: Tools): Promise<Json> {
  const before = applyEdits(candidate.model, (decision.settings.edits ?? []).slice(0, -1))
  if (isRefusal(before)) throw new Error(`edits that were made a moment ago are refused: ${before.message}`)
  return plainJson(effectJson(await measureOn(await loadTraining(labelled, tools), { before: before.model, after: edited }, tools)))
}

function effectJson({ overall, selection }: EditMeasure): object {
  return { metrics: metricsOf(overall), moved: { rows: selection?.rows ?? 0, metrics: selection === null ? null : metricsOf(selection) } }
}

interface MadeEdits {
  readonly model: Model
  readonly applied: readonly object[]
  readonly flagged: readonly Flagged[]
}

interface Flagged {
  readonly reason: string
  readonly message: string
  readonly edit: ShapeEdit
}

/** All edits, or none; those that a retrain makes again are left out one by one where they no longer fit, and told. */
function makeEdits(model: Model, edits: readonly ShapeEdit[], replays: boolean): Result<MadeEdits> {
  if (!replays) {
    const edited = applyEdits(model, edits)
    return isRefusal(edited) ? refuse('CUSTOM_REFUSED', `custom_value.edits: ${edited.message}.`) : accept({ ...edited, flagged: [] })
  }
  const { model: after, replayed } = replayEdits(model, edits)
  const flagged = replayed.flatMap((one) => (one.outcome === 'flagged' ? [{ reason: one.reason, message: one.message, edit: one.edit }] : []))
  return accept({ model: after, applied: replayed.filter(({ outcome }) => outcome !== 'flagged'), flagged })
}

interface Both {
  readonly before: Model
  readonly after: Model
}

async function measureOn({ table, target, weights }: LoadedRows, both: Both, { compute, signal, seed }: Tools): Promise<EditMeasure> {
  const measured = await runOne({ compute, task: 'measureEdits', input: { ...both, table, target, weights, seed } }, { signal })
  if (isRefusal(measured)) throw new Error(`edits cannot be measured on the training rows: ${measured.message}`)
  return measured
}

async function moveScores({ rows: taken, scores }: OutOfFold, { rows, before, after }: Both & { readonly rows: LoadedRows }, { compute, signal }: Tools): Promise<OutOfFold> {
  const inputs = [before, after].map((model) => ({ model, table: rows.table }))
  const [was, is] = (await runTask({ compute, task: 'predictTable', inputs }, { signal })).map((said) => {
    if (isRefusal(said) || said.task !== 'binary') throw new Error('out-of-fold scores are kept for two classes only')
    return takeNumbers(said.score, taken)
  })
  return { rows: taken, scores: scores.map((score, i) => score + (is?.[i] ?? 0) - (was?.[i] ?? 0)) }
}

function editNote(edits: number, { overall, selection }: EditMeasure, { target }: LoadedRows): string {
  const metric = primaryMetric(target.task, [Object.fromEntries(Object.entries(overall.metrics).map(([name, { candidate }]) => [name, candidate]))])
  const found = overall.metrics[metric]
  const made = `${countText(edits, 'edit')} of fitted shapes ${edits === 1 ? 'was' : 'were'} made, which ${edits === 1 ? 'moves' : 'move'} ${countText(selection?.rows ?? 0, 'training row')}`
  const changed = found === undefined ? '' : `; ${metricTitle(metric)} on the training rows goes from ${numberText(found.baseline)} to ${numberText(found.candidate)} (95 % interval of the difference ${numberText(found.low)} to ${numberText(found.high)})`
  return `${made}${changed}. Cross-validation measured the model before its edits.`
}

/** Features that a term held in one direction before the edits and that none holds, or not all hold, after them. */
function lostDirections(before: Model, after: Model): string[] {
  const held = new Map(after.terms.map((term) => [nameOfTerm(term), directedFeatures(term)]))
  const lost = before.terms.flatMap((term) => directedFeatures(term).filter((feature) => held.get(nameOfTerm(term))?.includes(feature) === false))
  return [...new Set(lost)]
}

function directedFeatures(term: Term): string[] {
  if (term.kind === 'pair') return term.axes.flatMap((axis) => (axis.monotone === undefined ? [] : [axis.feature]))
  return term.kind !== 'slope' && term.monotone !== undefined ? [term.feature] : []
}

function lostNote(feature: string): string {
  return `The curve of "${feature}" does not go one way any more: an edit took its direction away.`
}

function flagNote({ edit, message }: Flagged): string {
  return `An edit of the parent run was not made again, and a person has to decide anew: ${edit.verb} of "${edit.term.join(' × ')}": ${message}.`
}

function metricsOf({ metrics }: DifferenceResult): object {
  const named = Object.entries(metrics).map(([name, { baseline, candidate, difference, low, high }]): [string, object] => [
    // The keys of the result are metric names.
    wireName(name as MetricName),
    { before: baseline, after: candidate, difference, interval: [low, high] },
  ])
  return Object.fromEntries(named)
}
