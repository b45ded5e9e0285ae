import type { Json } from '#core/canonical-json'
import { profileSchema, type Profile } from '#core/dataset'
import { proposalSchema } from '#core/decision'
import { deployedSchema, featuredSchema, labelledSchema, monitoredSchema, preparedSchema, trainedSchema } from '#core/outcomes'
import { phaseNames, type PhaseName } from '#core/phase-names'
import type { JsonBlobs } from '#core/ports'
import { shapes } from '#ml/shapes'
import type { Facts, RunFacts, Tools } from '#phases/phase'
import { scorerSchema } from '#scoring/scorer-schema'
import { evaluationSchema } from './evaluation-schema.ts'
import { proofOf } from './proof.ts'
import { modelProgram } from './model-program.ts'
import type { Artifact, DecisionRecord, Material } from './material.ts'

/** What reading needs: the blobs, and the data for a profile that no card of the run holds. */
export type ReadTools = Pick<Tools, 'blobs' | 'data' | 'signal'>

/** Reads what a report is made of. */
export async function readMaterial(facts: Facts, tools: ReadTools): Promise<Material> {
  const { run, outcomes } = facts
  if (run === null) throw new Error('a report is made of a run, and the facts hold none')
  const { blobs } = tools
  const of = <T>(phase: PhaseName, schema: { parse(value: unknown): T }): T | null => {
    const outcome = outcomes[phase]
    return outcome === undefined ? null : schema.parse(outcome)
  }
  const labelled = of('label_selection', labelledSchema)
  const trained = of('model_training', trainedSchema)
  if (labelled === null || trained === null) throw new Error('a report needs the outcomes of label_selection and model_training')
  const deployed = of('model_deployment', deployedSchema)
  const decisions = await Promise.all(run.decisions.map((made) => readDecision(made, blobs)))
  const scorer = scorerSchema.parse(await blobs.get(trained.model))
  const known = { prepared: of('data_preparation', preparedSchema), labelled, featured: of('feature_engineering', featuredSchema), trained, deployed }
  return {
    facts,
    run,
    ...known,
    evaluation: evaluationSchema.parse(await blobs.get(trained.evaluation)),
    scorer,
    program: modelProgram(scorer),
    shapes: shapes(scorer.model),
    fairness: deployed === null ? null : await blobs.get(deployed.evaluation),
    decisions,
    profile: await readProfile(facts, { decisions, tools }),
    proof: await proofOf(run, { decisions, trained: outcomes.model_training ?? null, blobs }),
    monitored: of('monitoring_creation', monitoredSchema),
    artifacts: await artifactsOf(facts, { run, trained: known.trained, deployed, blobs }),
  }
}

async function readDecision(made: RunFacts['decisions'][number], blobs: JsonBlobs): Promise<DecisionRecord> {
  const [proposal, answer, decision] = await Promise.all([blobs.get(made.proposal), blobs.get(made.answer), blobs.get(made.decision)])
  return { made, proposal: proposalSchema.parse(proposal), answer, decision }
}

/** The profile that the card of data_preparation showed, or else the same measured now. */
async function readProfile(facts: Facts, { decisions, tools }: { decisions: readonly DecisionRecord[]; tools: ReadTools }): Promise<Profile> {
  const shown = decisions.find(({ made }) => made.phase === 'data_preparation')?.proposal.context.profile
  const read = profileSchema.safeParse(shown)
  return read.success ? read.data : tools.data.profile(facts.table, { signal: tools.signal })
}

interface Named {
  readonly run: RunFacts
  readonly trained: { readonly model: string; readonly evaluation: string }
  readonly deployed: { readonly evaluation: string } | null
  readonly blobs: JsonBlobs
}

async function artifactsOf(facts: Facts, { run, trained, deployed, blobs }: Named): Promise<Artifact[]> {
  const found: Artifact[] = [
    { name: 'Model and pipeline (model_hash)', hash: trained.model },
    { name: 'Table as it was read', hash: facts.table.hash },
    { name: 'Evaluation on the sealed rows', hash: trained.evaluation },
  ]
  if (deployed !== null) found.push({ name: 'Evaluation of the deployment', hash: deployed.evaluation })
  for (const { phase, revision, proposal, answer } of run.decisions) {
    const which = revision > 1 ? `${phase}, revision ${revision}` : phase
    found.push({ name: `Proposal of ${which}`, hash: proposal }, { name: `Answer of ${which}`, hash: answer })
  }
  for (const phase of phaseNames) {
    const outcome: Json | undefined = facts.outcomes[phase]
    // An artifact is named by its content, so storing it again only tells its name.
    if (outcome !== undefined) found.push({ name: `Outcome of ${phase}`, hash: await blobs.put(outcome) })
  }
  return found
}
