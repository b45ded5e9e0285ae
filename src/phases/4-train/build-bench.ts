import { accept, type Result, refuse } from '#core/errors'
import { featuredSchema, type Labelled, labelledSchema } from '#core/outcomes'
import type { Fold } from '#ml/folds'
import type { Facts, Tools } from '#phases/phase'
import { foldTables } from './fold-tables.ts'
import { type LoadedRows, loadTraining } from './load-rows.ts'
import { makeTrainingFolds } from './make-training-folds.ts'
import type { Bench } from './measured-candidate.ts'
import { checkRows } from './minimum-rows.ts'
import { workBudget } from './work-budget.ts'

/** What this phase builds on: the label decision, with the added features where that phase was not skipped. */
export function readLabelled(facts: Pick<Facts, 'outcomes'>): Labelled {
  const featured = facts.outcomes.feature_engineering ?? null
  if (featured === null) return labelledSchema.parse(facts.outcomes.label_selection)
  const { added: _added, ...labelled } = featuredSchema.parse(featured)
  return labelled
}

/** Loads the training rows, with `features` only where given, and divides them into folds. */
export async function buildBench(
  { facts, labelled }: { facts: Facts; labelled: Labelled },
  tools: Tools,
  features?: readonly string[],
): Promise<Result<Bench>> {
  const loaded = await loadTraining(labelled, tools)
  const weighed = checkWeights(labelled, loaded)
  if (!weighed.ok) return weighed
  const enough = checkRows(labelled, loaded.target)
  if (!enough.ok) return enough
  const rows = features === undefined ? loaded : keepFeatures(loaded, features)
  if (rows.features.length === 0) return refuse('NO_FEATURES', noFeatures(loaded))
  const budget = workBudget(rows.target, rows.features.length)
  const { target, groups, times } = rows
  const grouped = labelled.split.kind === 'group'
  const made = makeTrainingFolds({
    target,
    groups,
    times,
    grouped,
    folds: budget.folds,
    rows: budget.crossValidationRows,
    seed: tools.seed,
  })
  const folds = rows.weights === undefined ? made : countingFolds(made, rows.weights)
  if (folds.length === 0) {
    const reason = grouped
      ? 'all rows are of one group'
      : times === null
        ? 'all rows are copies of one another'
        : 'all rows are of one time'
    return refuse('TOO_FEW_ROWS', `Cross-validation needs rows on two sides, but ${reason}.`, {
      suggestion: 'Choose another split in label_selection, or send a table with more rows.',
    })
  }
  const tables = await foldTables({ facts, labelled, features: rows.features, folds }, tools)
  return tables.ok ? accept({ rows, folds, foldTables: tables.value, budget, seed: tools.seed }) : tables
}

/** What the label decision made sure of may have changed where an added step changes the column. */
function checkWeights({ weight }: Labelled, { weights }: LoadedRows): Result<null> {
  if (weight === null || weights === undefined) return accept(null)
  const at = weights.findIndex((one) => !(Number.isFinite(one) && one >= 0))
  const message = `Rows are weighed by "${weight.name}", which must be a number of at least 0 in every row.`
  if (at >= 0) return refuse('CUSTOM_REFUSED', `${message} In training row ${at} it is ${Number.isNaN(weights[at]) ? 'missing' : weights[at]}.`)
  if (weights.every((one) => one === 0)) return refuse('CUSTOM_REFUSED', `${message} It is 0 in all training rows.`)
  return accept(null)
}

/** Folds without the rows of weight 0, which nothing can be learnt from or measured on. */
function countingFolds(folds: readonly Fold[], weights: Float64Array): Fold[] {
  const counts = (row: number): boolean => (weights[row] ?? 0) > 0
  const kept = folds.map(({ train, test }) => ({ train: train.filter(counts), test: test.filter(counts) }))
  return kept.filter(({ train, test }) => train.length > 0 && test.length > 0)
}

function keepFeatures(rows: LoadedRows, features: readonly string[]): LoadedRows {
  const keep = rows.features.map((feature) => features.includes(feature.name))
  return {
    ...rows,
    features: rows.features.filter((_, i) => keep[i]),
    table: { ...rows.table, columns: rows.table.columns.filter((_, i) => keep[i]) },
  }
}

function noFeatures(rows: LoadedRows): string {
  const reasons = rows.leftOut.slice(0, 5).map((one) => one.text)
  return reasons.length === 0
    ? 'No column is left to learn from.'
    : `No column is left to learn from. ${reasons.join(' ')}`
}
