import type { RunKnowledge } from '#core/advisor-ports'
import { isStarted, type StartedRun } from '#core/run'
import { citeRun } from './cite.ts'
import { said, type Intent } from './intent.ts'
import { list, phaseTitle } from './words.ts'

export const next: Intent = {
  name: 'next',
  example: 'What happens next?',
  cues: [
    [3, 'next'],
    [3, 'happens after'],
    [3, 'comes after'],
    [2, 'then'],
    [2, 'remain'],
    [2, 'still to'],
    [2, 'what will'],
    [3, 'phases'],
  ],
  answer: answerNext,
}

async function answerNext(_question: unknown, { run }: RunKnowledge) {
  const cited = [citeRun(run)]
  if (!isStarted(run)) return said(run.status === 'queued' ? 'Nothing happens until the run is started with start_run.' : 'Nothing: the run was cancelled before it was started.', cited)
  const over = run.status === 'completed' || run.status === 'cancelled'
  return said([first(run), ...(over ? [] : later(run))].join(' '), cited)
}

function first(run: StartedRun): string {
  switch (run.status) {
    case 'completed':
      return 'Nothing more happens in this run: it is completed. A completed run can be retrained, on new data or with other steps.'
    case 'cancelled':
      return 'Nothing more happens: the run was cancelled. A new run can be started on the same dataset.'
    case 'queued':
      return 'A worker takes the run up.'
    case 'failed':
      return `The run failed in ${phaseTitle(run.current)}; resume_run tries that phase again.`
    case 'paused':
      return 'Nothing happens until resume_run.'
    case 'waiting_input':
      return `The run waits for the answer to ${phaseTitle(run.current)}; after it, the phase is applied.`
    case 'running':
      return run.made === null ? `The options of ${phaseTitle(run.current)} are worked out and measured.` : `The decision of ${phaseTitle(run.current)} is applied.`
  }
}

function later(run: StartedRun): string[] {
  const pending = run.phases.filter(({ status }) => status === 'pending').map(({ phase }) => phase)
  if (pending.length === 0) return ['No phase follows; the run then ends.']
  const asks = pending.filter((phase) => run.settings.gates.includes(phase)).map(phaseTitle)
  const alone = pending.filter((phase) => !run.settings.gates.includes(phase)).map(phaseTitle)
  return [
    `Then follow ${list(pending.map(phaseTitle))}.`,
    ...(asks.length === 0 ? [] : [`The run will stop and ask at ${list(asks)}.`]),
    ...(alone.length === 0 ? [] : [`Without asking it takes what is recommended at ${list(alone)}.`]),
  ]
}
