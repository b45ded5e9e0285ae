import type { Evidence, Option } from '#core/decision'
import type { Judgement } from './judge.ts'
import type { Choice } from './schema.ts'
import { choices } from './schema.ts'

const titles: Readonly<Record<Choice, string>> = {
  active: 'Deploy, and answer at once',
  inactive: 'Deploy, without answering yet',
  none: 'Do not deploy',
}

const summaries: Readonly<Record<Choice, string>> = {
  active: 'Makes a deployment that answers predictions as soon as it has a deploy key.',
  inactive: 'Makes a deployment that answers once somebody activates it.',
  none: 'Makes no deployment and marks this version as rejected. Report and monitor go on.',
}

export interface Recommended {
  readonly choice: 'active' | 'inactive'
  readonly reason: string
}

/** Active where every check has passed, else inactive, with the reason. */
export function recommend({ checks }: Judgement): Recommended {
  const failed = checks.filter(({ passed }) => !passed)
  if (failed.length === 0) return { choice: 'active', reason: `All ${checks.length} checks passed.` }
  const reasons = failed.map(({ evidence }) => evidence.text)
  return { choice: 'inactive', reason: `${failed.length} of ${checks.length} checks did not pass. ${reasons.join(' ')}` }
}

/** The three options, each with what was measured. */
export function deployOptions(judgement: Judgement, { choice, reason }: Recommended): Option[] {
  return choices.map((deployment, index) => ({
    index,
    id: deployment,
    title: titles[deployment],
    summary: deployment === choice ? `${summaries[deployment]} Recommended: ${reason}` : summaries[deployment],
    recommended: deployment === choice,
    score: null,
    evidence: evidenceFor(deployment, judgement),
    risks: risksOf(deployment, judgement),
    effect: { deployment, version: deployment === 'none' ? 'rejected' : 'approved' },
  }))
}

function evidenceFor(deployment: Choice, { metrics, checks, threshold, fairnessEvidence }: Judgement): Evidence[] {
  const checked = checks.map(({ evidence }) => evidence)
  if (deployment === 'none') return [...metrics, ...checks.filter(({ id }) => id === 'better_than_baseline').map(({ evidence }) => evidence)]
  // The tables of the groups are shown once.
  const groups = deployment === 'active' ? fairnessEvidence : fairnessEvidence.map((evidence) => ({ ...evidence, data: null }))
  return [...metrics, ...checked, ...(threshold === null ? [] : [threshold]), ...groups]
}

function risksOf(deployment: Choice, { checks, worstGap }: Judgement): string[] {
  if (deployment === 'none') return ['Nobody can ask this model for predictions.']
  const failed = checks.filter(({ passed }) => !passed).map(({ evidence }) => `${evidence.label}: ${evidence.text}`)
  return worstGap === null ? failed : [...failed, worstGap]
}
