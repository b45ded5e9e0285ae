import type { RunKnowledge, TermImportance } from '#core/advisor-ports'
import { citeColumns, citeModel } from './cite.ts'
import { said, type Intent } from './intent.ts'
import type { Question } from './read-question.ts'
import { figure, list, percent, quoted } from './words.ts'

export const topFeatures: Intent = {
  name: 'top_features',
  example: 'Which features matter most?',
  cues: [
    [4, 'important'],
    [4, 'importance'],
    [3, 'top feature'],
    [3, 'matter'],
    [3, 'drive'],
    [3, 'drivers'],
    [3, 'influenc'],
    [3, 'affect'],
    [2, 'feature'],
    [2, 'strongest'],
    [2, 'depend'],
    [2, 'most'],
    [2, 'terms'],
  ],
  answer: answerFeatures,
}

const shown = 10

async function answerFeatures({ columns }: Question, knowledge: RunKnowledge) {
  const trained = await knowledge.trained()
  if (trained === null) {
    const labelled = await knowledge.labelled()
    if (labelled === null) return said('No model is trained yet, and the columns that it may use are not decided.')
    return said(`No model is trained yet. It may use ${list(labelled.features.map(({ name }) => quoted(name)), shown)}.`, citeColumns(knowledge.run))
  }
  const importances = await knowledge.importances()
  const cited = citeModel(knowledge.run)
  if (importances.length === 0) return said(`${trained.trainer_title} uses no feature at all.`, cited)
  const total = importances.reduce((sum, { importance }) => sum + importance, 0)
  const line = ({ features, importance }: TermImportance, i: number) => `${i + 1}. ${features.map(quoted).join(' with ')}: ${figure(importance)}${total === 0 ? '' : ` (${percent(importance / total)} of all)`}`
  const names = new Set(columns.map(({ name }) => name))
  const asked = importances.map((one, i) => ({ one, i })).filter(({ one }) => one.features.some((feature) => names.has(feature)))
  const paired = importances.some(({ features }) => features.length > 1)
  const [noun, pairs] = paired ? ['terms', ' A term of two features is what both add together.'] : ['features', '']
  const meaning = `Importance is the mean absolute contribution to the score over the training rows.${pairs}`
  if (asked.length > 0) return said([...asked.map(({ one, i }) => `${line(one, i)}, of ${importances.length} ${noun}.`), meaning].join('\n'), cited)
  const rest = importances.length > shown ? [`${importances.length - shown} more ${noun} have less.`] : []
  return said([`The ${noun} of ${trained.trainer_title} by importance:`, ...importances.slice(0, shown).map(line), ...rest, meaning].join('\n'), cited)
}
