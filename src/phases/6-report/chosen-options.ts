import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Option } from '#core/decision'
import { multiChoicePhases } from '#core/phase-names'
import type { Verdict } from './blocks.ts'
import type { DecisionRecord } from './material.ts'

const indices = z.array(z.int())
const answeredSchema = z
  .object({
    taken: z.string(),
    choice_index: z.int().nullable(),
    apply_indices: indices.nullable(),
    selected_indices: indices.nullable(),
    selected_options: z.array(z.json()).nullable(),
    skip_indices: indices.nullable(),
    action: z.string().nullable(),
    skipped: z.boolean().nullable(),
  })
  .partial()

/** A decision that lists what it chose, as the multi-choice phases keep it. */
const listedSchema = z.object({ chosen: z.array(z.object({ index: z.int() })) })
/** A decision that names its option by its id. */
const namedSchema = z.object({ trainer: z.string(), report: z.string() }).partial()

/** Which options were chosen, and how that stands to what was recommended. */
export interface Chosen {
  readonly indices: ReadonlySet<number>
  readonly verdict: Verdict
}

/** Fields of an answer that ask for something besides the options. */
const ownWishes = ['custom_value', 'selected_features', 'monotonic_constraints', 'label_type', 'report_config', 'monitoring_config']

type Sent = z.infer<typeof answeredSchema>

/** Reads from answer and decision what was chosen. */
export function chosenOptions(record: DecisionRecord): Chosen {
  const given = answeredSchema.safeParse(record.answer)
  const sent: Sent = given.success ? given.data : {}
  if (sent.skipped === true || sent.action === 'skip') return { indices: new Set(), verdict: 'skipped' }
  if (sent.action === 'reject') return { indices: new Set(), verdict: 'rejected' }
  const own = isOwn(record.answer)
  const chosen = new Set(listed(record) ?? taken(sent, record) ?? answered(sent, { record, own }))
  return { indices: chosen, verdict: own ? 'an answer of its own' : verdictOf(chosen, record) }
}

function verdictOf(chosen: ReadonlySet<number>, { proposal }: DecisionRecord): Verdict {
  const recommended = recommendedIndices(proposal.options)
  if (recommended.length === 0 && (proposal.options.length === 0 || !multiChoicePhases.includes(proposal.phase))) return 'nothing was recommended'
  const same = chosen.size === recommended.length && recommended.every((index) => chosen.has(index))
  return same ? 'taken as recommended' : 'differs from the recommendation'
}

function listed({ decision }: DecisionRecord): number[] | null {
  const read = listedSchema.safeParse(decision)
  return read.success ? read.data.chosen.map(({ index }) => index) : null
}

/** What the policy or a passed deadline took. */
function taken({ taken: what }: Sent, { proposal }: DecisionRecord): number[] | null {
  if (what === undefined) return null
  if (what === 'recommended') return recommendedIndices(proposal.options)
  return proposal.default_option_index === null ? [] : [proposal.default_option_index]
}

function recommendedIndices(options: readonly Option[]): number[] {
  return options.filter((option) => option.recommended).map((option) => option.index)
}

function answered(sent: Sent, { record, own }: { record: DecisionRecord; own: boolean }): number[] {
  const { options } = record.proposal
  if (typeof sent.choice_index === 'number') return [sent.choice_index]
  const lists = [sent.apply_indices, sent.selected_indices].filter((list) => list !== undefined && list !== null)
  if (lists.length > 0) return lists.flat()
  const names = sent.selected_options ?? null
  if (names !== null) return options.filter(({ id, title, index }) => names.some((one) => one === id || one === title || one === index)).map(({ index }) => index)
  const named = namedSchema.safeParse(record.decision)
  const found = named.success ? options.find((option) => option.id === (named.data.trainer ?? named.data.report)) : undefined
  if (found !== undefined) return [found.index]
  // An action such as "train" or "approve" takes what is recommended; an answer of one's own takes no option.
  return own || (sent.skip_indices ?? null) !== null ? [] : recommendedIndices(options)
}

/** Whether the answer asks for anything besides options. */
function isOwn(answer: Json): boolean {
  const sent = z.record(z.string(), z.unknown()).catch({}).parse(answer)
  return ownWishes.some((field) => isGiven(sent[field]))
}

function isGiven(value: unknown): boolean {
  if (value === undefined || value === null) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
