import { compareFolds, type FoldFigures, meanOfFolds } from './fold-comparison.ts'
import { higherIsBetter, type MetricName } from './metrics.ts'
import type { Trainer } from './model.ts'

/** A trainer and what it measured on the folds that all contenders share. */
export interface Contender<Name extends Trainer = Trainer> {
  readonly trainer: Name
  readonly folds: readonly FoldFigures[]
}

/** Which trainer to take, and the ones that it was weighed against. */
export interface TrainerRecommendation<Name extends Trainer = Trainer> {
  readonly trainer: Name
  /** The trainer with the best mean. */
  readonly best: Name
  /** Mean of the recommended one over the folds, in the units of the measure. */
  readonly mean: number
  /** All that cannot be told from the best, itself included, the best mean first. */
  readonly level: Name[]
  /** The best one that is distinguishably better than the baseline; null where none is or there is no baseline. */
  readonly beatsBaseline: Name | null
}

/** How hard a model of each trainer is to read; those of one number are read the same way. */
const READING: Readonly<Record<Trainer, number>> = {
  dummy: 0,
  'glassbox-main': 1,
  linear: 1,
  glassbox: 2,
  trees: 3,
}

/** How hard a model of this trainer is to read; a lower number is easier. */
export function readingOf(trainer: Trainer): number {
  return READING[trainer]
}

/**
 * Recommends the easiest to read of all trainers whose score cannot be told from the best mean (95 % interval of the
 * paired difference, corrected as in Nadeau and Bengio 2003); of those that read the same, the better mean. So what is
 * harder to read has to earn it, and trees are taken only where every other trainer is distinguishably worse. That is
 * the rule of one standard error (Breiman et al. 1984, 3.4.3) with a paired difference in place of the error of a mean.
 * The baseline is taken only where nothing is distinguishably better: the best mean may be too unsteady to be told from
 * it while another trainer can.
 */
export function recommendTrainer<Name extends Trainer>(
  contenders: readonly Contender<Name>[],
  metric: MetricName,
): TrainerRecommendation<Name> {
  const sign = higherIsBetter(metric) ? 1 : -1
  const ranked = contenders
    .map((contender) => ({ ...contender, mean: meanOfFolds(contender.folds, metric)?.value ?? 0 }))
    .sort((a, b) => sign * (b.mean - a.mean) || readingOf(a.trainer) - readingOf(b.trainer))
  const [best] = ranked
  if (best === undefined) throw new RangeError('there is no trainer to recommend')
  const level = ranked.filter((one) => one === best || compareFolds(one.folds, best.folds, metric).verdict !== 'loss')
  const baseline = ranked.find(({ trainer }) => trainer === 'dummy')
  const beats = baseline && ranked.find((one) => compareFolds(one.folds, baseline.folds, metric).verdict === 'gain')
  const open = level.filter((one) => beats === undefined || one !== baseline)
  const easiest = Math.min(...open.map(({ trainer }) => readingOf(trainer)))
  const chosen = open.find(({ trainer }) => readingOf(trainer) === easiest) ?? best
  return {
    trainer: chosen.trainer,
    best: best.trainer,
    mean: chosen.mean,
    level: level.map(({ trainer }) => trainer),
    beatsBaseline: beats?.trainer ?? null,
  }
}
