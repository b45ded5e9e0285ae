import { nameParts } from '#core/query-tokens'
import { planTarget, type TargetPlan } from './plan-target.ts'
import type { ColumnFacts, LabelBasis } from './schema.ts'

/** A column that could be predicted, how plausible that is, and why. */
export interface Candidate {
  readonly facts: ColumnFacts
  readonly plan: TargetPlan
  readonly score: number
  readonly reasons: readonly string[]
}

export interface NotOffered {
  readonly name: string
  readonly reason: string
}

/** Words that people call a target by, whatever the table is about. */
const plainWords = new Set(['target', 'label', 'outcome', 'response', 'class', 'dependent'])
/** Words for what is usually predicted. They tip the balance between columns and never make a candidate alone. */
const usualWords = new Set([
  'churn', 'churned', 'survived', 'survival', 'default', 'defaulted', 'fraud', 'diagnosis', 'converted', 'conversion', 'purchased', 'clicked', 'subscribed', 'approved', 'cancelled', 'canceled',
  'attrition', 'exited', 'died', 'death', 'status', 'result', 'rating', 'price', 'score', 'species', 'quality', 'income', 'salary', 'revenue', 'sales', 'demand', 'spam', 'failure', 'failed', 'readmitted', 'risk', 'grade',
])

/** Every usable column by plausibility as a target, and why the others are none. */
export function rankCandidates(basis: LabelBasis): { candidates: Candidate[]; notOffered: NotOffered[] } {
  const candidates: Candidate[] = []
  const notOffered: NotOffered[] = []
  const order = [...basis.columns].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)))
  for (const [position, facts] of order.entries()) {
    const left = basis.left_out.find((one) => one.column === facts.id)
    const plan = left === undefined ? planTarget({ facts, rows: basis.rows, task: basis.task, positive: null }) : null
    if (plan === null) notOffered.push({ name: facts.name, reason: left?.text ?? '' })
    else if (!plan.ok) notOffered.push({ name: facts.name, reason: plan.refusal.message })
    else candidates.push(scored(facts, plan.value, { first: position === 0, last: position === order.length - 1, rows: basis.rows }))
  }
  candidates.sort((a, b) => b.score - a.score || Number(b.facts.id.slice(1)) - Number(a.facts.id.slice(1)))
  return { candidates, notOffered }
}

function scored(facts: ColumnFacts, plan: TargetPlan, place: { first: boolean; last: boolean; rows: number }): Candidate {
  const reasons: string[] = []
  let score = 0
  const add = (points: number, reason: string): void => {
    score += points
    reasons.push(reason)
  }
  const words = nameParts(facts.name)
  const isY = place.last && words.join('') === 'y'
  if (isY || words.some((word) => plainWords.has(word))) add(0.3, 'its name is a word for a target')
  else if (words.some((word) => usualWords.has(word))) add(0.27, 'its name is a word for what is often predicted')
  if (place.last) add(0.25, 'it is the last column')
  else if (place.first) add(0.12, 'it is the first column')
  if (plan.task === 'binary') add(0.25, 'it has two values')
  else if (plan.task === 'multiclass') add(facts.distinct <= 20 ? 0.15 : 0.05, `it has ${facts.distinct} classes`)
  else add(facts.distinct > 20 ? 0.1 : 0.02, `it has ${facts.distinct.toLocaleString('en-US')} different numbers`)
  const filled = 1 - facts.missing / place.rows
  score += 0.1 * filled
  if (filled === 1) reasons.push('no value is missing')
  const smallest = Math.min(...(facts.classes ?? []).map(({ rows }) => rows))
  if (plan.classes === null || smallest >= 0.05 * place.rows) score += 0.05
  return { facts, plan, score: Math.round(score * 1000) / 1000, reasons }
}
