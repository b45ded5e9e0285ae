import type { Evidence, Option } from '#core/decision'
import type { LeftOut } from '#core/outcomes'
import { plainJson } from '#core/plain-json'
import type { Strength } from './measure-strengths.ts'
import type { SplitProposal } from './propose-split.ts'
import type { Proxy } from './proxy.ts'
import type { Candidate } from './rank-candidates.ts'
import type { LabelEffect } from './schema.ts'

/** Everything measured about a candidate target. */
export interface MeasuredCandidate {
  readonly candidate: Candidate
  readonly proxies: readonly Proxy[]
  /** Null where it was not measured. */
  readonly strengths: readonly Strength[] | null
  readonly split: SplitProposal
  readonly rows: number
  /** Steps that leave the spec for this column. */
  readonly cut: readonly string[]
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
  const { candidate, proxies, strengths, rows, split } = measured
  const { facts, plan } = candidate
  const plain = (label: string, text: string, value: number | string | null, data: Evidence['data'] = null): Evidence => ({ label, text, value, interval: null, data })
  const labelled = rows - facts.missing
  const evidence = [plain('task', plan.reasons.join(' '), plan.task), spreadEvidence(candidate, labelled)]
  evidence.push(plain('missing', facts.missing === 0 ? 'Every row has it.' : `${facts.missing.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows lack it; they are left out of training and test.`, facts.missing / rows))
  for (const proxy of proxies.filter((one) => one.proven)) evidence.push(plain('left out', proxy.text, proxy.name, proxy.data))
  const best = strengths?.filter((one) => !proxies.some((proxy) => proxy.proven && proxy.column === one.column)) ?? []
  const [strongest] = best
  if (strongest !== undefined) {
    const metric = strongest.metric === 'auc' ? 'an area under the curve' : 'an R²'
    evidence.push(plain('strongest column', `"${strongest.name}" alone predicts it with ${metric} of ${strongest.value.toFixed(3)} on rows it was not learnt from (a sample).`, strongest.value, plainJson(best.slice(0, 5))))
  }
  evidence.push(plain('split', split.text, split.split.kind, split.others.length === 0 ? null : plainJson(split.others)))
  if (measured.cut.length > 0) evidence.push(plain('steps', `These steps no longer change it: ${measured.cut.join(', ')}.`, measured.cut.length))
  return evidence
}

function spreadEvidence({ facts, plan }: Candidate, labelled: number): Evidence {
  if (plan.classes === null) {
    return { label: 'spread', text: `Numbers from ${facts.min} to ${facts.max}, ${facts.distinct.toLocaleString('en-US')} different ones.`, value: facts.distinct, interval: null, data: plainJson({ min: facts.min, max: facts.max }) }
  }
  const sorted = [...(facts.classes ?? [])].sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1))
  const shown = sorted.slice(0, 6).map(({ value, rows }) => `${JSON.stringify(value)} ${((rows / labelled) * 100).toFixed(1)} %`)
  const smallest = sorted.at(-1)?.rows ?? 0
  return { label: 'balance', text: `${shown.join(', ')}${sorted.length > 6 ? ` and ${sorted.length - 6} more` : ''}.`, value: smallest / labelled, interval: null, data: plainJson(sorted) }
}

function risksOf({ candidate, proxies, strengths, rows }: MeasuredCandidate): string[] {
  const { facts, plan } = candidate
  const risks = proxies.filter((proxy) => !proxy.proven).map((proxy) => `${proxy.text} If it is not known before, leave it out.`)
  for (const one of strengths ?? []) {
    if (one.value < suspicious[one.metric] || proxies.some((proxy) => proxy.column === one.column)) continue
    risks.push(`"${one.name}" alone predicts it nearly perfectly (${one.metric === 'auc' ? 'area under the curve' : 'R²'} ${one.value.toFixed(4)} on a sample): is it known before?`)
  }
  const labelled = rows - facts.missing
  const rare = (facts.classes ?? []).filter((one) => plan.classes !== null && (one.rows < 10 || one.rows < labelled * 0.01))
  if (rare.length > 0) risks.push(`Rare classes: ${rare.slice(0, 5).map(({ value, rows: count }) => `${JSON.stringify(value)} (${count} rows)`).join(', ')}${rare.length > 5 ? ` and ${rare.length - 5} more` : ''}.`)
  if (labelled < 100) risks.push(`Only ${labelled} rows have a label; every figure will be rough.`)
  return risks
}
