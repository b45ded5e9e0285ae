import type { Evidence, Option } from '#core/decision'
import type { ColumnProfile } from '#core/dataset'
import type { LeftOut } from '#core/outcomes'
import { plainJson } from '#core/plain-json'
import type { Strengths } from './measure-strengths.ts'
import type { SplitProposal } from './propose-split.ts'
import type { Issue } from '#findings/issue'
import type { LabelProxy } from '#findings/label-proxy'
import type { Candidate } from './rank-candidates.ts'
import type { LabelEffect } from './schema.ts'

/** Everything measured about a candidate target. */
export interface MeasuredCandidate {
  readonly candidate: Candidate
  readonly proxies: readonly LabelProxy[]
  /** What else leaks it, or its split has to mind. */
  readonly leaks: readonly Issue[]
  /** Null where it was not measured. */
  readonly strengths: Strengths | null
  readonly split: SplitProposal
  /** How its numbers lie; null of a column of anything else. */
  readonly numbers: ColumnProfile['numeric']
  readonly rows: number
  /** Steps that leave the spec for this column. */
  readonly cut: readonly string[]
  /** Steps that are fitted once rows are sealed for it. */
  readonly waiting: readonly string[]
  /** Whether the run or its request names this column. */
  readonly asked: boolean
}

/** Stronger than this alone is hardly ever honest. */
const suspicious = { auc: 0.995, r2: 0.995 }

const taskWords = { binary: 'one of two classes', multiclass: 'one of several classes', regression: 'a number' } as const

/** The option of the card that predicts this column. */
export function optionOf(measured: MeasuredCandidate, index: number): Option {
  const { candidate, proxies, asked } = measured
  const { facts, plan } = candidate
  const left_out = proxies.filter((proxy) => proxy.proven).map((proxy): LeftOut => ({ column: proxy.column, name: proxy.name, reason: 'proxy', text: proxy.text }))
  const effect: LabelEffect = {
    column: facts.id, name: facts.name, task: plan.task, positive: plan.positive, classes: plan.classes === null ? null : [...plan.classes],
    split: measured.split.split, weight: null, keep: [], left_out,
  }
  const leaves = left_out.length === 0 ? '' : ` Left out, because they say it themselves: ${left_out.map((one) => one.name).join(', ')}.`
  return {
    index,
    id: `label:${facts.id}`,
    title: `Predict ${facts.name} as ${plan.task === 'binary' ? `${taskWords.binary} (positive: ${plan.positive})` : taskWords[plan.task]}`,
    summary: `${asked ? 'Named as the target' : `Plausible because ${candidate.reasons.join(', ')}`}.${leaves}`,
    recommended: index === 0,
    score: asked ? 1 : candidate.score,
    evidence: evidenceOf(measured),
    risks: risksOf(measured),
    effect: plainJson(effect),
  }
}

function evidenceOf(measured: MeasuredCandidate): Evidence[] {
  const { candidate, proxies, strengths, rows, split, numbers } = measured
  const { facts, plan } = candidate
  const labelled = rows - facts.missing
  const evidence = [told({ label: 'task', text: plan.reasons.join(' '), value: plan.task }), spreadEvidence(candidate, { labelled, numbers })]
  evidence.push(told({ label: 'missing', text: missingText(facts.missing, rows), value: facts.missing / rows }))
  for (const proxy of proxies.filter((one) => one.proven)) evidence.push(told({ label: 'left out', text: proxy.text, value: proxy.name, data: proxy.data }))
  const best = strengths?.columns.filter((one) => !proxies.some((proxy) => proxy.proven && proxy.column === one.column)) ?? []
  const [strongest] = best
  if (strongest !== undefined) {
    const metric = strongest.metric === 'auc' ? 'an area under the curve' : 'an R²'
    const text = `"${strongest.name}" alone predicts it with ${metric} of ${strongest.value.toFixed(3)} on rows it was not learnt from (${sampleWords(strengths?.rows ?? 0, labelled)}).`
    evidence.push(told({ label: 'strongest column', text, value: strongest.value, data: plainJson(best.slice(0, 5)) }))
  }
  evidence.push(told({ label: 'split', text: split.text, value: split.split.kind, data: split.others.length === 0 ? null : plainJson(split.others) }))
  for (const leak of measured.leaks) evidence.push(told({ label: leak.code, text: leak.detail, value: leak.count, data: plainJson({ columns: leak.columns, rows: leak.examples }) }))
  if (measured.cut.length > 0) evidence.push(told({ label: 'steps', text: `These steps no longer change it: ${measured.cut.join(', ')}.`, value: measured.cut.length }))
  if (measured.waiting.length > 0) evidence.push(told({ label: 'steps that learn', text: `These steps wait until the test rows are sealed, learn from the training rows alone, and learn anew in each fold: ${measured.waiting.join(', ')}.`, value: measured.waiting.length }))
  return evidence
}

