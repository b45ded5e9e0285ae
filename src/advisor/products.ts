import type { Citation, RunKnowledge } from '#core/advisor-ports'
import { isStarted, type StartedRun } from '#core/run'
import { citeModel, citeRun } from './cite.ts'
import { said, type Intent } from './intent.ts'
import { phaseTitle } from './words.ts'

export const products: Intent = {
  name: 'products',
  example: 'Which model, deployment, report and monitor came of it?',
  cues: [
    [3, 'deploy'],
    [3, 'report'],
    [3, 'monitor'],
    [3, 'version'],
    [2, 'hash'],
    [2, 'publish'],
    [2, 'produced'],
    [2, 'came of'],
  ],
  answer: answerProducts,
}

const nouns = { model_version: 'Model version', deployment: 'Deployment', report: 'Report', monitor: 'Monitor' } as const
const makers = ['model_training', 'model_deployment', 'report_creation', 'monitoring_creation'] as const

async function answerProducts(_question: unknown, knowledge: RunKnowledge) {
  const { run } = knowledge
  if (!isStarted(run)) return said('Nothing came of the run: it was not started.', [citeRun(run)])
  const lines = run.published.map(({ kind, id, model_id }) => `${nouns[kind]} ${id}${kind === 'model_version' ? `, of model ${model_id}` : ''}.`)
  const trained = await knowledge.trained()
  if (trained !== null) lines.push(`The hash of pipeline and model is ${trained.model}.`)
  const cited: Citation[] = trained === null ? [] : [{ kind: 'model', id: trained.model, label: 'pipeline and model' }]
  return said([...(lines.length === 0 ? ['Nothing was published by the run yet.'] : lines), ...absent(run)].join('\n'), [citeRun(run), ...citeModel(run), ...cited])
}

/** What a phase that could publish has not published, and why. */
function absent(run: StartedRun): string[] {
  return makers.flatMap((maker) => {
    const status = run.phases.find(({ phase }) => phase === maker)?.status
    if (status === 'completed') return []
    return [`${status === undefined ? 'Not in the plan of this run' : `Phase ${status.replace('_', ' ')}`}: ${phaseTitle(maker)}.`]
  })
}
