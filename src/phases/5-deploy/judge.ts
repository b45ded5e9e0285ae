import type { Evidence } from '#core/decision'
import { plainJson, type PlainJson } from '#core/plain-json'
import type { Facts, Tools } from '#phases/phase'
import { fairnessEvidence, metricEvidence, thresholdEvidence } from './card-evidence.ts'
import type { Check } from './check.ts'
import { checkBaseline } from './check-baseline.ts'
import { checkCalibration } from './check-calibration.ts'
import { checkGap } from './check-gap.ts'
import { checkSameAnswers } from './check-same-answers.ts'
import type { DeployFacts } from './deploy-facts.ts'
import { type ColumnFairness, judgeFairness } from './fairness.ts'
import { groupColumns } from './group-columns.ts'
import { scoreSealedRows, trainingTarget } from './sealed-rows.ts'
import { worstGap } from './worst-gap.ts'

/** Everything that is known of a model before it answers. */
export interface Judgement {
  readonly metrics: readonly Evidence[]
  readonly checks: readonly Check[]
  readonly threshold: Evidence | null
  readonly fairness: readonly ColumnFairness[]
  readonly fairnessEvidence: readonly Evidence[]
  readonly worstGap: string | null
  readonly notes: readonly string[]
}

/** Looks at the sealed rows once more; nothing is fitted or chosen by them. */
export async function judgeModel(facts: Facts, deploying: DeployFacts, tools: Tools): Promise<Judgement> {
  const { labelled, trained } = deploying
  tools.progress(0, 'Scoring the sealed rows')
  const sealed = await scoreSealedRows(deploying, tools)
  const same = await checkSameAnswers({ facts, deploying, sealed }, tools)
  const baseline = checkBaseline(sealed, await trainingTarget(labelled, tools))
  const gap = checkGap(trained)
  tools.progress(0.75, 'Comparing groups')
  const groups = await groupColumns(labelled, trained.features, tools)
  const fairness = judgeFairness(sealed, groups.columns, trained.threshold ?? 0.5)
  const looks = trained.rows.looks + 1
  const notes = [`The sealed rows have now been looked at ${looks} times: for the test metrics and for this card. Nothing is fitted to them.`]
  if (groups.more.length > 0) notes.push(`Not shown by group for want of room: ${groups.more.slice(0, 10).join(', ')}.`)
  return {
    metrics: metricEvidence(trained),
    checks: [same, baseline, checkCalibration(sealed), ...(gap === null ? [] : [gap])],
    threshold: thresholdEvidence(trained, sealed),
    fairness,
    fairnessEvidence: fairnessEvidence(fairness),
    worstGap: worstGap(fairness, trained.positive),
    notes,
  }
}

/** The judgement as it is kept. */
export function judgementJson({ checks, fairness, threshold, worstGap: gap, notes }: Judgement): PlainJson {
  const shown = checks.map(({ id, passed, evidence }) => ({ id, passed, ...evidence }))
  return plainJson({ format: 'signalbox-deployment-checks', version: 1, checks: shown, threshold, fairness, worst_gap: gap, notes })
}