function told(fact: { label: string; text: string; value: number | string; data?: Evidence['data'] }): Evidence {
  return { label: fact.label, text: fact.text, value: fact.value, interval: null, data: fact.data ?? null }
}

function missingText(missing: number, rows: number): string {
  if (missing === 0) return 'Every row has it.'
  return `${missing.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows lack it; they are left out of training and test.`
}

function spreadEvidence({ facts, plan }: Candidate, { labelled, numbers }: { readonly labelled: number; readonly numbers: ColumnProfile['numeric'] }): Evidence {
  if (plan.classes === null) {
    return { label: 'spread', text: `Numbers from ${written(facts.min)} to ${written(facts.max)}, ${facts.distinct.toLocaleString('en-US')} different ones.`, value: facts.distinct, interval: null, data: plainJson({ min: facts.min, max: facts.max, quantiles: numbers?.quantiles ?? [], histogram: numbers?.histogram ?? [] }) }
  }
  const sorted = [...(facts.classes ?? [])].sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1))
  const shown = sorted.slice(0, 6).map(({ value, rows }) => `${JSON.stringify(value)} ${((rows / labelled) * 100).toFixed(1)} %`)
  const smallest = sorted.at(-1)?.rows ?? 0
  return { label: 'balance', text: `${shown.join(', ')}${sorted.length > 6 ? ` and ${sorted.length - 6} more` : ''}.`, value: smallest / labelled, interval: null, data: plainJson(sorted) }
}

function written(value: number | null): string {
  return value === null ? 'nothing' : value.toLocaleString('en-US', { maximumSignificantDigits: 6 })
}

function risksOf({ candidate, proxies, leaks, strengths, rows }: MeasuredCandidate): string[] {
  const { facts, plan } = candidate
  const labelled = rows - facts.missing
  const risks = proxies.filter((proxy) => !proxy.proven).map((proxy) => `${proxy.text} If it is not known before, leave it out.`)
  risks.push(...leaks.map(({ detail }) => detail))
  for (const one of strengths?.columns ?? []) {
    if (one.value < suspicious[one.metric] || proxies.some((proxy) => proxy.column === one.column) || leaks.some((leak) => leak.code === 'target_proxy' && leak.column === one.name)) continue
    risks.push(`"${one.name}" alone predicts it nearly perfectly (${one.metric === 'auc' ? 'area under the curve' : 'R²'} ${one.value.toFixed(4)} on ${sampleWords(strengths?.rows ?? 0, labelled)}): is it known before?`)
  }
  const rare = (facts.classes ?? []).filter((one) => plan.classes !== null && (one.rows < 10 || one.rows < labelled * 0.01))
  if (rare.length > 0) risks.push(`Rare classes: ${rare.slice(0, 5).map(({ value, rows: count }) => `${JSON.stringify(value)} (${count} rows)`).join(', ')}${rare.length > 5 ? ` and ${rare.length - 5} more` : ''}.`)
  if (labelled < 100) risks.push(`Only ${labelled} rows have a label; every figure will be rough.`)
  return risks
}

function sampleWords(sampled: number, labelled: number): string {
  return sampled >= labelled ? `all ${labelled.toLocaleString('en-US')} labelled rows` : `a sample of ${sampled.toLocaleString('en-US')} rows`
}
