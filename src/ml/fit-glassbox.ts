import { averageBags } from './average-bags.ts'
import { binTable } from './bin-table.ts'
import { layOutBins, viewsByFeature } from './binned-rows.ts'
import { type BoostedBags, boostBags } from './boost-bags.ts'
import { type BuiltTerm, buildTerm } from './build-term.ts'
import { chooseLink } from './choose-link.ts'
import type { Context } from './context.ts'
import type { FeatureBins } from './feature-bins.ts'
import type { FitRequest } from './fit-request.ts'
import { fitLogScale } from './log-scale.ts'
import type { Model } from './model.ts'
import { planBoosting } from './plan-boosting.ts'
import { scoreRows } from './predict.ts'
import { expectAccepted } from './refusal.ts'
import { linkOfTask } from './start-score.ts'
import { outputsOf, type RegressionTarget, type Table, takeRows, targetRows } from './table.ts'

/** Fits the glass box with main effects: one curve a feature, boosted in turn, averaged over bags. */
export async function fitGlassbox(request: FitRequest, context: Context): Promise<Model> {
  const { table, target } = request
  const size = { rows: targetRows(target), features: table.columns.length, outputs: outputsOf(target) }
  const plan = planBoosting(size, request.settings?.glassbox ?? {})
  const features = binTable(request, plan.quantileBins)
  const link = await chooseLink({ request, features, plan }, context)
  const boosted = await boostBags({ request, features, plan, link }, context)
  const model = buildModel(request, features, boosted)
  if (link === 'identity' || target.task !== 'regression') return model
  return { ...model, link: 'log', logScale: fitScale(model, table, target) }
}

function buildModel(request: FitRequest, features: readonly FeatureBins[], boosted: BoostedBags): Model {
  const { table, target } = request
  const averaged = averageBags(boosted)
  const layout = layOutBins(features.map((feature) => feature.bins))
  const outputs = averaged.intercepts.map((_, k) => ({
    scores: viewsByFeature(averaged.scores, k, layout),
    deviation: viewsByFeature(averaged.deviation, k, layout),
  }))
  const built: BuiltTerm[] = table.columns.map((column, f) =>
    buildTerm(features[f] as FeatureBins, column, {
      scores: outputs.map((output) => output.scores[f] as Float64Array),
      deviation: outputs.map((output) => output.deviation[f] as Float64Array),
    }),
  )
  return {
    format: 'signalbox-model',
    version: 1,
    trainer: request.trainer,
    task: target.task,
    link: linkOfTask(target.task),
    ...(target.task === 'regression' ? {} : { classes: [...target.classes] }),
    intercepts: averaged.intercepts.map((start, k) =>
      built.reduce((sum, { means }) => sum + (means[k] as number), start),
    ),
    terms: built.map(({ term }) => term),
    training: { rows: table.rows, seed: request.seed, rounds: boosted.bags.map((bag) => bag.rounds) },
  }
}

/** Rows from which the smear factor is worked out. */
const SCALE_ROWS = 100_000

function fitScale(model: Model, table: Table, { values }: RegressionTarget) {
  const count = Math.min(SCALE_ROWS, values.length)
  const rows = Int32Array.from({ length: count }, (_, i) => Math.floor((i * values.length) / count))
  const [scores] = expectAccepted(scoreRows(model, takeRows(table, rows)))
  const truth = Array.from(rows, (row) => values[row] as number)
  return fitLogScale(scores ?? new Float64Array(0), truth, values)
}
