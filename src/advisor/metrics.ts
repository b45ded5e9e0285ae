import type { RunKnowledge } from '#core/advisor-ports'
import type { Trained } from '#core/outcomes'
import { citeModel, citeOutcome } from './cite.ts'
import { said, type Intent } from './intent.ts'
import { meaningOf, metricTitle } from './metric-meaning.ts'
import { hasStem, type Question } from './read-question.ts'
import { counted, figure, quoted } from './words.ts'

export const metrics: Intent = {
  name: 'metrics',
  example: 'How good is the model, and what do its figures mean?',
  cues: [
    [3, 'metric'],
    [3, 'accura'],
    [3, 'auc'],
    [3, 'rmse'],
    [3, 'mae'],
    [3, 'brier'],
    [3, 'logloss'],
    [3, 'f1'],
    [3, 'r2'],
    [3, 'how good'],
    [3, 'how well'],
    [3, 'how bad'],
    [2, 'perform'],
    [2, 'score'],
    [2, 'interval'],
    [2, 'figure'],
    [2, 'result'],
    [2, 'quality'],
    [2, 'baseline'],
    [2, 'cross'],
    [2, 'threshold'],
  ],
  answer: answerMetrics,
}

async function answerMetrics(question: Question, knowledge: RunKnowledge) {
  const trained = await knowledge.trained()
  if (trained === null) return said('No model is trained yet, so there are no figures.')
  const cited = [...citeModel(knowledge.run), ...citeOutcome(knowledge.run, 'model_training')]
  const called = trained.threshold === null ? [] : [`A row is called ${quoted(trained.positive ?? '')} from a probability of ${figure(trained.threshold)} on.`]
  const asked = Object.keys(trained.test_metrics).filter((name) => namesMetric(question, name))
  if (asked.length === 0 && hasStem(question.words, 'threshold')) return said([...(called.length === 0 ? ['A model of this task has no threshold.'] : called), ...trained.notes].join('\n'), cited)
  const lines = (asked.length > 0 ? asked : Object.keys(trained.test_metrics)).map((name) => lineOf(trained, name))
  const head = `${trained.trainer_title} predicts ${quoted(trained.label)}; measured on ${counted(trained.rows.test, 'sealed test row')} that no fit saw, with 95 % bootstrap intervals:`
  const more = asked.length > 0 ? [] : [...called, ...trained.notes]
  return said([head, ...lines, ...(await baseline(trained, knowledge)), ...more].join('\n'), cited)
}

function namesMetric({ words }: Question, name: string): boolean {
  const together = words.join('').replaceAll('_', '')
  return words.some((word) => word === name || (name === 'accuracy' && word.startsWith('accura'))) || (name === 'logloss' && together.includes('logloss'))
}

function lineOf(trained: Trained, name: string): string {
  const measured = trained.test_metrics[name]
  if (measured === undefined) return ''
  const { value, low, high } = measured
  const range = low === null || high === null ? 'no interval' : `95 % interval ${figure(low)} to ${figure(high)}`
  return `${metricTitle(name)} ${figure(value)} (${range}): ${meaningOf(name, value, trained)}`
}

/** The chosen trainer beside the baseline that looks at no column, in cross-validation. */
async function baseline(trained: Trained, knowledge: RunKnowledge): Promise<string[]> {
  const compared = await knowledge.comparison()
  const dummy = compared.find(({ trainer }) => trainer === 'dummy')
  const chosen = trained.cv_metrics
  const name = ['auc', 'r2', 'logloss'].find((metric) => chosen[metric] !== undefined && dummy?.cv[metric] !== undefined)
  const [ours, theirs] = name === undefined ? [undefined, undefined] : [chosen[name], dummy?.cv[name]]
  if (name === undefined || ours === undefined || theirs === undefined || trained.trainer === 'dummy') return []
  return [`In cross-validation on the training rows its ${metricTitle(name)} is ${figure(ours.value)}; a baseline that looks at no column reaches ${figure(theirs.value)}.`]
}
