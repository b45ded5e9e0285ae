import type { CurveShapeAnswer, GridShapeAnswer, ModelEvidenceAnswer } from '#sdk/client'
import { type ApartSlot, scoreDomain, type ScoreScale, type ShapeLevel, type ShapeStep } from './shape-data.ts'
import { plain } from '#studio/lib/numbers.ts'
import type { Domain } from '#studio/lib/scales.ts'

export type AnyShape = CurveShapeAnswer | GridShapeAnswer

export function isCurve(shape: AnyShape): shape is CurveShapeAnswer {
  return shape.kind !== 'pair'
}

export function scaleOfLink({ link }: Pick<ModelEvidenceAnswer, 'link'>): ScoreScale {
  return link === 'identity' ? 'value' : link === 'log' ? 'log' : 'log-odds'
}

/** The steps of a number for one output; the line of a linear model is drawn where most of its values lie, with no rows of its own. */
export function stepsOf(shape: CurveShapeAnswer, output: number): ShapeStep[] {
  if (shape.line !== null) return lineSteps(shape.line, output)
  return shape.steps.map(({ from, to, scores, lower, upper, rows }) => ({ from, to, score: scores[output] ?? 0, low: lower?.[output] ?? null, high: upper?.[output] ?? null, rows }))
}

const linePieces = 40

function lineSteps({ slope, mean, shift, deviation }: NonNullable<CurveShapeAnswer['line']>, output: number): ShapeStep[] {
  const [low, width] = [mean - 2.5 * deviation, (5 * deviation) / linePieces]
  return Array.from({ length: linePieces }, (_, index) => {
    const from = low + index * width
    return { from, to: from + width, score: (slope[output] ?? 0) * (from + width / 2 - mean) + (shift[output] ?? 0), low: null, high: null, rows: Number.NaN }
  })
}

export function levelsOf(shape: CurveShapeAnswer, output: number): ShapeLevel[] {
  return shape.steps.map(({ levels, scores, lower, upper, rows }) => ({ levels, score: scores[output] ?? 0, low: lower?.[output] ?? null, high: upper?.[output] ?? null, rows }))
}

export function apartOf({ missing, unseen }: CurveShapeAnswer, output: number): ApartSlot[] {
  const slots: ApartSlot[] = [{ name: 'missing', score: missing.scores[output] ?? 0, rows: missing.rows }]
  return unseen === null ? slots : [...slots, { name: 'unseen', score: unseen.scores[output] ?? 0, rows: unseen.rows }]
}

interface Scored {
  readonly score: number
}

/** The one range of scores that all terms of a model are drawn in. */
export function domainOfModel(shapes: readonly AnyShape[], output: number): Domain {
  const parts = shapes.flatMap((shape): Scored[] => (isCurve(shape) ? stepsOf(shape, output) : (shape.scores[output] ?? []).map((score) => ({ score }))))
  return scoreDomain(parts)
}

type Slot = GridShapeAnswer['axes'][number]['slots'][number]

export function slotName(slot: Slot): string {
  if (slot.kind === 'missing' || slot.kind === 'unseen') return slot.kind
  if (slot.kind === 'levels') return slot.levels.map((level) => (level === '' ? '(empty)' : level)).join(', ')
  if (slot.from === null) return slot.to === null ? 'any' : `≤ ${plain(slot.to)}`
  return slot.to === null ? `> ${plain(slot.from)}` : `${plain(slot.from)} to ${plain(slot.to)}`
}

export interface DrawnGrid {
  readonly rows: { readonly feature: string; readonly slots: readonly string[] }
  readonly columns: { readonly feature: string; readonly slots: readonly string[] }
  readonly scores: readonly number[]
  readonly weights: readonly number[]
}

/** The cells of a pair for one output, without rows and columns of missing or unseen values that no training row has. */
export function gridOf({ axes: [down, across], scores, rows }: GridShapeAnswer, output: number): DrawnGrid {
  const many = across.slots.length
  const rowsOf = (cells: readonly number[]) => cells.reduce((sum, cell) => sum + (rows[cell] ?? 0), 0)
  const isShown = (slot: Slot, cells: readonly number[]) => (slot.kind !== 'missing' && slot.kind !== 'unseen') || rowsOf(cells) > 0
  const kept = [...down.slots.keys()].filter((row) => isShown(down.slots[row] as Slot, [...across.slots.keys()].map((column) => row * many + column)))
  const columns = [...across.slots.keys()].filter((column) => isShown(across.slots[column] as Slot, [...down.slots.keys()].map((row) => row * many + column)))
  const cells = kept.flatMap((row) => columns.map((column) => row * many + column))
  return {
    rows: { feature: down.feature, slots: kept.map((row) => slotName(down.slots[row] as Slot)) },
    columns: { feature: across.feature, slots: columns.map((column) => slotName(across.slots[column] as Slot)) },
    scores: cells.map((cell) => scores[output]?.[cell] ?? 0),
    weights: cells.map((cell) => rows[cell] ?? 0),
  }
}
