import type { Answer, Proposal } from '#core/decision'
import { accept, type Result, refuse } from '#core/errors'
import { plainJson } from '#core/plain-json'
import type { Replayed } from '#phases/phase'
import { readAnswer } from './read-answer.ts'
import { readSettings } from './read-settings.ts'
import { basisSchema, type TrainingDecision, type TrainingSettings } from './schema.ts'
import { monotoneHindrance } from './trainers.ts'

/** The trainer, settings and directions of the parent run, with what was asked for in their place, on the rows of a retrain. */
export function replayTraining(
  { decisions, changes, proposal: card }: Replayed<TrainingDecision>,
  proposal: Proposal,
): Result<TrainingDecision> {
  const before = decisions.at(-1)
  if (before === undefined || card === null) return refuse('DECISION_STALE', 'The parent run trained no model.')
  const asked = readSettings(changes?.custom_value)
  if (!asked.ok) return asked
  const settings = settingsOf(before, asked.value)
  const trainer = settings.trainer ?? before.trainer
  const { task, features } = basisSchema.parse(proposal.basis)
  const { edits, ...others } = settings
  // What the new fit cannot take is told when the edits are made again; edits that are asked for now are held to the card.
  const replays = edits !== undefined && asked.value.edits === undefined
  const answer: Answer = { custom_value: plainJson(replays ? { ...others, trainer } : { ...settings, trainer }) }
  // Whoever took all columns takes all of the new table's; a choice among them stays the same choice.
  if (before.features.length < basisSchema.parse(card.basis).features.length) answer.selected_features = before.features
  const left = before.features.filter((name) => !features.some((feature) => feature.name === name))
  const wanted = changes?.monotonic_constraints ?? null
  if (wanted !== null) answer.monotonic_constraints = wanted
  else if (monotoneHindrance(trainer, task) === null)
    answer.monotonic_constraints = Object.fromEntries(
      Object.entries(before.monotone).filter(([name]) => !left.includes(name)),
    )
  const read = readAnswer(answer, proposal)
  return read.ok && replays ? accept({ ...read.value, settings: { ...read.value.settings, edits }, replayed: true }) : read
}

/** The settings of the parent with the asked ones over them; those of another trainer do not carry over. */
function settingsOf(before: TrainingDecision, asked: TrainingSettings): TrainingSettings {
  if (asked.trainer !== undefined && asked.trainer !== before.trainer) return asked
  const { threshold, cost, ...kept } = before.settings
  const call =
    asked.threshold !== undefined || asked.cost !== undefined
      ? {}
      : { ...(threshold === undefined ? {} : { threshold }), ...(cost === undefined ? {} : { cost }) }
  return { ...kept, ...call, ...asked }
}
