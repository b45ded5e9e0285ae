import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Option } from '#core/decision'
import type { Block, DecidedOption, DecisionBlock, Fact } from './blocks.ts'
import { chosenOptions, type Chosen } from './chosen-options.ts'
import { countText, figure, timeText } from './figure.ts'
import type { DecisionRecord, Material } from './material.ts'

/** Every decision of the run: the question, all options, what was recommended and chosen, by whom, when and why. */
export function decisionsSection({ decisions }: Material): Block[] {
  if (decisions.length === 0) return [{ kind: 'missing', text: 'Not provided: no decision was made before this report.' }]
  const blocks = decisions.map(decisionBlock)
  const people = decisions.filter(({ made }) => made.actor.kind === 'key').length
  const against = blocks.filter(({ verdict }) => verdict === 'differs from the recommendation' || verdict === 'an answer of its own' || verdict === 'rejected').length
  const text = `${countText(blocks.length, 'decision')}: ${people} by the holder of a key, ${blocks.length - people} by the policy of the run or a deadline. ${against === 0 ? 'None departs' : `${countText(against, 'decision')} ${against === 1 ? 'departs' : 'depart'}`} from what was recommended.`
  return [{ kind: 'paragraph', text }, ...blocks]
}

const actorTexts = { key: 'key', policy: 'policy of the run', timeout: 'deadline that passed', engine: 'engine' } as const

function decisionBlock(record: DecisionRecord): DecisionBlock {
  const { made, proposal, answer } = record
  const chosen = chosenOptions(record)
  const titles = proposal.options.filter(({ index }) => chosen.indices.has(index)).map(({ title }) => title)
  const facts: Fact[] = [
    { label: 'Chosen', value: chosenText(titles, chosen) },
    { label: 'By', value: `${made.actor.name} (${actorTexts[made.actor.kind]})` },
    { label: 'When', value: timeText(made.at) },
    { label: 'Why', value: rationaleOf(answer) ?? 'Not provided' },
    ...wishes(answer),
    ...(made.closes ? [] : [{ label: 'Afterwards', value: 'Applied, and proposed again' }]),
    { label: 'Decision', value: { code: `${made.decision_id}, revision ${made.revision}` } },
    { label: 'Proposal', value: { code: made.proposal } },
    { label: 'Answer', value: { code: made.answer } },
  ]
  return { kind: 'decision', phase: made.phase, subject: proposal.subject, verdict: chosen.verdict, options: proposal.options.map((option) => decidedOption(option, chosen)), facts }
}

function chosenText(titles: readonly string[], { verdict }: Chosen): string {
  if (verdict === 'skipped') return 'The phase was skipped'
  if (verdict === 'rejected') return 'Rejected'
  if (titles.length > 0) return titles.join('; ')
  return verdict === 'an answer of its own' ? 'None of the options, but an answer of its own' : 'None of the options'
}

function decidedOption({ index, title, summary, recommended, score, evidence, risks }: Option, { indices }: Chosen): DecidedOption {
  const shown = evidence.map(({ label, text, value, interval, data }) => ({ label, text, value, interval, data }))
  return { title, summary, recommended, chosen: indices.has(index), score: score === null ? null : figure(score), evidence: shown, risks }
}

function rationaleOf(answer: Json): string | null {
  const read = z.object({ rationale: z.string().min(1) }).safeParse(answer)
  return read.success ? read.data.rationale : null
}

const plainFields = ['rationale', 'done', 'choice_index', 'apply_indices', 'skip_indices', 'selected_indices', 'taken', 'skipped']

/** What the answer asked for besides the options, as it was sent. */
function wishes(answer: Json): Fact[] {
  const sent = z.record(z.string(), z.json()).catch({}).parse(answer)
  return Object.entries(sent)
    .filter(([field, value]) => !plainFields.includes(field) && value !== null)
    .map(([field, value]) => ({ label: field, value: { code: JSON.stringify(value) } }))
}
