import type { Evidence } from '#core/decision'
import { countText } from '#core/number-text'
import type { Model } from '#ml/model'

/** Counts what a model is made of: terms that add up, those of them that read two columns, and trees. */
export function partsJson({ terms, forest }: Model): { terms: number; pairs: number; trees: number } {
  const pairs = terms.filter(({ kind }) => kind === 'pair').length
  return { terms: terms.length, pairs, trees: treesOf(forest) }
}

/** The parts of a model in words. */
export function termsEvidence(model: Model): Evidence {
  const { terms, pairs, trees } = partsJson(model)
  const label = model.forest === undefined ? 'Terms' : 'Trees'
  return { label, text: termsText(model), value: model.forest === undefined ? terms : trees, interval: null, data: { terms, pairs, trees } }
}

function termsText(model: Model): string {
  const { terms, pairs, trees } = partsJson(model)
  if (model.forest !== undefined) {
    const columns = countText(model.forest.features.length, 'column')
    return `Adds up ${countText(trees, 'tree')} over ${columns} together, so that no column has a curve of its own.`
  }
  if (terms === 0) return 'Uses no column.'
  const single = `Adds up ${countText(terms - pairs, 'term')}${pairs === 0 ? ', each' : ''} of one column`
  return `${single}${pairs === 0 ? '' : ` and ${countText(pairs, 'pair')} of columns`}.`
}

/** What was computed to measure and fit a candidate, in counts: a card holds no times, which differ from run to run. */
export function workEvidence({ training, forest }: Model, folds: number): Evidence {
  const fits = folds + 1
  const rounds = [...(training.rounds ?? []), ...(training.pairRounds ?? [])].reduce((sum, own) => sum + own, 0)
  const text = `${countText(fits, 'fit')}: one a fold and one on all ${countText(training.rows, 'training row')}${workText(training, forest !== undefined)}.`
  return { label: 'Work', text, value: fits * Math.max(1, rounds), interval: null, data: { fits, rounds } }
}

function workText({ rounds, pairRounds }: Model['training'], isForest: boolean): string {
  if (rounds === undefined || rounds.length === 0) return ''
  if (isForest) return `, of ${countText(rounds[0] ?? 0, 'round')}`
  const curves = `, which averages ${countText(rounds.length, 'bag')} of ${rangeText(rounds)}`
  return pairRounds === undefined || pairRounds.length === 0 ? curves : `${curves} for the curves and ${rangeText(pairRounds)} for the pairs`
}

function rangeText(rounds: readonly number[]): string {
  const [low, high] = [Math.min(...rounds), Math.max(...rounds)]
  return low === high ? countText(low, 'round') : `${low} to ${countText(high, 'round')}`
}

function treesOf(forest: Model['forest']): number {
  return forest?.trees.reduce((sum, rounds) => sum + rounds.length, 0) ?? 0
}
