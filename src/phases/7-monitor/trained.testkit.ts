import { orThrow } from '#core/errors'
import type { TaskName } from '#core/run-settings'
import { generatedColumns, without } from '#phases/4-train/generated-columns.testkit'
import { labelledOutcome } from '#phases/4-train/labelled.testkit'
import { memoryTools } from '#phases/4-train/memory-tools.testkit'
import { trainPhase } from '#phases/4-train/phase'
import type { Facts, Tools } from '#phases/phase'

const labels: Readonly<Record<TaskName, string>> = { binary: 'event', multiclass: 'grade', regression: 'cost' }

export interface TrainedFixture {
  readonly title: string
  readonly facts: Facts
  readonly tools: Tools
}

/** A run on generated rows that has trained a model, and the tools it was trained with. */
export async function trainedFixture(task: TaskName, made: { readonly rows: number; readonly seed: number; readonly trainer?: 'glassbox-main' | 'glassbox' | 'trees' }): Promise<TrainedFixture> {
  const label = labels[task]
  const columns = without(generatedColumns(made), ...Object.values(labels).filter((name) => name !== label))
  const outcome = labelledOutcome({ columns, label, task })
  const tools = memoryTools([outcome.made])
  const proposal = orThrow(await trainPhase.propose(outcome.facts, tools))
  // The glass box, whatever this small table recommends: a model without terms has nothing to show.
  const { trainer = 'glassbox-main' } = made
  const decision = orThrow(trainPhase.read({ custom_value: { trainer, ...(trainer === 'trees' ? {} : { bags: 2 }) } }, proposal))
  const trained = orThrow(await trainPhase.apply(outcome.facts, decision, tools)).outcome
  return { title: task, tools, facts: { ...outcome.facts, outcomes: { ...outcome.facts.outcomes, model_training: trained } } }
}
