import type { OptionAnswer } from '#sdk/client'
import type { Act } from '#studio/lib/desk.ts'
import { counted } from '#studio/lib/numbers.ts'
import type { FeaturesContext } from './features-card.ts'
import { featureEffectOf } from './features-card.ts'

/** "Add 1, leave out 3": what the ticks would do. */
export function featuresAct(options: readonly OptionAnswer[], taken: readonly number[], columns: number | null): Act {
  const effects = options.filter(({ index }) => taken.includes(index)).map(featureEffectOf)
  const added = effects.reduce((sum, effect) => sum + effect.added.length, 0)
  const out = new Set(effects.flatMap((effect) => effect.left_out.map(({ name }) => name))).size
  const words = [...(added > 0 ? [`add ${added}`] : []), ...(out > 0 ? [`leave out ${out}`] : [])].join(', ')
  return {
    answer: { apply_indices: [...taken] },
    button: words === '' ? 'Go on with the columns as they are' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    title: words === '' ? 'No feature added, no column left out.' : `${counted(added, 'feature')} added, ${counted(out, 'column')} left out.`,
    ...(columns === null ? {} : { consequence: `${counted(columns + added - out, 'column')} go to training.` }),
    differs: options.some(({ index, recommended }) => recommended !== taken.includes(index)),
  }
}

/** What was measured and what came of it, in a sentence. */
export function featuresFinding(options: readonly OptionAnswer[], context: FeaturesContext): string {
  if (options.length === 0) return ''
  const [outs, adds] = [options.filter(({ id }) => id.startsWith('out:')), options.filter(({ id }) => !id.startsWith('out:'))]
  const [go, clear] = [outs.filter(({ recommended }) => recommended).length, adds.filter(({ recommended }) => recommended).length]
  const folds = context.cross_validation?.folds
  const measured = [...(adds.length === 0 ? [] : [counted(adds.length, 'new feature')]), ...(outs.length === 0 ? [] : [counted(outs.length, 'suspect column')])].join(' and ')
  const gain = adds.length === 0 ? '' : ` ${clear === 0 ? 'No gain is told from chance after so many tries' : clear === 1 ? 'One feature clears the noise' : `${clear} features clear the noise`}${outs.length === 0 ? '.' : ';'}`
  const left = outs.length === 0 ? '' : ` ${go === 0 ? 'no column must go.' : go === 1 ? 'one column should go.' : `${go} columns should go.`}`
  return `${measured}${folds === undefined ? '' : `, measured on ${folds} paired folds of training rows`}.${gain}${left}`
}
