import type { Option } from '#core/decision'
import { quoted } from './words.ts'

/** An option with its evidence and risks. */
export function optionText({ index, title, summary, recommended, evidence, risks }: Option): string {
  const facts = evidence.map(({ label, text }) => `${label}: ${text}`)
  const told = [`Option ${index}, ${quoted(title)}${recommended ? ' (recommended)' : ''}: ${summary}`]
  if (facts.length > 0) told.push(`Evidence: ${facts.join(' ')}`)
  told.push(risks.length === 0 ? 'No risk is known.' : `Risks: ${risks.join(' ')}`)
  return told.join(' ')
}

/** An option in one line. */
export function optionLine({ index, title, summary, recommended }: Option): string {
  return `${index}. ${quoted(title)}${recommended ? ' (recommended)' : ''}: ${summary}`
}
