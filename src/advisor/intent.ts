import type { Advice, ChatProposal, Citation, RunKnowledge } from '#core/advisor-ports'
import type { Question } from './read-question.ts'

/** What an intent says: sentences, and what they rest on. */
export interface Said {
  readonly content: string
  readonly citations: readonly Citation[]
  /** What the message asked to have changed, where it can be made ready. */
  readonly proposal?: ChatProposal
}

/** One kind of question. Each is a file of its own. */
export interface Intent {
  readonly name: Advice['intent']
  /** A question that it answers, to be shown to whoever asks what can be asked. */
  readonly example: string
  /**
   * What speaks for it: word stems that must all be in the message, and how much they weigh. A stem of up to three
   * letters counts only as a whole word.
   */
  readonly cues: readonly (readonly [weight: number, stems: string])[]
  /** What else speaks for it or against it: columns, numbers, phases that are named. */
  weigh?(question: Question): number
  answer(question: Question, knowledge: RunKnowledge): Promise<Said>
}

export function said(content: string, citations: readonly Citation[] = []): Said {
  return { content, citations }
}
