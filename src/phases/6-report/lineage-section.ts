import { compilePipeline } from '#steps/compile-pipeline'
import { pipelineLineage } from '#steps/pipeline-graph'
import type { Block, Cell } from './blocks.ts'
import { figure, namesText } from './figure.ts'
import type { Material } from './material.ts'

/** From each input of the model back to the columns of the file, with the steps on the way and the terms that read it. */
export function lineageSection({ scorer, shapes }: Material): Block[] {
  const { spec, columns, state } = scorer.pipeline
  const pipeline = compilePipeline(spec, columns, state)
  if (!pipeline.ok) return [{ kind: 'missing', text: `Not provided: the pipeline of this model cannot be followed (${pipeline.refusal.message})` }]
  const ways = pipelineLineage(pipeline.value)
  const rows = scorer.features.map(({ name, type }): Cell[] => {
    const from = ways.filter(({ to }) => to === name)
    const steps = [...new Set(from.flatMap((way) => way.steps.map(({ text }) => text)))]
    const terms = shapes.filter((shape) => (shape.kind === 'pair' ? shape.features.includes(name) : shape.feature === name))
    return [{ code: name }, type, namesText(from.map((way) => way.from), 6), steps.length === 0 ? 'unchanged' : steps.join('; '), figure(terms.length)]
  })
  return [
    {
      kind: 'table',
      title: 'From the columns of the file to the model',
      columns: [...['Input of the model', 'Type', 'Made from', 'By'].map((title) => ({ title, align: 'left' as const })), { title: 'Terms that read it', align: 'right' as const }],
      rows,
      note: 'Read off the steps that run at training and at prediction alike; steps with fitted state learnt it from training rows.',
    },
  ]
}
