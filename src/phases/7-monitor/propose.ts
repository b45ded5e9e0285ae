import type { Proposal } from '#core/decision'
import { accept, type Result } from '#core/errors'
import { featuredSchema, labelledSchema, trainedSchema, type Labelled } from '#core/outcomes'
import type { Facts, Tools } from '#phases/phase'
import { measureWays, profileReference, type Reference, sizesFor } from './measure-monitor.ts'
import { runTask } from './run-task.ts'
import type { Basis } from './schema.ts'
import { usualRate, waysToWatch, type OfferedWay } from './ways-to-watch.ts'
import { type MeasuredPower, type MeasuredWay, wayOption } from './way-option.ts'

/** The labelled rows as the model was trained on them, with the added features where there are any. */
export function labelledOf(outcomes: Facts['outcomes']): Labelled {
  const featured = outcomes.feature_engineering ?? null
  if (featured === null) return labelledSchema.parse(outcomes.label_selection)
  const { added: _added, state: _state, ...labelled } = featuredSchema.parse(featured)
  return labelled
}

/** Profiles the training rows, measures the ways to watch on them, and asks for one. */
export async function propose(facts: Facts, tools: Tools): Promise<Result<Proposal>> {
  const labelled = labelledOf(facts.outcomes)
  const trained = trainedSchema.parse(facts.outcomes.model_training)
  tools.progress(0, 'Profiling the training rows')
  const reference = await profileReference(labelled, trained.model, tools)
  const ways = waysToWatch(reference.profile)
  tools.progress(0.4, 'Measuring false alarms on the training rows')
  const measured = await measuredWays(reference, ways, tools)
  const basis: Basis = {
    model: trained.model,
    profile: await tools.blobs.put(reference.profile),
    inputs: reference.profile.columns.map(({ feature }) => feature),
    ways: measured.map(({ id, settings, alarms }) => ({ id, settings, measured: [...alarms] })),
  }
  tools.progress(1, 'Monitoring measured')
  return accept({
    phase: 'monitoring_creation',
    subject: `How should batches for "${labelled.label.name}" be watched?`,
    options: measured.map((way, index) => wayOption(way, { index, profile: reference.profile, split: labelled.split })),
    recommended_index: 0,
    default_option_index: 0,
    context: contextOf(reference),
    basis,
  })
}

async function measuredWays(reference: Reference, ways: readonly OfferedWay[], tools: Tools): Promise<MeasuredWay[]> {
  const watching = ways.flatMap(({ settings }) => (settings === null ? [] : [settings]))
  const alarms = await measureWays(reference, watching, tools)
  const measured: MeasuredWay[] = []
  for (const way of ways) {
    const place = way.settings === null ? -1 : watching.indexOf(way.settings)
    measured.push({ ...way, alarms: alarms[place] ?? [], power: await powerOf(reference, way, tools) })
  }
  return measured
}

/** How small a change of the most important watched column is seen, by size of batch. */
async function powerOf({ rows, profile }: Reference, { settings }: OfferedWay, tools: Tools): Promise<MeasuredPower[]> {
  if (settings === null) return []
  const [first] = profile.columns.filter(({ feature }) => settings.columns.includes(feature)).toSorted((a, b) => b.importance - a.importance)
  const column = rows.table.columns.find(({ name }) => name === first?.feature)
  if (first === undefined || column === undefined) return []
  const single = settings.false_alarm_rate / (settings.columns.length + (settings.prediction ? 1 : 0))
  const powers: MeasuredPower[] = []
  for (const size of sizesFor(profile)) {
    const power = await runTask(tools, 'measurePower', { column, rule: first.rule, rows: size, single, seed: tools.seed })
    powers.push({ ...power, column: first.feature, rows: size })
  }
  return powers
}

function contextOf({ profile }: Reference): Proposal['context'] {
  return {
    reference_rows: profile.rows,
    inputs: profile.columns.map(({ feature, rule, importance }) => ({ name: feature, kind: rule.kind, importance })),
    test: 'A likelihood-ratio test on bins that are frozen at training, missing values and unseen categories being bins of their own. Its null distribution is that of batches drawn at random from training rows and batch together, so that it holds at both sizes; Benjamini and Hochberg\'s procedure keeps the rate over all columns.',
    usual_false_alarm_rate: usualRate,
    notes: [
      'A column of a batch that is too small to show that half of its rows have gathered in one bin gets the verdict "not_enough_data".',
      'The prediction is compared with that on the sealed rows, to which the model was not fitted; their labels are not read for it.',
    ],
  }
}
