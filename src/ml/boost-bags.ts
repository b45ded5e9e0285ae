import { type BoostingTarget, boostingTarget, type RegressionLink } from './boosting-target.ts'
import { type Context, runParts } from './context.ts'
import type { FeatureBins } from './feature-bins.ts'
import { type FitBagOutput, fitBag } from './fit-bag.ts'
import type { FitRequest } from './fit-request.ts'
import { assignFolds } from './folds.ts'
import { type BoostingPlan, chooseTracker } from './plan-boosting.ts'
import { outputsOf, targetRows } from './table.ts'

/** What the bags of one fit have in common. */
export interface BagsInput {
  readonly request: FitRequest
  readonly features: readonly FeatureBins[]
  readonly plan: BoostingPlan
  readonly link: RegressionLink
  /** Only the first bags; without it all. */
  readonly onlyBags?: number
}

/** Bags in their order, and the target they were fitted to. */
export interface BoostedBags {
  readonly bags: FitBagOutput[]
  readonly target: BoostingTarget
}

/** Boosts the bags: each leaves out one (stratified) fold, by which it knows when to stop. */
export async function boostBags(input: BagsInput, context: Context): Promise<BoostedBags> {
  const { request, features, plan } = input
  const target = boostingTarget(request.target, input.link)
  const rows = Math.min(plan.rowsPerBag, targetRows(request.target))
  const outputs = outputsOf(request.target)
  const binCounts = features.map((feature) => feature.bins)
  const bins = binCounts.reduce((sum, count) => sum + count, 0)
  const common = {
    task: request.target.task,
    classes: outputs,
    binCounts,
    codes: features.map((feature) => feature.codes),
    directions: features.map(({ rule }) => (rule.kind === 'numeric' ? (rule.direction ?? null) : null)),
    target: target.values,
    folds: assignFolds(request.target, Math.max(2, plan.bags), request.seed),
    rowsPerBag: plan.rowsPerBag,
    tracker: chooseTracker({ rows, features: features.length, outputs }, bins),
    settings: { ...plan.settings, largestStep: request.target.task === 'regression' ? Number.MAX_VALUE : 4 },
    seed: request.seed,
  }
  const count = Math.max(1, Math.min(input.onlyBags ?? plan.bags, plan.bags))
  const parts = Array.from({ length: count }, (_, bag) => ({ ...common, bag }))
  return { bags: await runParts({ task: 'fitBag', run: fitBag }, parts, context), target }
}
