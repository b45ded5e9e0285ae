import { z } from 'zod'
import type { ComparedTrainer, RunKnowledge, TermImportance } from '#core/advisor-ports'
import { appliedSpec } from '#core/applied-spec'
import { tableSchema } from '#core/dataset'
import { answerSchema, proposalSchema } from '#core/decision'
import { featuredSchema, labelledSchema, preparedSchema, type Labelled, type Featured } from '#core/outcomes'
import { emptyPipeline } from '#core/pipeline-spec'
import { isStarted, type Run } from '#core/run'
import type { RunRow } from '#core/store-ports'
import { compilePipeline } from '#steps/compile-pipeline'
import { pipelineLineage } from '#steps/pipeline-graph'
import { explainRow } from './explain-row.ts'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'
import { currentPhase, errorOf, progressOf, trainedOf } from './run-view.ts'

/** What the chat may know of a run: functions over its blobs that read and never write. */
export function runKnowledge(input: ServiceInput, row: RunRow): RunKnowledge {
  const { run } = row
  const { blobs } = input
  const trained = () => (isStarted(run) ? trainedOf(blobs, run) : Promise.resolve(null))
  const labelled = () => labelledOf(input, run)
  const table: RunKnowledge['table'] = async () => {
    if (isStarted(run)) return tableSchema.parse(await blobs.get(run.dataset))
    return run.dataset_id === null ? null : ((await input.datasets.get(run.dataset_id))?.table ?? null)
  }
  return {
    run,
    table,
    progress: () => Promise.resolve({ share: progressOf(row), text: row.progress_text, phase: currentPhase(run) }),
    failure: () => (isStarted(run) ? errorOf(blobs, run) : Promise.resolve(null)),
    proposal: async (hash) => proposalSchema.parse(await blobs.get(hash)),
    answer: async (hash) => answerSchema.safeParse(await blobs.get(hash)).data ?? null,
    decision: (hash) => blobs.get(hash),
    async prepared() {
      const found = await outcomeOf(input, run, 'data_preparation')
      return found === null ? null : preparedSchema.parse(found)
    },
    labelled,
    trained,
    importances: async () => (await evaluationOf(input, run))?.importances.map(importanceOf) ?? [],
    comparison: async () => (await evaluationOf(input, run))?.board.candidates ?? [],
    async ways() {
      const [raw, spec, rows] = await Promise.all([table(), specOf(input, run), labelled()])
      const pipeline = compilePipeline(spec, raw?.columns ?? [], rows?.state)
      if (!pipeline.ok) return []
      return pipelineLineage(pipeline.value).map(({ from, to, steps }) => ({ from, to, steps: steps.map(({ text }) => text) }))
    },
    async explain(at) {
      const [raw, model, rows] = await Promise.all([table(), trained(), labelled()])
      return raw === null || model === null || rows === null ? null : explainRow(input, { raw, labelled: rows, trained: model }, at)
    },
    notes: () => input.chat.notes(run.run_id),
  }
}

async function labelledOf(input: ServiceInput, run: Run): Promise<Labelled | Featured | null> {
  // A feature phase that was skipped has an outcome of another form, or none.
  const featured = featuredSchema.safeParse(await outcomeOf(input, run, 'feature_engineering'))
  if (featured.success) return featured.data
  const labelled = await outcomeOf(input, run, 'label_selection')
  return labelled === null ? null : labelledSchema.parse(labelled)
}

async function specOf(input: ServiceInput, run: Run) {
  const labelled = await labelledOf(input, run)
  if (labelled !== null) return labelled.spec
  const prepared = await outcomeOf(input, run, 'data_preparation')
  return prepared === null ? emptyPipeline : appliedSpec(preparedSchema.parse(prepared))
}

const figureSchema = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
const comparedSchema: z.ZodType<ComparedTrainer> = z.object({ trainer: z.string(), title: z.string(), cv: z.record(z.string(), figureSchema) })

/** Evaluations from before there were pairs name no features. */
const importanceSchema = z.object({ feature: z.string(), features: z.array(z.string()).optional(), importance: z.number() })

function importanceOf({ feature, features, importance }: z.infer<typeof importanceSchema>): TermImportance {
  return { name: feature, features: features ?? [feature], importance }
}

/** The parts of an evaluation that are talked about; one of another form is not talked about. */
const evaluationSchema = z.object({
  importances: z.array(importanceSchema),
  board: z.object({ candidates: z.array(comparedSchema) }),
})

async function evaluationOf(input: ServiceInput, run: Run): Promise<z.infer<typeof evaluationSchema> | null> {
  const trained = isStarted(run) ? await trainedOf(input.blobs, run) : null
  return trained === null ? null : (evaluationSchema.safeParse(await input.blobs.get(trained.evaluation)).data ?? null)
}
