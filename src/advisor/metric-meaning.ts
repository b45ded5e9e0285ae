import type { Trained } from '#core/outcomes'
import { figure, percent, quoted } from './words.ts'

const titles: Readonly<Record<string, string>> = {
  auc: 'AUC',
  logloss: 'log loss',
  accuracy: 'accuracy',
  f1: 'F1',
  brier: 'Brier score',
  r2: 'R²',
  rmse: 'RMSE',
  mae: 'MAE',
}

export function metricTitle(name: string): string {
  return titles[name] ?? name
}

/** What a figure says, with the figure in it. */
export function meaningOf(name: string, value: number, { task, label, positive }: Pick<Trained, 'task' | 'label' | 'positive'>): string {
  switch (name) {
    case 'auc':
      if (task === 'multiclass') return 'the mean over the classes of how often a row of the class is ranked above a row of another; 0.5 is chance, 1 is perfect.'
      return `of a row that is ${quoted(positive ?? '')} and one that is not, the model ranks the first higher in ${percent(value)} of the pairs; 50 % is chance.`
    case 'accuracy':
      return `${percent(value)} of the rows are called right.`
    case 'f1':
      return task === 'multiclass' ? 'the mean over the classes of the balance between rows found and calls that are right; 1 is perfect.' : `the balance between the rows that are ${quoted(positive ?? '')} and found, and the calls that are right; 1 is perfect.`
    case 'logloss':
      return 'how far the probabilities are from what happened; 0 is perfect, and confident mistakes cost most.'
    case 'brier':
      return 'the mean squared distance of the probabilities from what happened; 0 is perfect.'
    case 'r2':
      if (value < 0) return `the model is worse than always saying the mean of ${quoted(label)}.`
      return `the model explains ${percent(value)} of the variance of ${quoted(label)}.`
    case 'rmse':
      return `typical size of an error in units of ${quoted(label)}, large errors counting more.`
    case 'mae':
      return `on average a prediction is off by ${figure(value)} in units of ${quoted(label)}.`
    default:
      return 'a measure of the test rows.'
  }
}
