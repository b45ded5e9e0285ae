import { canonicalJson, type Json } from '#core/canonical-json'
import { answerSchema, type Answer, type Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import type { Phase, Policy } from '#phases/phase'

interface Answered {
  readonly answer: Json
  readonly decision: Json
  readonly proposal: Proposal
}

/** An answer of the parent run, put to another card: options by their id, and read again. */
export function replayAnswer(phase: Phase, parent: Answered, { proposal, policy }: { proposal: Proposal; policy: Policy }): Result<{ answer: Json; decision: Json }> {
  const sent = answerSchema.safeParse(parent.answer)
  const answer = sent.success ? sent.data : answerThatSays(phase, parent)
  if (answer === null) {
    // The policy took something that no answer says, so it takes it again.
    const decision = phase.recommended(proposal, policy)
    return decision === null ? refuse('DECISION_STALE', 'The parent run took what was recommended, and nothing is recommended here.') : accept({ answer: { taken: 'recommended' }, decision })
  }
  const moved = moveAnswer(answer, parent.proposal, proposal)
  if (!moved.ok) return moved
  const read = phase.read(moved.value, proposal)
  return read.ok ? accept({ answer: answerJson(moved.value), decision: read.value }) : read
}

function answerJson(answer: Answer): Json {
  return JSON.parse(canonicalJson(answer)) as Json
}

/** The answer by which somebody would have decided what the policy or a deadline took. */
function answerThatSays(phase: Phase, { decision, proposal }: Answered): Answer | null {
  const recommended = proposal.options.filter((option) => option.recommended).map(({ index }) => index)
  const candidates: Answer[] = phase.choice === 'many' ? [{ apply_indices: recommended }, { apply_indices: [] }] : proposal.options.map(({ index }) => ({ choice_index: index }))
  const wanted = canonicalJson(decision)
  return candidates.find((answer) => {
    const read = phase.read(answer, proposal)
    return read.ok && canonicalJson(read.value) === wanted
  }) ?? null
}

/** The same options by the indices that they have on the new card; refused where one that was taken is not on it. */
function moveAnswer(answer: Answer, from: Proposal, to: Proposal): Result<Answer> {
  const moved: Answer = { ...answer }
  const gone: string[] = []
  const move = (index: number): number[] => {
    const option = from.options[index]
    const found = to.options.find((candidate) => candidate.id === option?.id)
    if (found === undefined) gone.push(option?.title ?? `option ${index}`)
    return found === undefined ? [] : [found.index]
  }
  if (answer.apply_indices != null) moved.apply_indices = answer.apply_indices.flatMap(move)
  if (answer.selected_indices != null) moved.selected_indices = answer.selected_indices.flatMap(move)
  if (answer.choice_index != null) moved.choice_index = move(answer.choice_index)[0] ?? null
  if (answer.selected_options != null) moved.selected_options = answer.selected_options.flatMap((named): NonNullable<Answer['selected_options']> => (typeof named === 'number' ? move(named) : [named]))
  if (gone.length > 0) return refuse('DECISION_STALE', `the parent run took ${gone.map((title) => `"${title}"`).join(', ')}, which is not on this card`)
  const kept = new Set(to.options.map(({ id }) => id))
  if (answer.skip_indices != null) moved.skip_indices = answer.skip_indices.filter((index) => kept.has(from.options[index]?.id ?? '')).flatMap(move)
  return accept(moved)
}
