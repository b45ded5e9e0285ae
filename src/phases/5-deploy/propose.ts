import type { Proposal } from '#core/decision'
import { accept, type Result } from '#core/errors'
import type { Facts, Tools } from '#phases/phase'
import { type DeployFacts, readDeployFacts } from './deploy-facts.ts'
import { type Judgement, judgementJson, judgeModel } from './judge.ts'
import { deployOptions, recommend, type Recommended } from './options.ts'
import { choices, type DeployBasis } from './schema.ts'

/** Checks the model as it would answer, and asks whether it may. */
export async function propose(facts: Facts, tools: Tools): Promise<Result<Proposal>> {
  const deploying = await readDeployFacts(facts, tools)
  const judgement = await judgeModel(facts, deploying, tools)
  const recommended = recommend(judgement)
  const { trained } = deploying
  const evaluation = await tools.blobs.put(judgementJson(judgement))
  const basis: DeployBasis = { task: trained.task, threshold: trained.threshold, evaluation }
  tools.progress(1, 'Model checked')
  return accept({
    phase: 'model_deployment',
    subject: subjectOf(trained.label, judgement),
    options: deployOptions(judgement, recommended),
    recommended_index: choices.indexOf(recommended.choice),
    default_option_index: choices.indexOf('inactive'),
    context: contextOf(deploying, judgement, recommended),
    basis,
  })
}

function subjectOf(label: string, { checks }: Judgement): string {
  const bad = checks.some(({ id, passed }) => id === 'better_than_baseline' && !passed)
  if (bad) return `The model of "${label}" is not distinguishably better than its baseline: shall it be deployed all the same?`
  return `Shall the model of "${label}" be deployed, and answer?`
}

function contextOf({ trained }: DeployFacts, judgement: Judgement, { reason }: Recommended): Proposal['context'] {
  const { label, task, classes, positive, trainer, trainer_title, model, threshold } = trained
  return {
    recommendation: reason,
    model: { label, task, classes, positive, trainer, trainer_title, model_hash: model, threshold },
    checks: judgement.checks.map(({ id, passed, evidence }) => ({ id, passed, text: evidence.text })),
    worst_gap: judgement.worstGap,
    looks: trained.rows.looks + 1,
    notes: [...judgement.notes],
  }
}
