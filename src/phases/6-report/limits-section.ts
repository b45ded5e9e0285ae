import { z } from 'zod'
import type { Block } from './blocks.ts'
import { chosenOptions } from './chosen-options.ts'
import type { Material } from './material.ts'

const sentences = z.array(z.string()).catch([])

const phaseTitles: Readonly<Record<string, string>> = {
  data_preparation: 'Data preparation',
  label_selection: 'Label',
  feature_engineering: 'Features',
  model_training: 'Training',
  model_deployment: 'Deployment',
}

/** Phases whose notes are about the model; those of the others say what was looked at and found in order. */
const modelPhases: readonly string[] = ['model_training', 'model_deployment']

/** What was not done, not found or is to be held against the model: the notes and limits that each phase gave, and the risks of what was chosen. */
export function limitsSection({ trained, decisions }: Material): Block[] {
  const said = new Set<string>()
  const fresh = (texts: readonly string[]): string[] => texts.filter((text) => !said.has(text) && said.add(text))
  const blocks: Block[] = []
  const add = (title: string, items: readonly string[]): void => {
    if (items.length > 0) blocks.push({ kind: 'heading', text: title }, { kind: 'list', items })
  }
  for (const record of decisions) {
    const title = phaseTitles[record.made.phase]
    if (title === undefined) continue
    const { indices } = chosenOptions(record)
    const { context, options } = record.proposal
    const risks = options.filter(({ index }) => indices.has(index)).flatMap((option) => option.risks)
    const notes = record.made.phase === 'model_training' ? trained.notes : []
    const told = modelPhases.includes(record.made.phase) ? sentences.parse(context.notes) : []
    add(title, fresh([...risks.map((risk) => `Risk that was accepted: ${risk}`), ...notes, ...told, ...sentences.parse(context.limits)]))
  }
  if (decisions.every(({ made }) => made.phase !== 'model_training')) add('Training', fresh(trained.notes))
  return blocks.length === 0 ? [{ kind: 'missing', text: 'Not provided: no phase of this run named a limit.' }] : blocks
}
