import { answerSchema, proposalSchema, type Answer } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import type { Actor } from '#core/event'
import { preparedSchema } from '#core/outcomes'
import { plainJson } from '#core/plain-json'
import { stepSpecSchema, type StepSpec } from '#core/pipeline-spec'
import type { Replay } from '#core/replay'
import type { CompletedRun } from '#core/run'
import { bindKnown } from '#steps/bind-known'
import type { RetrainBody } from '#wire/retrain'
import type { ServiceInput } from './ports.ts'
import type { RetrainTable } from './retrain-table.ts'

interface Asked {
  readonly run: CompletedRun
  readonly table: RetrainTable
  readonly body: RetrainBody
  readonly actor: Actor
}

/** What a retrain is asked to decide otherwise, as the answers that it replays; refused at once where it cannot be done. */
export async function retrainChanges(input: ServiceInput, asked: Asked): Promise<Result<Replay['changes']>> {
  const changes: Replay['changes'] = {}
  const steps = await changedSteps(input, asked)
  if (!steps.ok) return steps
  const { actor } = asked
  if (steps.value !== null) changes.data_preparation = { answer: { custom_value: plainJson({ version: '2.0', steps: steps.value }) }, actor }
  const training = trainingAnswer(asked.body)
  if (training === null) return accept(changes)
  const fits = await checkTraining(input, asked, { answer: training, sameRows: steps.value === null })
  if (!fits.ok) return fits
  changes.model_training = { answer: training, actor }
  return accept(changes)
}

/** All steps of the changed pipeline, or null where it stays as it is. */
async function changedSteps(input: ServiceInput, { run, table, body }: Asked): Promise<Result<StepSpec[] | null>> {
  const { spec = null, add_steps = null, remove_steps = null } = body
  if (spec === null && add_steps === null && remove_steps === null) return accept(null)
  const before = spec === null ? await preparedSteps(input, run) : spec.steps.map(plainStep)
  const unknown = (remove_steps ?? []).filter((id) => !before.some((step) => step.id === id))
  if (unknown.length > 0) {
    const known = before.length === 0 ? 'it has no steps' : `its steps are ${before.map(({ id }) => `"${id}"`).join(', ')}`
    return refuse('CUSTOM_REFUSED', `remove_steps names ${unknown.map((id) => `"${id}"`).join(', ')}, which the pipeline of data_preparation does not have; ${known}.`)
  }
  const steps = before.filter(({ id }) => remove_steps?.includes(id) !== true)
  for (const added of add_steps ?? []) steps.push(plainStep({ ...added, id: added.id ?? freeId(added.type, steps) }))
  const pipeline = bindKnown({ version: '2.0', steps }, table.table.columns)
  return pipeline.ok ? accept(steps) : pipeline
}

function plainStep(step: unknown): StepSpec {
  return stepSpecSchema.parse(plainJson(step))
}

function freeId(type: string, steps: readonly StepSpec[]): string {
  let number = 1
  while (steps.some(({ id }) => id === `${type}-${number}`)) number++
  return `${type}-${number}`
}

async function preparedSteps({ blobs }: ServiceInput, run: CompletedRun): Promise<StepSpec[]> {
  const outcome = run.phases.find(({ phase }) => phase === 'data_preparation')?.outcome ?? null
  return outcome === null ? [] : preparedSchema.parse(await blobs.get(outcome)).spec.steps
}

function trainingAnswer({ parameters = null, monotonic_constraints = null }: RetrainBody): Answer | null {
  if (parameters === null && monotonic_constraints === null) return null
  return answerSchema.parse({ ...(parameters === null ? {} : { custom_value: parameters }), ...(monotonic_constraints === null ? {} : { monotonic_constraints }) })
}

/** Reads the settings against the parent's own card. On other rows there may be other columns, so only the settings are read. */
async function checkTraining({ phases, blobs }: ServiceInput, { run, table }: Asked, { answer, sameRows }: { answer: Answer; sameRows: boolean }): Promise<Result<unknown>> {
  const phase = phases.find(({ name }) => name === 'model_training')
  const made = run.decisions.filter((decision) => decision.phase === 'model_training').at(-1)
  if (phase?.replay === undefined || made === undefined) return refuse('RUN_WITHOUT_MODEL', 'The run decided nothing of model_training.')
  const proposal = proposalSchema.parse(await blobs.get(made.proposal))
  const decisions = [phase.schemas.decision.parse(await blobs.get(made.decision))]
  const { monotonic_constraints, ...settings } = answer
  const same = sameRows && table.dataset_id === run.dataset_id
  return phase.replay({ decisions, proposal, changes: same ? answer : settings }, proposal)
}
