import type { Block, Cell } from './blocks.ts'
import { countText, decimalsFor, figure } from './figure.ts'
import type { Material } from './material.ts'
import { inMetricOrder, metricFacts } from './metric-facts.ts'

/** Groups of sealed rows on which the model does distinguishably worse than on all others. */
export function segmentsSection({ evaluation }: Material): Block[] {
  const { segments } = evaluation
  if (segments === null || segments === undefined) return [{ kind: 'missing', text: 'Not provided: the evaluation of the training phase looked for no segments; a retrain measures them.' }]
  const looked = `${countText(segments.compared, 'segment')} of at least 30 rows compared over ${countText(segments.rows, 'sealed row')}, by one column or two.`
  const [first] = segments.segments
  if (first === undefined) return [{ kind: 'paragraph', text: `${looked} On none of them is the ${segments.loss} distinguishably larger than on all other rows, with chance findings held at 5 %.` }]
  const names = inMetricOrder(Object.keys(segments.metrics)).slice(0, 3)
  const decimals = decimalsFor(segments.segments.flatMap(({ loss, other_loss }) => [loss, other_loss]))
  const rows = segments.segments.map(({ name, rows: inSegment, loss, other_loss, difference, metrics }): Cell[] => [
    { code: name },
    figure(inSegment),
    figure(loss, { decimals }),
    figure(other_loss, { decimals }),
    { figure: figure(difference.value, { decimals }), interval: [figure(difference.low, { decimals }), figure(difference.high, { decimals })] },
    ...names.map((metric) => measuredOr(metrics[metric])),
  ])
  const all: Cell[] = ['All sealed rows', figure(segments.rows), null, null, null, ...names.map((metric) => measuredOr(segments.metrics[metric]))]
  const left = segments.found - segments.segments.length
  return [
    { kind: 'paragraph', text: `${looked} ${countText(segments.found, 'segment')} stand${segments.found === 1 ? 's' : ''} out, with chance findings held at 5 %${left > 0 ? `; the ${segments.segments.length} that cost most are shown` : ''}.` },
    {
      kind: 'table',
      title: `Where the ${segments.loss} is largest`,
      columns: [{ title: 'Segment', align: 'left' }, ...['Rows', `Mean ${segments.loss}`, 'of other rows', 'Difference', ...names.map((name) => metricFacts(name).title)].map((title) => ({ title, align: 'right' as const }))],
      rows: [...rows, all],
      note: 'Difference with its 95 % interval (Welch). Segments overlap.',
    },
  ]
}

function measuredOr(value: number | undefined): Cell {
  return value === undefined ? null : figure(value, { decimals: decimalsFor([value]) })
}
