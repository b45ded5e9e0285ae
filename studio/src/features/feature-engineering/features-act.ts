import type { OptionAnswer } from '#sdk/client'
import type { Act } from '#studio/lib/desk.ts'
import { counted } from '#studio/lib/numbers.ts'
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
