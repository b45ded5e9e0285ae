import type { RunKnowledge } from '#core/advisor-ports'
import { isStarted, type MadeDecision } from '#core/run'
import { choiceText, deciderText } from './choice-text.ts'
import { citeDecision, citeRun } from './cite.ts'
import { said, type Intent } from './intent.ts'
import type { Question } from './read-question.ts'
import { headline, moment, phaseTitle, quoted } from './words.ts'

export const decisions: Intent = {
  name: 'decisions',
  example: 'Who decided what, and why?',
  cues: [
    [4, 'who'],
    [4, 'decided'],
    [3, 'decision'],
    [3, 'decide'],
    [3, 'rationale'],
    [2, 'history'],
    [2, 'approv'],
    [2, 'chose'],
    [2, 'chosen'],
    [2, 'audit'],
  ],
  answer: answerDecisions,
}

async function answerDecisions({ phases }: Question, knowledge: RunKnowledge) {
  const { run } = knowledge
  const all = isStarted(run) ? run.decisions : []
  const named = all.filter(({ phase }) => phases.includes(phase))
  const shown = named.length > 0 ? named : all
  if (shown.length === 0) return said('Nothing was decided in this run yet.', [citeRun(run)])
  const lines: string[] = []
  for (const made of shown) lines.push(await line(made, knowledge))
  return said(lines.join('\n'), shown.map(citeDecision))
}

async function line(made: MadeDecision, knowledge: RunKnowledge): Promise<string> {
  const proposal = await knowledge.proposal(made.proposal)
  const answer = await knowledge.answer(made.answer)
  const why = answer?.rationale == null ? '' : ` The reason given: ${quoted(answer.rationale)}.`
  const again = made.closes ? '' : ' The phase then proposed again.'
  return `${headline(phaseTitle(made.phase))}: ${deciderText(made)} took ${await choiceText(made, proposal, knowledge)}, at ${moment(made.at)}.${why}${again}`
}
