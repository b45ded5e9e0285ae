import { z } from 'zod'
import type { RunKnowledge } from '#core/advisor-ports'
import type { Proposal } from '#core/decision'
import type { MadeDecision } from '#core/run'
import { list, quoted } from './words.ts'

/** What decisions of all phases may say of what was chosen. */
const chosenSchema = z.object({
  skipped: z.boolean().optional(),
  chosen: z.array(z.object({ title: z.string() })).optional(),
  choice_index: z.int().nullable().optional(),
  trainer: z.string().optional(),
  name: z.string().optional(),
})

/** What was chosen, in words: the titles of the options where the choice can be told by them. */
export async function choiceText(made: MadeDecision, proposal: Proposal, knowledge: RunKnowledge): Promise<string> {
  const read = chosenSchema.safeParse(await knowledge.decision(made.decision))
  const told = read.success ? toldOf(read.data, proposal) : null
  if (told !== null) return told
  const answer = await knowledge.answer(made.answer)
  if (answer === null) return made.actor.kind === 'policy' ? 'what was recommended' : 'the default'
  const indices = answer.apply_indices ?? answer.selected_indices ?? (typeof answer.choice_index === 'number' ? [answer.choice_index] : null)
  if (indices !== null) return severalOf(proposal.options.filter(({ index }) => indices.includes(index)).map(({ title }) => title), proposal)
  return typeof answer.action === 'string' ? quoted(answer.action) : 'an answer of their own'
}

function toldOf({ skipped, chosen, choice_index, trainer, name }: z.infer<typeof chosenSchema>, proposal: Proposal): string | null {
  if (skipped === true) return 'to skip the phase'
  if (chosen !== undefined) return severalOf(chosen.map(({ title }) => title), proposal)
  const option = proposal.options.find(({ index, id }) => index === choice_index || id === trainer)
  if (option !== undefined) return quoted(option.title)
  return name === undefined ? (trainer ?? null) : `the column ${quoted(name)}`
}

function severalOf(titles: readonly string[], { options }: Proposal): string {
  if (titles.length === 0) return options.length === 0 ? 'nothing, since nothing was offered' : `none of the ${options.length} options`
  return `${titles.length} of ${Math.max(options.length, titles.length)} options: ${list(titles.map(quoted))}`
}

/** Who decided, in words. */
export function deciderText({ actor }: MadeDecision): string {
  switch (actor.kind) {
    case 'key':
      return quoted(actor.name)
    case 'policy':
      return 'the policy of the run, since the phase was not gated,'
    case 'timeout':
      return 'the deadline, since nobody had answered,'
    case 'engine':
      return 'the engine'
  }
}
