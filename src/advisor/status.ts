import type { RunKnowledge } from '#core/advisor-ports'
import { isEnded, isStarted } from '#core/run'
import { cardOf, openCard } from './card-of.ts'
import { citeModel, citeProposal, citeRun } from './cite.ts'
import { said, type Intent } from './intent.ts'
import { counted, list, moment, percent, phaseTitle, quoted } from './words.ts'

export const status: Intent = {
  name: 'status',
  example: 'What is the status, and what does the run wait for?',
  cues: [
    [3, 'status'],
    [3, 'progress'],
    [3, 'wait'],
    [3, 'where are we'],
    [2, 'how far'],
    [2, 'happening'],
    [2, 'going on'],
    [2, 'is it done'],
    [2, 'finished'],
    [2, 'fail'],
    [2, 'error'],
    [2, 'wrong'],
    [2, 'pending'],
    [2, 'stuck'],
  ],
  answer: answerStatus,
}

async function answerStatus(_question: unknown, knowledge: RunKnowledge) {
  const { run } = knowledge
  const notes = (await knowledge.notes()).slice(-3)
  const sentences = [...(await present(knowledge)), ...past(knowledge), ...notes.map(({ text, by }) => `Context that ${quoted(by)} gave: ${quoted(text)}.`)]
  const given = notes.map(({ message_id }) => ({ kind: 'message' as const, id: message_id, label: 'context that was given' }))
  const card = openCard(run)
  return said(sentences.join(' '), [citeRun(run), ...(card === null ? [] : [citeProposal(card)]), ...(run.status === 'completed' ? citeModel(run) : []), ...given])
}

async function present(knowledge: RunKnowledge): Promise<string[]> {
  const { run } = knowledge
  if (!isStarted(run)) return [run.status === 'queued' ? 'The run is opened and not started; start_run starts it.' : 'The run was cancelled before it was started.']
  switch (run.status) {
    case 'queued':
      return ['The run is queued and waits for a worker.']
    case 'running': {
      const { share, text, phase } = await knowledge.progress()
      return [`The run is running${phase === null ? '' : `, in ${phaseTitle(phase)}`}; ${percent(share)} of it is done.${text === null ? '' : ` At the moment: ${text}.`}`]
    }
    case 'waiting_input':
      return [await waiting(knowledge)]
    case 'paused': {
      const why = run.open === null ? 'its default was taken' : 'it has no default'
      return [`The run is paused: the decision of ${phaseTitle(run.current)} was not answered by its deadline, and ${why}. It goes on when it is resumed.`]
    }
    case 'completed':
      return [`The run was completed at ${moment(run.completed_at)}.`]
    case 'failed': {
      const failure = await knowledge.failure()
      return [`The run failed in ${phaseTitle(run.current)}${failure === null ? '.' : `: ${failure.message} ${failure.suggestion} (${failure.code})`}`]
    }
    case 'cancelled':
      return [`The run was cancelled at ${moment(run.completed_at)}.`]
  }
}

async function waiting(knowledge: RunKnowledge): Promise<string> {
  const card = openCard(knowledge.run)
  if (card === null) return 'The run waits.'
  const { subject, options } = await knowledge.proposal(card.proposal)
  const run = knowledge.run
  const until = run.status === 'waiting_input' && run.open.expires_at !== null ? ` It must be answered by ${moment(run.open.expires_at)}.` : ''
  const offered = options.length === 0 ? 'It offers no options.' : `It offers ${counted(options.length, 'option')}.`
  return `The run waits for the decision of ${phaseTitle(card.phase)}: ${subject} ${offered}${until}`
}

function past({ run }: RunKnowledge): string[] {
  if (!isStarted(run)) return []
  const over = (wanted: string) => run.phases.filter((record) => record.status === wanted).map(({ phase }) => phaseTitle(phase))
  const [completed, skipped, pending] = [over('completed'), over('skipped'), over('pending')]
  const made = run.phases.filter(({ phase, status: at }) => at === 'completed' && cardOf(run, phase) !== null).length
  return [
    ...(completed.length === 0 ? [] : [`Completed: ${list(completed)}${made === 0 ? '' : `, with ${counted(run.decisions.length, 'decision')}`}.`]),
    ...(skipped.length === 0 ? [] : [`Skipped: ${list(skipped)}.`]),
    ...(pending.length === 0 || isEnded(run) ? [] : [`Still to come: ${list(pending)}.`]),
  ]
}
