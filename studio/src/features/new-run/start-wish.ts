import type { DatasetAnswer, StartRunInput } from '#sdk/client'
import { phases, type Phase } from '#studio/lib/phases.ts'

type Task = NonNullable<StartRunInput['task']>

/** Everything that a run can be started with, as a person sets it. */
export interface StartWish {
  readonly name: string
  readonly description: string
  readonly question: string
  /** Empty: the run proposes one. */
  readonly target: string
  readonly task: Task | 'auto'
  /** The phases that ask. */
  readonly gates: readonly Phase[]
  readonly plan: readonly Phase[]
  readonly algorithm: 'xgm' | 'xplainable'
  readonly autoFeatures: boolean
  readonly autoDeploy: boolean
  readonly testShare: number
  readonly testSeed: number
  readonly seed: number
  /** Hours that a decision waits; 0 is for as long as it takes. */
  readonly hours: number
}

export function firstWish(name: string): StartWish {
  return { name, description: '', question: '', target: '', task: 'auto', gates: phases, plan: phases, algorithm: 'xgm', autoFeatures: true, autoDeploy: false, testShare: 0.2, testSeed: 1, seed: 1, hours: 0 }
}

/** The same as the API takes it. */
export function startBody(wish: StartWish, { dataset_id }: DatasetAnswer): StartRunInput {
  const inOrder = (chosen: readonly Phase[]) => phases.filter((phase) => chosen.includes(phase))
  const plan = inOrder(wish.plan)
  return {
    dataset_id,
    model_name: wish.name.trim(),
    model_description: wish.description.trim(),
    require_approval: inOrder(wish.gates).filter((phase) => plan.includes(phase)),
    auto_apply_safe_features: wish.autoFeatures,
    auto_deploy: wish.autoDeploy,
    algorithm: wish.algorithm,
    test: { share: wish.testShare, seed: wish.testSeed },
    seed: wish.seed,
    ...(plan.length === phases.length ? {} : { phase_plan: plan }),
    ...(wish.question.trim() === '' ? {} : { user_query: wish.question.trim() }),
    ...(wish.target === '' ? {} : { target: wish.target }),
    ...(wish.task === 'auto' ? {} : { task: wish.task }),
    ...(wish.hours === 0 ? {} : { decision_timeout_seconds: wish.hours * 3600 }),
  }
}
