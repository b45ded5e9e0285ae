import { accept, type Result } from '#core/errors'
import type { Featured, Labelled } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import type { Facts, Tools } from '#phases/phase'
import type { Pipeline, PipelineState } from '#steps/compile-pipeline'
import { fitOnTraining, prepareMarked, type MarkedRows } from '#steps/marked-rows'
import { combineDecisions } from './combine.ts'
import { finalColumns } from './final-columns.ts'
import { fixedColumns, readLabelled } from './read-labelled.ts'
import type { FeatureDecision } from './schema.ts'

/** The table, pipeline and features after some decisions of this phase, oldest first. */
export async function buildFeatured(
  facts: Facts,
  decisions: readonly FeatureDecision[],
  tools: Tools,
): Promise<Result<Featured>> {
  const labelled = readLabelled(facts)
  const before = labelled.spec.steps
  const { steps, left_out, added } = combineDecisions(decisions, before)
  const all = new Map([...labelled.left_out, ...left_out].map((one) => [one.column, one]))
  const request = {
    columns: facts.table.columns,
    before,
    steps,
    fixed: fixedColumns(labelled),
    label: labelled.label.id,
    features: labelled.features,
    left_out: [...all.values()],
    added,
  }
  const known = finalColumns({ ...request, state: labelled.state })
  if (!known.ok) return known
  const learnt = await learn(labelled, { steps, pipeline: known.value.pipeline }, tools)
  if (!learnt.ok) return learnt
  const state = { ...labelled.state, ...learnt.value }
  const final = finalColumns({ ...request, state })
  if (!final.ok) return final
  const { pipeline } = final.value
  const marked: MarkedRows = steps.length === 0 ? labelled : await prepareMarked(labelled, { pipeline, state }, tools)
  return accept({
    ...labelled,
    table: marked.table,
    sealed: marked.sealed,
    group: marked.group,
    spec: { version: '2.0', steps: [...before, ...steps] },
    features: [...final.value.features],
    left_out: [...final.value.left_out],
    added: [...final.value.added],
    ...(pipeline.rowwise && labelled.state === undefined ? {} : { state: plainState(state) }),
  })
}

/** What the new steps learn, from the training rows alone. */
async function learn(labelled: Labelled, { steps, pipeline }: { steps: readonly StepSpec[]; pipeline: Pipeline }, tools: Tools): Promise<Result<PipelineState>> {
  if (steps.length === 0) return accept({})
  const nextId = pipeline.nextId - pipeline.steps.reduce((sum, step) => sum + step.created.length, 0)
  const fitted = await fitOnTraining(labelled, { steps, columns: pipeline.input, nextId }, tools)
  return fitted.ok ? accept(fitted.value.state) : fitted
}

/** A state is JSON by its type, so that its text holds all of it. */
function plainState(state: PipelineState): NonNullable<Featured['state']> {
  return JSON.parse(JSON.stringify(state))
}
