import { describe, expect, test } from 'vitest'
import type { Model, PairTerm } from '#ml/model'
import { type GridShape, shapes } from '#ml/shapes'
import { chartTable } from './chart-table.ts'
import { drawChart } from './draw-chart.ts'
import { gridChart, onOneStrength } from './grid-chart.ts'
import { htmlBlock } from './html-blocks.ts'

function shapeOf(term: Partial<PairTerm>, outputs = 1): GridShape {
  const pair: PairTerm = {
    kind: 'pair',
    axes: [
      { kind: 'category', feature: 'city', levels: ['Bern', 'Oslo', 'Rome'], slots: [1, 2, 2], unseen: 3, size: 4 },
      { kind: 'numeric', feature: 'age', edges: [30, 60] },
    ],
    // By city (missing, Bern, Oslo and Rome, unseen) and age (missing, up to 30, up to 60, above).
    scores: Array.from({ length: outputs }, (_, k) => [9, 0, 0, 0, 0, 0.5, -0.25, 0, 0, -1, 0.1, 0.2, 0, 0, 0, 7].map((score) => score * (k + 1))),
    deviation: [],
    weight: [0, 0, 0, 0, 2, 50, 60, 70, 0, 40, 0, 30, 0, 0, 0, 0],
    importance: 0.3,
    ...term,
  }
  const model: Model = { format: 'signalbox-model', version: 2, trainer: 'glassbox', task: 'regression', link: 'identity', intercepts: [0], terms: [pair], training: { rows: 1, seed: 1 } }
  const [shape] = shapes(model)
  if (shape?.kind !== 'pair') throw new Error('expected a grid')
  return shape
}

describe('a term of two columns', () => {
  test('is a grid with its levels down, its numbers across, and what is missing at the end where training had any', () => {
    const chart = gridChart(shapeOf({}), [])
    expect(chart.feature).toBe('city × age')
    expect(chart.down.slots.map(({ name }) => name)).toEqual(['Bern', 'Oslo + 1 more'])
    expect(chart.across.slots.map(({ name, apart }) => [name, apart])).toEqual([['up to 30', false], ['30 to 60', false], ['above 60', false], ['missing', true]])
    expect(chart.cells.map((row) => row.map(({ score, rows }) => [score, rows]))).toEqual([
      [[0.5, 50], [-0.25, 60], [0, 70], [0, 2]],
      [[-1, 40], [0.1, 0], [0.2, 30], [0, 0]],
    ])
  })

  test('of two numbers has the first across', () => {
    const axes: PairTerm['axes'] = [{ kind: 'numeric', feature: 'age', edges: [30] }, { kind: 'numeric', feature: 'dose', edges: [1, 2] }]
    const chart = gridChart(shapeOf({ axes, scores: [[0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6]], weight: [0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1] }), [])
    expect([chart.across.feature, chart.down.feature]).toEqual(['age', 'dose'])
    expect(chart.cells.map((row) => row.map(({ score }) => score))).toEqual([[1, 4], [2, 5], [3, 6]])
  })

  test('is coloured by its scores, as strong as the furthest that a training row has; a cell without rows is hatched', () => {
    const chart = gridChart(shapeOf({}), [])
    expect(chart.strongest).toBe(1)
    const svg = drawChart(chart).text
    expect(svg.match(/class="raises" fill-opacity="0.5"/g)).toHaveLength(1)
    expect(svg.match(/class="lowers" fill-opacity="1"/g)).toHaveLength(1)
    expect(svg.match(/class="hatch"/g)).toHaveLength(2)
    expect(svg).toContain('Oslo + 1 more')
    expect(onOneStrength([chart, { ...chart, strongest: 4 }]).map(({ strongest }) => strongest)).toEqual([4, 4])
  })

  test('shows of several classes the one that it moves most, and names it', () => {
    const chart = gridChart(shapeOf({}, 3), ['a', 'b', 'c'])
    expect(chart.caption).toContain('· c')
    expect(chart.cells[0]?.[0]?.score).toBe(1.5)
  })

  test('is told as a table by the cells that move most, names as text', () => {
    const table = chartTable(gridChart(shapeOf({}), []))
    expect(table.columns.map(({ title }) => title)).toEqual(['age', 'city', 'Score', 'Rows'])
    expect(table.rows[0]).toMatchObject([{ code: 'up to 30' }, { code: 'Oslo + 1 more' }, { value: -1 }, { value: 40 }])
    expect(table.rows).toHaveLength(6)
    const hostile = shapeOf({ axes: [{ kind: 'category', feature: '<b>', levels: ['<i>'], slots: [1], unseen: 1, size: 2 }, { kind: 'category', feature: 'x', levels: [], slots: [], unseen: 1, size: 2 }], scores: [[0, 0, 0, 1]], weight: [1, 1, 1, 1] })
    expect(drawChart(gridChart(hostile, [])).text).not.toMatch(/<[bi]>/)
  })

  test('stays in its frame with as many slots as there may be, and ten such grids stay near 1 MB', () => {
    const edges = Array.from({ length: 30 }, (_, i) => i * 1000.5)
    const axes = [{ kind: 'numeric', feature: 'a', edges }, { kind: 'numeric', feature: 'b', edges }] as const
    const scores = Array.from({ length: 1024 }, (_, i) => Math.sin(i))
    const chart = gridChart(shapeOf({ axes, scores: [scores], weight: scores.map(() => 5) }), [])
    const svg = drawChart(chart).text
    const [, width = 0, height = 0] = (/viewBox="0 0 (\d+) ([\d.]+)"/u.exec(svg) ?? []).map(Number)
    for (const [, x, y, wide, high] of svg.matchAll(/ x="(-?[\d.]+)" y="(-?[\d.]+)" width="([\d.]+)" height="([\d.]+)"/gu)) {
      expect(Number(x) + Number(wide)).toBeLessThanOrEqual(width + 0.5)
      expect(Number(y) + Number(high)).toBeLessThanOrEqual(height)
    }
    const small = gridChart(shapeOf({ axes, scores: [scores], weight: scores.map(() => 5) }), [])
    expect(htmlBlock({ kind: 'charts', charts: Array.from({ length: 10 }, () => small), legend: [], note: '' }, '/sections/0/blocks/0').text.length).toBeLessThan(1_200_000)
  })
})
