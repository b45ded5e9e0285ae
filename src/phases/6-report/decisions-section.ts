import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Option } from '#core/decision'
import type { LedgerEvent } from '#core/ledger'
import type { Block, DecidedOption, DecisionBlock, Fact } from './blocks.ts'
import { chosenOptions, type Chosen } from './chosen-options.ts'
import { countText, figure, timeText } from './figure.ts'
import type { DecisionRecord, Material } from './material.ts'

/** Every decision of the run: the question, all options, what was recommended and chosen, by whom, when and why. */
export function decisionsSection({ decisions, proof }: Material): Block[] {
  if (decisions.length === 0) return [{ kind: 'missing', text: 'Not provided: no decision was made before this report.' }]
  const blocks = decisions.map((record) => decisionBlock(record, proof.ledger))
  const people = decisions.filter(({ made }) => made.actor.kind === 'key').length
  const against = blocks.filter(({ verdict }) => verdict === 'differs from the recommendation' || verdict === 'an answer of its own' || verdict === 'rejected').length
  const text = `${countText(blocks.length, 'decision')}: ${people} by the holder of a key, ${blocks.length - people} by the policy of the run or a deadline. ${against === 0 ? 'None departs' : `${countText(against, 'decision')} ${against === 1 ? 'departs' : 'depart'}`} from what was recommended.`
  return [{ kind: 'paragraph', text }, ...chainBlocks(proof.ledger), ...blocks]
}

const actorTexts = { key: 'key', policy: 'policy of the run', timeout: 'deadline that passed', engine: 'engine' } as const

/** Where the chain of events stands, and how anybody checks it. */
function chainBlocks(ledger: readonly LedgerEvent[]): Block[] {
  const last = ledger.at(-1)
  if (last === undefined) return [{ kind: 'missing', text: 'Not provided: the ledger of this run was not at hand when the report was made.' }]
  const facts: Fact[] = [
    { label: 'Chain', value: { code: last.stream } },
    { label: 'Events', value: figure(ledger.length) },
    { label: 'Hash of the last one', value: { code: last.hash } },
  ]
  const how = 'Every event holds the SHA-256 of the one before, and is kept in this file. "signalbox verify FILE" recomputes all of them without a network; "signalbox verify --json" on the machine that made them says whether they are still the same there.'
  return [{ kind: 'facts', facts }, { kind: 'paragraph', text: how }]
}

function decisionBlock(record: DecisionRecord, ledger: readonly LedgerEvent[]): DecisionBlock {
  const { made, proposal, answer } = record
  const event = eventOf(made, ledger)
  const chosen = chosenOptions(record)
  const titles = proposal.options.filter(({ index }) => chosen.indices.has(index)).map(({ title }) => title)
  const facts: Fact[] = [
    { label: 'Chosen', value: chosenText(titles, chosen) },
    { label: 'By', value: `${made.actor.name} (${actorTexts[made.actor.kind]})` },
    { label: 'When', value: timeText(made.at) },
    { label: 'Why', value: rationaleOf(answer) ?? 'Not provided by whoever decided' },
    ...wishes(answer),
    ...(made.closes ? [] : [{ label: 'Afterwards', value: 'Applied, and proposed again' }]),
    { label: 'Decision', value: { code: `${made.decision_id}, revision ${made.revision}` } },
    ...(event === null ? [] : [{ label: 'Event of the chain', value: { code: `${event.seq}: ${event.hash}` } }]),
    { label: 'Proposal with its evidence', value: { code: made.proposal } },
    { label: 'Answer', value: { code: made.answer } },
  ]
  return { kind: 'decision', phase: made.phase, subject: proposal.subject, verdict: chosen.verdict, options: proposal.options.map((option) => decidedOption(option, chosen)), event, facts }
}

const madeSchema = z.object({ decision_id: z.string(), revision: z.int() })

function eventOf({ decision_id, revision }: DecisionRecord['made'], ledger: readonly LedgerEvent[]): DecisionBlock['event'] {
  const found = ledger.find(({ type, payload }) => {
    if (type !== 'decision-made') return false
    const made = madeSchema.parse(JSON.parse(payload))
    return made.decision_id === decision_id && made.revision === revision
  })
  return found === undefined ? null : { seq: found.seq, hash: found.hash, decision_id, revision }
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
