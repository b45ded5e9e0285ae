import type { TaskName } from '#core/run-settings'

/** A table that trainers are compared on. */
export interface BenchTable {
  readonly name: string
  readonly file: string
  readonly target: string
  readonly task: TaskName
  /** Columns that are left out: identifiers, and those that say the target in other words. */
  readonly drop: readonly string[]
}

/** The public tables that the benchmarks of this project are told on. No code under `src` and no test knows them. */
export const benchTables: readonly BenchTable[] = [
  { name: 'telco', file: 'telco-churn.csv', target: 'Churn', task: 'binary', drop: ['customerID'] },
  { name: 'titanic', file: 'titanic.csv', target: 'survived', task: 'binary', drop: ['alive'] },
  { name: 'adult', file: 'adult.csv', target: 'class', task: 'binary', drop: [] },
  { name: 'penguins', file: 'penguins.csv', target: 'species', task: 'multiclass', drop: [] },
  { name: 'diamonds', file: 'diamonds.csv', target: 'price', task: 'regression', drop: [] },
  { name: 'taxis', file: 'taxis.csv', target: 'total', task: 'regression', drop: [] },
  { name: 'supermarket', file: 'supermarket-sales.csv', target: 'Rating', task: 'regression', drop: [] },
]
