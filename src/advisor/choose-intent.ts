import type { Intent } from './intent.ts'
import { hasStem, type Question } from './read-question.ts'

/** Below this nothing is understood. */
const least = 2

/** The intent that most speaks for; of equals the first of the list. Null where too little speaks for any. */
export function chooseIntent(question: Question, intents: readonly Intent[]): Intent | null {
  let best: Intent | null = null
  let most = least
  for (const intent of intents) {
    const weight = weightOf(question, intent)
    if (weight > most || (weight === most && best === null)) {
      best = intent
      most = weight
    }
  }
  return best
}

function weightOf(question: Question, { cues, weigh }: Intent): number {
  const cued = cues.reduce((sum, [weight, stems]) => (stems.split(' ').every((stem) => hasStem(question.words, stem)) ? sum + weight : sum), 0)
  return cued + (weigh?.(question) ?? 0)
}
