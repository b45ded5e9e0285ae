import type { Advisor, RunKnowledge } from '#core/advisor-ports'
import { chooseIntent } from './choose-intent.ts'
import { acknowledgeContext, isContext } from './context.ts'
import { intents } from './intents.ts'
import { readQuestion } from './read-question.ts'
import { unknownQuestion } from './unknown.ts'

/**
 * Answers a message about a run from the run's own facts. Nothing of it is an instruction to anybody: a message is
 * matched against a closed list of intents, and what cells and names hold is quoted, never read.
 */
export const answerMessage: Advisor = async (message, knowledge) => {
  const question = readQuestion(message, await knownOf(knowledge))
  const intent = chooseIntent(question, intents)
  if (isContext(question, intent)) return { intent: 'context', context: true, ...acknowledgeContext(knowledge) }
  if (intent === null) return { intent: 'unknown', context: false, ...unknownQuestion(intents) }
  return { intent: intent.name, context: false, ...(await intent.answer(question, knowledge)) }
}

/** Every column that may be named: those of the file, and those that steps made or renamed. */
async function knownOf(knowledge: RunKnowledge) {
  const [table, prepared, labelled] = await Promise.all([knowledge.table(), knowledge.prepared(), knowledge.labelled()])
  const raw = table?.columns ?? []
  const later = [...(prepared?.table.columns ?? []), ...(labelled?.features ?? [])]
  const added = later.filter((column, i) => !raw.some(({ name }) => name === column.name) && later.findIndex(({ name }) => name === column.name) === i)
  // A renamed column keeps its id, so that either name leads to both.
  return { columns: [...raw, ...added], label: labelled?.label.id ?? null }
}
