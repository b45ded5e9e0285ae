import type { Block, Cell, Fact } from './blocks.ts'
import type { Reliability } from './evaluation-schema.ts'
import { figure, percentFigure } from './figure.ts'
import type { Material } from './material.ts'

/** What was said against what came true, with counts. */
export function calibrationSection({ evaluation, trained }: Material): Block[] {
  const { reliability, calibration } = evaluation
  if (reliability === null || reliability === undefined) return [{ kind: 'missing', text: 'Not provided: the evaluation holds no probabilities.' }]
  const of = trained.task === 'binary' ? `the probability of "${trained.positive ?? ''}"` : 'the probability of the class that was called'
  const tried = (calibration.candidates ?? []).map(({ kind, text }) => `${kind}: ${text}`)
  return [
    { kind: 'paragraph', text: `Sealed rows in groups of similar size by ${of}: where the points lie on the diagonal, what was said came true as often as it was said.` },
    {
      kind: 'charts',
      charts: [{ kind: 'reliability', title: 'Said and come true', bins: reliability.bins.map(({ rows, mean_probability, rate, low, high }) => ({ rows, mean: mean_probability, rate, low, high })) }],
      legend: [
        { mark: 'diagonal', text: 'perfect' },
        { mark: 'whisker', text: '95 % interval (Wilson)' },
        { mark: 'density', text: 'rows' },
      ],
      note: '',
    },
    { kind: 'facts', facts: reliabilityFacts(reliability) },
    binTable(reliability),
    ...(tried.length === 0 ? [] : [{ kind: 'heading', text: 'Calibrations that were tried, out of fold' } as const, { kind: 'list', items: tried } as const]),
  ]
}

function reliabilityFacts({ expected_error, slope, intercept }: Reliability): Fact[] {
  const facts: (readonly [string, number | null | undefined])[] = [
    ['Mean distance of probability and share (expected calibration error)', expected_error],
    ['Calibration slope (1 is perfect)', slope],
    ['Calibration intercept (0 is perfect)', intercept],
  ]
  return facts.map(([label, value]) => ({ label, value: value === null || value === undefined ? null : figure(value, { decimals: 4 }) }))
}

function binTable({ bins }: Reliability): Block {
  return {
    kind: 'table',
    title: 'The same in numbers',
    columns: [
      { title: 'Rows', align: 'right' },
      { title: 'Said, on average', align: 'right' },
      { title: 'Came true', align: 'right' },
      { title: '95 % from', align: 'right' },
      { title: 'to', align: 'right' },
    ],
    rows: bins.map(({ rows, mean_probability, rate, low, high }): Cell[] => [figure(rows), ...[mean_probability, rate, low, high].map(percentFigure)]),
  }
}
