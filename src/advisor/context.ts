import type { RunKnowledge } from '#core/advisor-ports'
import { isEnded } from '#core/run'
import { said, type Intent, type Said } from './intent.ts'
import type { Question } from './read-question.ts'

const marks = /^\s*(?:please\s+)?(?:note|context|fyi|remember|remark|comment|be aware|keep in mind|for your information)\b(?:\s+that\b|\s*[:,–—-]|\s+)/iu

/** With one of these anywhere something is asked; with one of the others at the beginning. */
const questionWords = new Set('what which why who whom whose when where how whether'.split(' '))
const openings = new Set('is are was were does did do can could should would will has have may explain show tell list give describe help'.split(' '))

/** Words with which something is stated. */
const stating = new Set("is are was were has have had will means mean contains should must cannot can't don't doesn't isn't aren't wasn't never always".split(' '))
const fewestWords = 5

/** Whether a message is context to keep: it says so, or it states something in whole words and asks for nothing. */
export function isContext({ text, words }: Question, intent: Intent | null): boolean {
  if (marks.test(text)) return true
  if (intent?.name === 'change_request' || text.includes('?') || words.length < fewestWords || openings.has(words[0] ?? '')) return false
  return words.some((word) => stating.has(word)) && !words.some((word) => questionWords.has(word))
}

/** Says where context goes. */
export function acknowledgeContext({ run }: RunKnowledge): Said {
  const shown = isEnded(run) ? 'The run has ended, so no card will show it; it stays in the chat.' : 'The cards of this run show it from now on, to whoever decides.'
  return said(`Kept as context. ${shown} It changes nothing by itself.`)
}
