import type { PendingDecision } from '#wire/pending-decision'
import type { SubmitDecisionBody } from '#wire/submit-decision'

type Answer = Omit<SubmitDecisionBody, 'decision_type' | 'decision_id' | 'revision'>

export type Choice = { kind: 'answer'; answer: Answer } | { kind: 'skip' } | { kind: 'cancel' } | { kind: 'unclear'; say: string }

const multiChoice = new Set(['data_preparation', 'feature_engineering'])

/** How a card can be answered, in one line. */
export function howToAnswer(card: PendingDecision): string {
  const others = 's skips the phase, c cancels the run'
  if (multiChoice.has(card.phase)) return `Enter takes the recommended ones (★), or numbers such as "1 3", "none"; ${others}`
  const column = card.phase === 'label_selection' ? ', or the name of a column' : ''
  const enter = card.recommended_index === null ? '' : `Enter takes ${card.recommended_index + 1}, or `
  return `${enter}a number${column}; ${others}`
}

/** Reads what was typed as an answer to the card. */
export function readChoice(card: PendingDecision, typed: string): Choice {
  const text = typed.trim()
  if (/^(c|cancel)$/i.test(text)) return { kind: 'cancel' }
  if (/^(s|skip)$/i.test(text)) return { kind: 'skip' }
  return multiChoice.has(card.phase) ? readSeveral(card, text) : readOne(card, text)
}

function readSeveral(card: PendingDecision, text: string): Choice {
  const recommended = card.options.filter((option) => option.recommended).map(({ index }) => index)
  if (text === '') return { kind: 'answer', answer: { apply_indices: recommended } }
  if (/^(none|n|0)$/i.test(text)) return { kind: 'answer', answer: { apply_indices: [] } }
  if (/^all$/i.test(text)) return { kind: 'answer', answer: { apply_indices: card.options.map(({ index }) => index) } }
  const parts = text.split(/[\s,;]+/)
  const indices = parts.map((part) => indexOf(card, part))
  const wrong = parts.find((_, i) => indices[i] === null)
  if (wrong !== undefined) return { kind: 'unclear', say: `"${wrong}" is not a number of the list.` }
  return { kind: 'answer', answer: { apply_indices: [...new Set(indices.filter((index) => index !== null))] } }
}

function readOne(card: PendingDecision, text: string): Choice {
  if (text === '') {
    if (card.recommended_index === null) return { kind: 'unclear', say: 'Nothing is recommended here; type a number.' }
    return { kind: 'answer', answer: { choice_index: card.recommended_index } }
  }
  const index = indexOf(card, text)
  if (index !== null) return { kind: 'answer', answer: { choice_index: index } }
  if (card.phase === 'label_selection' && !/^\d+$/.test(text)) return { kind: 'answer', answer: { custom_value: text } }
  return { kind: 'unclear', say: `"${text}" is not a number of the list.` }
}

/** The index that a shown number stands for, or null. */
function indexOf(card: PendingDecision, part: string): number | null {
  if (!/^\d{1,6}$/.test(part)) return null
  const index = Number(part) - 1
  return card.options.some((option) => option.index === index) ? index : null
}
