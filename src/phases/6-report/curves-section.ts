import type { CurveShape } from '#ml/shapes'
import type { Block, LegendEntry } from './blocks.ts'
import { countText } from './figure.ts'
import type { Material } from './material.ts'
import { mostOutputs, onOneRange, termChart } from './term-chart.ts'

/** A chart of each term, the most important first, all on one range of scores. */
export function curvesSection(material: Material, maxFeatures: number): Block[] {
  const { shapes, scorer, trained } = material
  if (shapes.length === 0) return [{ kind: 'paragraph', text: `${trained.trainer_title}: it has no curves, since it adds up no terms.` }]
  const drawn = shapes.flatMap((shape) => (shape.kind === 'pair' ? [] : [shape])).slice(0, maxFeatures)
  const outputs = scorer.model.classes !== undefined && trained.task === 'multiclass' ? scorer.model.classes : []
  const charts = onOneRange(drawn.map((shape) => termChart(shape, { outputs: outputs.slice(0, mostOutputs), profile: material.profile, columns: (material.featured ?? material.labelled).features })))
  const left = shapes.length - drawn.length
  const notes = [
    'All charts share one scale of scores, so that a curve that looks flat adds little. The outermost steps go on to the ends of their column.',
    ...(outputs.length > mostOutputs ? [`The first ${mostOutputs} of ${outputs.length} classes are drawn.`] : []),
    ...(left > 0 ? [`${countText(left, 'term')} of less importance not drawn.`] : []),
  ]
  return [{ kind: 'paragraph', text: scaleText(material) }, { kind: 'charts', charts, legend: legendOf(drawn, outputs), note: notes.join(' ') }]
}

function scaleText({ scorer, trained }: Material): string {
  const added = 'How much each value adds to the score; 0 is the average training row.'
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

function legendOf(drawn: readonly CurveShape[], outputs: readonly string[]): LegendEntry[] {
  const bagged = drawn.some(({ points }) => points.some(({ deviation }) => deviation.some((one) => one > 0)))
  const stepped = drawn.some(({ kind }) => kind === 'numeric')
  const several = outputs.length > 0
  const byClass = outputs.slice(0, mostOutputs).map((name, i): LegendEntry => ({ mark: `class-${i}`, text: name }))
  return [
    ...byClass,
    ...(several ? [] : [{ mark: 'raises', text: 'raises the score' } as const, { mark: 'lowers', text: 'lowers it' } as const]),
    ...(bagged && !several ? [{ mark: 'band', text: '± 1 standard deviation over the bags (not a 95 % interval)' } as const] : []),
    ...(stepped ? [{ mark: 'density', text: 'training rows' } as const] : []),
    { mark: 'hatch', text: 'fewer than 25 training rows' },
    { mark: 'apart', text: 'missing or never seen' },
  ]
}
