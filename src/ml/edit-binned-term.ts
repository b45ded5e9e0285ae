import { capSurface } from './edit-cap.ts'
import { directionsOf, goesOneWay, keepDirections, oppositeOf } from './edit-directions.ts'
import { flattenSurface } from './edit-flatten.ts'
import { type BinsToMerge, equaliseBins, mergeBins } from './edit-merge-bins.ts'
import { monotoniseSurface } from './edit-monotonise.ts'
import { scaleSurface } from './edit-scale.ts'
import { smoothSurface } from './edit-smooth.ts'
import { type BinnedTerm, centreSurface, closeSurface, type Importance, importanceOf, openSurface, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import type { Direction } from './model.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { CurveEdit, MonotoniseEdit } from './shape-edit.ts'

/** How far an edit moves the scores of training rows, before the mean is taken out. */
export interface ScoreMoves {
  /** Mean absolute change over the training rows (over the outputs too). */
  readonly meanAbsoluteChange: number
  /** Training rows whose score is moved. */
  readonly rows: number
  /** Bins or cells whose score is moved, the missing value and unseen levels among them; a straight line counts as one. */
  readonly bins: number
}

/** A term after an edit. */
export interface EditedTerm extends ScoreMoves {
  /** The term itself where nothing changes. */
  readonly term: BinnedTerm
  /** What was taken out of the term and belongs to the intercepts, by output. */
  readonly means: readonly number[]
  /** The edit with its direction settled. */
  readonly edit: CurveEdit
}

/** A verb done on a surface whose bins are still those before, so that both can be compared cell by cell. */
interface Step {
  readonly surface: Surface
  readonly edit: CurveEdit
  /** Those that hold now, if the scores bear them out. */
  readonly directions: (Direction | undefined)[]
  readonly merge?: BinsToMerge
}

/**
 * Edits the curve of a term. Where scores move, the mean over the training rows is taken out again, so that what the
 * edit leaves alone changes by a constant which the intercept gets; importance is reckoned anew, and its interval leaves
 * but for a scale of all outputs, which scales it. A direction stays where it still holds to the last bit.
 */
export function editBinnedTerm(term: BinnedTerm, edit: CurveEdit, outputs: readonly number[]): EditedTerm | Refusal {
  const before = openSurface(term)
  const step = takeStep(before, edit, outputs)
  if (isRefusal(step)) return step
  const moves = measureMoves(before, step.surface)
  const moved = moves.bins > 0
  const means = centreSurface(step.surface, movedOutputs(before, step.surface))
  const merged = step.merge ? mergeBins({ ...step.merge, surface: step.surface }) : moved ? step.surface : before
  const surface = keepDirections(merged, step.directions)
  if (!hasFiniteCurves(surface)) return refuse('edit-not-valid', 'the edit makes a score larger than a number can be')
  const result = { means, edit: step.edit, ...moves }
  if (moved) return { term: closeSurface(surface, term, importanceAfter(surface, term, { edit, outputs })), ...result }
  const same = surface.weight.length === before.weight.length && surface.axes.every(({ monotone }, at) => monotone === before.axes[at]?.monotone)
  return { term: same ? term : closeSurface(surface, term, term), ...result }
}

function hasFiniteCurves({ scores, deviation, lower, upper }: Surface): boolean {
  return [...scores, ...deviation, ...(lower ?? []), ...(upper ?? [])].every((values) => values.every((value) => Number.isFinite(value)))
}

function importanceAfter(surface: Surface, term: BinnedTerm, { edit, outputs }: { readonly edit: CurveEdit; readonly outputs: readonly number[] }): Importance {
  const importance = importanceOf(surface)
  const { importanceInterval: interval } = term
  if (interval === undefined || edit.verb !== 'scale' || outputs.length < term.scores.length) return { importance }
  const size = Math.abs(edit.factor)
  return { importance, importanceInterval: [interval[0] * size, interval[1] * size] }
}

function takeStep(before: Surface, edit: CurveEdit, outputs: readonly number[]): Step | Refusal {
  const directions = directionsOf(before)
  const plain = (surface: Surface | Refusal): Step | Refusal => (isRefusal(surface) ? surface : { surface, edit, directions })
  switch (edit.verb) {
    case 'monotonise':
      return monotoniseStep(before, edit)
    case 'flatten':
      return plain(flattenSurface(before, edit, outputs))
    case 'smooth':
      return plain(smoothSurface(before, edit, outputs))
    case 'cap':
      return plain(capSurface(before, edit, outputs))
    case 'scale': {
      const turned = edit.factor < 0 ? directions.map((direction) => direction && oppositeOf(direction)) : directions
      return { surface: scaleSurface(before, edit.factor, outputs), edit, directions: turned }
    }
    case 'merge-bins': {
      const merge = equaliseBins(before, edit)
      return isRefusal(merge) ? merge : { surface: merge.surface, edit, directions, merge }
    }
  }
}

function monotoniseStep(before: Surface, edit: MonotoniseEdit): Step | Refusal {
  const bent = monotoniseSurface(before, edit)
  if (isRefusal(bent)) return bent
  const { surface, direction } = bent
  const along = edit.along ?? before.axes[0]?.feature
  // Where only a part was bent, what held before may still hold.
  const directions = before.axes.map(({ feature, monotone }, at) => (feature === along && goesOneWay(surface, at, direction) ? direction : monotone))
  return { surface, edit: { ...edit, direction }, directions }
}

function movedOutputs(before: Surface, after: Surface): number[] {
  return [...before.scores.keys()].filter((k) => before.scores[k]?.some((score, cell) => score !== after.scores[k]?.[cell]))
}

/** Compares two surfaces with the same cells. */
export function measureMoves(before: Surface, after: Surface): ScoreMoves {
  const { weight, scores } = before
  let [sum, rows, bins, total] = [0, 0, 0, 0]
  for (let cell = 0; cell < weight.length; cell++) {
    const held = elementAt(weight, cell)
    let change = 0
    for (const [k, curve] of scores.entries()) change += Math.abs(elementAt(elementAt(after.scores, k), cell) - elementAt(curve, cell))
    total += held
    sum += held * change
    if (change === 0) continue
    rows += held
    bins++
  }
  return { meanAbsoluteChange: total === 0 ? 0 : sum / (total * scores.length), rows, bins }
}
