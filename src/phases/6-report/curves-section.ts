import type { Shape } from '#ml/shapes'
import type { Block, LegendEntry } from './blocks.ts'
import type { Chart } from './charts.ts'
import { countText, shortText } from './figure.ts'
import { gridChart, onOneStrength } from './grid-chart.ts'
import type { Material } from './material.ts'
import { mostOutputs, onOneRange, termChart } from './term-chart.ts'

/** A chart of each term, the most important first: curves on one range of scores, grids in one scale of colours. */
export function curvesSection(material: Material, maxFeatures: number): Block[] {
  const { shapes, scorer, trained } = material
  if (shapes.length === 0) return [{ kind: 'paragraph', text: `${trained.trainer_title}: it has no curves, since it adds up no terms.` }]
  const drawn = shapes.slice(0, maxFeatures)
  const outputs = scorer.model.classes !== undefined && trained.task === 'multiclass' ? scorer.model.classes : []
  const { charts, strongest } = chartsOf(drawn, material, outputs)
  const left = shapes.length - drawn.length
  const notes = [
    'All curves share one scale of scores, so that one that looks flat adds little. The outermost steps go on to the ends of their column.',
    ...(strongest > 0 ? [`In grids of two columns, the full colour stands for ${shortText(strongest)} either way; a hatched cell had no training row.`] : []),
    ...(outputs.length > mostOutputs ? [`The first ${mostOutputs} of ${outputs.length} classes are drawn.`] : []),
    ...(outputs.length > 0 && strongest > 0 ? ['A grid shows the class that it moves most, which is named beside it.'] : []),
    ...(left > 0 ? [`${countText(left, 'term')} of less importance not drawn.`] : []),
  ]
  return [{ kind: 'paragraph', text: scaleText(material) }, { kind: 'charts', charts, legend: legendOf(drawn, outputs), note: notes.join(' ') }]
}

function chartsOf(drawn: readonly Shape[], { profile, featured, labelled }: Material, outputs: readonly string[]): { charts: Chart[]; strongest: number } {
  const setting = { outputs: outputs.slice(0, mostOutputs), profile, columns: (featured ?? labelled).features }
  const curves = onOneRange(drawn.flatMap((shape) => (shape.kind === 'pair' ? [] : [termChart(shape, setting)])))
  const grids = onOneStrength(drawn.flatMap((shape) => (shape.kind === 'pair' ? [gridChart(shape, outputs)] : [])))
  // Each in the order of the shapes.
  const charts = drawn.flatMap(({ kind }): Chart[] => (kind === 'pair' ? grids.splice(0, 1) : curves.splice(0, 1)))
  return { charts, strongest: charts.reduce((most, chart) => (chart.kind === 'grid' ? Math.max(most, chart.strongest) : most), 0) }
}

/** Trees have no curves of their own; what is drawn is what they expect of one column alone. */
const dependence =
  'What the trees expect of each value where no other column is known (partial dependence); 0 is what they expect of a row of which nothing is known. Columns act together, so the curves do not add up to the score.'

function scaleText({ scorer, trained }: Material): string {
  const added = scorer.model.forest === undefined ? 'How much each value adds to the score; 0 is the average training row.' : dependence
  switch (scorer.model.link) {
    case 'logit':
      return `${added} In log-odds of "${trained.positive ?? ''}": +0.69 doubles the odds, −0.69 halves them.`
    case 'softmax':
      return `${added} In log of class weights, one line a class.`
    case 'log':
      return `${added} In logarithms of "${trained.label}": +0.1 multiplies the prediction by 1.11.`
    case 'identity':
      return `${added} In units of "${trained.label}".`
  }
}

function legendOf(drawn: readonly Shape[], outputs: readonly string[]): LegendEntry[] {
  const curves = drawn.flatMap((shape) => (shape.kind === 'pair' ? [] : [shape]))
  const banded = curves.some(({ points }) => points.some(({ lower }) => lower !== undefined))
  const bagged = curves.some(({ points }) => points.some(({ deviation }) => deviation.some((one) => one > 0)))
  const stepped = drawn.some(({ kind }) => kind === 'numeric')
  const several = outputs.length > 0
  const byClass = outputs.slice(0, mostOutputs).map((name, i): LegendEntry => ({ mark: `class-${i}`, text: name }))
  const band = banded ? '95 % band, bootstrapped over the bags' : '± 1 standard deviation over the bags (not a 95 % interval)'
  return [
    ...byClass,
    ...(several && curves.length === drawn.length ? [] : [{ mark: 'raises', text: 'raises the score' } as const, { mark: 'lowers', text: 'lowers it' } as const]),
    ...((banded || bagged) && !several ? [{ mark: 'band', text: band } as const] : []),
    ...(stepped ? [{ mark: 'density', text: 'training rows' } as const] : []),
    { mark: 'hatch', text: 'fewer than 25 training rows' },
    { mark: 'apart', text: 'missing or never seen' },
  ]
}
