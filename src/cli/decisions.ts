import type { Signalbox } from '#sdk/client'
import type { PendingDecision } from '#wire/pending-decision'
import type { SubmitDecisionBody } from '#wire/submit-decision'
import { cardText, terminalStyle } from './card-text.ts'
import { CommandFailure } from './failure.ts'
import { print, type PrintFlags } from './print.ts'
import { readChoice } from './read-choice.ts'
import { readJson } from './read-json.ts'
import { textTable } from './text-table.ts'
import { withClient, type ClientFlags } from './with-client.ts'

type Flags = ClientFlags & PrintFlags

/** A folder that this command opens itself has nobody else to compute what comes next. */
export const workersWhileWaiting = 2

/** The open decisions of the team, the longest waiting first. */
export async function listDecisions(flags: Flags & { readonly limit?: number | undefined }): Promise<void> {
  const { limit } = flags
  const page = await withClient(flags, (client) => client.agentic.listDecisions(limit === undefined ? {} : { limit }))
  const rows = page.decisions.map((one) => [one.run_id, one.decision_type, one.opened_at.slice(0, 16), one.options, one.run_name, one.subject])
  print(flags, page, page.decisions.length === 0 ? 'Nothing waits for a decision.\n' : textTable(['run', 'decision', 'open since', 'options', 'name', 'question'], rows))
}

/** The card that a run waits with. */
export async function showDecision(runId: string, flags: Flags): Promise<void> {
  const card = await withClient(flags, (client) => client.agentic.getPendingDecision(runId))
  print(flags, card, card === null ? 'Nothing waits for a decision.\n' : `${cardText(card, terminalStyle(process.stdout))}  Answer with: signalbox decisions answer ${runId} ${hint(card)}\n`)
}

function hint({ phase, options }: PendingDecision): string {
  if (options.length === 0) return phase === 'data_preparation' || phase === 'feature_engineering' ? '--apply none' : '--action skip'
  return phase === 'data_preparation' || phase === 'feature_engineering' ? '--apply 1,3 (or all, none, recommended)' : '--choice 1'
}

export interface AnswerFlags extends Flags {
  /** Numbers as the card shows them, from 1. */
  readonly choice?: number | undefined
  readonly apply?: string | undefined
  readonly custom?: string | undefined
  readonly action?: string | undefined
  readonly rationale?: string | undefined
  /** Takes what the card recommends. */
  readonly recommended?: boolean | undefined
  /** False returns at once, without waiting for what comes next. */
  readonly wait?: boolean | undefined
}

/** Answers the open decision of a run. */
export async function answerDecision(runId: string, flags: AnswerFlags): Promise<void> {
  if ([flags.choice, flags.apply, flags.custom, flags.action, flags.recommended].every((given) => given === undefined)) {
    throw new CommandFailure('Nothing is answered.', { suggestion: 'Give --recommended, --choice, --apply, --custom or --action.', exitCode: 2 })
  }
  const custom = flags.custom === undefined ? undefined : readJson(flags.custom, '--custom')
  const done = await withClient({ ...flags, workers: workersWhileWaiting }, async (client) => {
    const answered = await answer(client, runId, { ...flags, custom })
    if (flags.wait === false) return answered
    const next = await client.agentic.waitForDecision(runId)
    return { ...answered, status: next.run.status, current_phase: next.run.current_phase }
  })
  print(flags, done, `Answered. The run is ${done.status}${'current_phase' in done && done.current_phase !== null ? ` at ${done.current_phase}` : ''}.\n`)
}

async function answer(client: Signalbox, runId: string, flags: Omit<AnswerFlags, 'custom'> & { custom: unknown }) {
  const card = await client.agentic.getPendingDecision(runId)
  if (card === null) throw new CommandFailure('The run waits for no decision.', { suggestion: '`signalbox runs show` tells its status.' })
  const { decision_type, decision_id, revision } = card
  const { choice, apply, custom, action, rationale } = flags
  const body: SubmitDecisionBody = { decision_type, decision_id, revision }
  if (flags.recommended === true) Object.assign(body, recommendedAnswer(card))
  if (choice !== undefined) body.choice_index = choice - 1
  if (apply !== undefined) body.apply_indices = readIndices(card, apply)
  if (custom !== undefined) body.custom_value = JSON.parse(JSON.stringify(custom))
  if (action !== undefined) body.action = action
  if (rationale !== undefined) body.rationale = rationale
  return client.agentic.submitDecision(runId, body)
}

/** What Enter would answer at the terminal. */
function recommendedAnswer(card: PendingDecision): Partial<SubmitDecisionBody> {
  const choice = readChoice(card, '')
  if (choice.kind !== 'answer') throw new CommandFailure(`Nothing is recommended for ${card.phase}.`, { suggestion: '`signalbox decisions show` shows the options.' })
  return choice.answer
}

function readIndices({ options }: PendingDecision, text: string): number[] {
  if (text === 'none') return []
  if (text === 'all') return options.map(({ index }) => index)
  if (text === 'recommended') return options.filter(({ recommended }) => recommended).map(({ index }) => index)
  return text.split(',').map((part) => {
    if (!/^\s*[1-9]\d{0,5}\s*$/.test(part)) throw new CommandFailure(`"${part}" is not a number of the card.`, { suggestion: 'Use numbers such as 1,3, or all, none, recommended.', exitCode: 2 })
    return Number(part) - 1
  })
}
