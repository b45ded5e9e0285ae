import type { GridShape } from '#ml/shapes'
import type { GridSlot } from '#ml/grid-axis'
import type { GridChart, GridSide } from './charts.ts'
import { numberText, percentFigure, shortText } from './figure.ts'

/** What is drawn of a term of two columns; of several classes, the one that it moves most. */
export function gridChart(shape: GridShape, outputs: readonly string[]): GridChart {
  const output = strongestOutput(shape)
  const of = outputs.length === 0 ? '' : ` · ${outputs[output] ?? ''}`
  const caption = `${numberText(shape.importance, shape.importance >= 100 ? 0 : 3)} · ${percentFigure(shape.share).text}${of}`
  const [first, second] = shape.axes
  // Names of levels need the room at the left; numbers can stand below.
  const turned = hasLevels(first.slots) && !hasLevels(second.slots)
  const width = second.slots.length
  const cells = (shape.scores[output] ?? []).map((score, cell) => ({ score, rows: shape.weight[cell] ?? 0, first: Math.floor(cell / width), second: cell % width }))
  const across = sideOf(turned ? second : first, (slot) => cells.some((cell) => cell.rows > 0 && (turned ? cell.second : cell.first) === slot))
  const down = sideOf(turned ? first : second, (slot) => cells.some((cell) => cell.rows > 0 && (turned ? cell.first : cell.second) === slot))
  const placed = down.kept.map((row) =>
    across.kept.map((column) => {
      const cell = cells[turned ? row * width + column : column * width + row]
      return { score: cell?.score ?? 0, rows: cell?.rows ?? 0 }
    }),
  )
  const strongest = cells.reduce((most, { score, rows }) => (rows > 0 ? Math.max(most, Math.abs(score)) : most), 0)
  return { kind: 'grid', feature: shape.name, caption, across: across.side, down: down.side, cells: placed, strongest }
}

/** The charts with colours that mean the same in all of them. */
export function onOneStrength(charts: readonly GridChart[]): GridChart[] {
  const strongest = charts.reduce((most, chart) => Math.max(most, chart.strongest), 0)
  return charts.map((chart) => ({ ...chart, strongest }))
}

/** The output whose cells lie furthest from 0 in the mean over the training rows. */
function strongestOutput({ scores, weight }: GridShape): number {
  const moved = scores.map((cells) => cells.reduce((sum, score, cell) => sum + Math.abs(score) * (weight[cell] ?? 0), 0))
  return Math.max(0, moved.indexOf(Math.max(...moved)))
}

function hasLevels(slots: readonly GridSlot[]): boolean {
  return slots.some(({ kind }) => kind === 'levels' || kind === 'unseen')
}

/** A slot for missing or unseen values is drawn only where training had such rows. */
function sideOf({ feature, slots }: GridShape['axes'][0], hasRows: (slot: number) => boolean): { side: GridSide; kept: number[] } {
  const isApart = ({ kind }: GridSlot): boolean => kind === 'missing' || kind === 'unseen'
  const all = slots.map((slot, i) => ({ slot, i })).filter(({ slot, i }) => !isApart(slot) || hasRows(i))
  const ordered = [...all.filter(({ slot }) => !isApart(slot)), ...all.filter(({ slot }) => isApart(slot))]
  return { side: { feature, slots: ordered.map(({ slot }) => ({ name: slotName(slot), apart: isApart(slot), to: slot.kind === 'range' ? slot.to : null })) }, kept: ordered.map(({ i }) => i) }
}

function slotName(slot: GridSlot): string {
  switch (slot.kind) {
    case 'missing':
      return 'missing'
    case 'unseen':
      return 'never seen'
    case 'levels': {
      const [first = '', ...more] = slot.levels
      return more.length === 0 ? first : `${first} + ${more.length} more`
    }
    case 'range':
      if (slot.from === null) return slot.to === null ? 'every number' : `up to ${shortText(slot.to)}`
      return slot.to === null ? `above ${shortText(slot.from)}` : `${shortText(slot.from)} to ${shortText(slot.to)}`
  }
}
