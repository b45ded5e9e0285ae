import { describe, expect, test } from 'vitest'
import { axis } from './axis.ts'
import type { Chart, CurveChart, LevelsChart } from './charts.ts'
import { drawChart } from './draw-chart.ts'
import { htmlBlock } from './html-blocks.ts'

function curve(steps: number, more: Partial<CurveChart> = {}): CurveChart {
  const made = Array.from({ length: steps }, (_, i) => ({
    from: i === 0 ? null : i,
    to: i === steps - 1 ? null : i + 1,
    scores: [Math.sin(i / 9) * (1 + (i % 7) / 50)],
    deviation: [0.05 + (i % 5) / 100],
    rows: 10 + ((i * 37) % 90),
  }))
  return { kind: 'curve', feature: 'speed', caption: '0.5', outputs: [], range: [-2, 2], apart: [], steps: made, domain: [0, steps], whole: false, scale: 'linear', fewest: 25, ...more }
}

const levels: LevelsChart = {
  kind: 'levels', feature: 'colour', caption: '', outputs: [], range: [-1, 1], fewest: 25,
  levels: [
    { name: '<red> & "blue"', scores: [0.5], deviation: [0.1], rows: 90 },
    { name: 'green', scores: [-0.4], deviation: [0.1], rows: 3 },
  ],
  apart: [{ name: 'missing', scores: [0.1], rows: 7 }],
}

const count = (chart: Chart, pattern: RegExp): number => drawChart(chart).text.match(pattern)?.length ?? 0

describe('a curve', () => {
  test('is a line in steps with its band, the rows below it, and what is missing beside it', () => {
    const chart = curve(4, { apart: [{ name: 'missing', scores: [0.4], rows: 12 }] })
    const svg = drawChart(chart).text
    expect(svg).toMatch(/<path class="line" d="M[\d.]+ [\d.]+H[\d.]+(V[\d.]+H[\d.]+){3}"\/>/)
    expect(count(chart, /class="band"/g)).toBe(1)
    expect(count(chart, /class="density"/g)).toBe(1)
    expect(svg).toContain('>missing</text>')
    expect(svg).toContain('>12</text>')
  })

  test('hatches only the steps that few rows stand behind, neighbours as one', () => {
    const steps = [40, 3, 4, 50, 2].map((rows, i) => ({ from: i === 0 ? null : i, to: i === 4 ? null : i + 1, scores: [i / 9], deviation: [0], rows }))
    expect(count(curve(5, { steps }), /class="hatch"/g)).toBe(2)
  })

  test('shows the 95 % band where the model has one, and a deviation to both sides otherwise', () => {
    const step = { from: null, to: null, scores: [1], deviation: [0.5], rows: 40 }
    const heights = (more: object): number[] => {
      const [, path = ''] = /class="band" d="([^"]+)"/u.exec(drawChart(curve(1, { steps: [{ ...step, ...more }] })).text) ?? []
      return [...path.matchAll(/[ V]([\d.]+)H/gu)].map(([, place]) => Number(place))
    }
    // The range from -2 to 2 lies between the heights 150 and 8.
    expect(heights({})).toEqual([25.8, 61.3])
    expect(heights({ lower: [0], upper: [2] })).toEqual([8, 79])
  })

  test('never leaves its frame, however wide its band is', () => {
    const steps = [{ from: null, to: 1, scores: [0], deviation: [1e9], rows: 1 }, { from: 1, to: null, scores: [99], deviation: [1], rows: 1 }]
    const places = [...drawChart(curve(2, { steps, domain: [0, 2] })).text.matchAll(/[MVHL](-?[\d.]+)/g)].map(([, place]) => Number(place))
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...places)).toBeLessThanOrEqual(360)
  })
})

test('levels are bars to both sides of zero; names are text, and few rows are hatched', () => {
  const svg = drawChart(levels).text
  expect(svg).toContain('&lt;red&gt; &amp; &quot;blue&quot;')
  expect(count(levels, /class="raises"/g)).toBe(1)
  expect(count(levels, /class="lowers"/g)).toBe(1)
  expect(count(levels, /class="apart-fill"/g)).toBe(1)
  expect(count(levels, /class="hatch"/g)).toBe(2)
})

test('the same chart is drawn the same, byte by byte', () => {
  expect(drawChart(curve(50)).text).toBe(drawChart(curve(50)).text)
})

test('sixty curves of the most steps stay below 3 MB', () => {
  const { text } = htmlBlock({ kind: 'charts', charts: Array.from({ length: 60 }, () => curve(254)), legend: [], note: '' }, '/sections/0/blocks/0')
  expect(text.match(/<svg/g)).toHaveLength(60)
  expect(text.length).toBeLessThan(2_500_000)
})

test.each([
  [[0, 1], 5, ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
  [[-3.2, 2.9], 4, ['−2', '0', '2']],
  [[0, 98_000], 4, ['0', '50k']],
  [[0.00012, 0.00019], 4, ['0.00012', '0.00014', '0.00016', '0.00018']],
] as const)('an axis over %j has round ticks', (domain, ticks, texts) => {
  expect(axis({ domain, span: [0, 100], ticks }).ticks.map(({ text }) => text)).toEqual(texts)
})
