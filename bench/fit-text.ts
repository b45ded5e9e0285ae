import { textTable } from '#cli/text-table'
import { type Compared, modelNames } from './compare-table.ts'
import { type FigureName, type Figures, meanOf } from './fit-figures.ts'
import type { Growth } from './fit-growth.ts'

const titles = { glassbox: 'glass box', ebm: 'EBM', trees: 'trees', lightgbm: 'LightGBM', linear: 'linear', sklearn: 'scikit-learn linear' }
const metricsOf = { binary: ['auc', 'logloss'], multiclass: ['accuracy', 'logloss'], regression: ['r2', 'rmse'] } as const

/** One table: the means over the folds, and what ours come to beside their peers. */
export function comparedText(compared: Compared): string {
  const { table, rows, columns, folds, figures } = compared
  const metrics = metricsOf[table.task]
  const head = `\n${table.name}: ${table.task}, ${count(rows)} rows x ${columns} columns, mean of ${folds.length} fold${folds.length === 1 ? '' : 's'}\n`
  const lines = modelNames.filter((model) => figures[model].length > 0).map((model) => {
    const all = figures[model]
    const failed = all.find(({ error }) => error !== undefined)
    if (failed !== undefined) return [titles[model], failed.error ?? '', '', '', '', '']
    return [titles[model], ...metrics.map((name) => shown(meanOf(all, name), 4)), shown(meanOf(all, 'fit_s'), 3), shown(meanOf(all, 'fit_cold_s'), 3), shown(meanOf(all, 'predict_ns_row'), 0)]
  })
  return head + textTable(['', ...metrics, 'fit s warm', 'cold', 'predict ns/row'], lines) + ratioText(compared)
}

function ratioText({ table, figures: { glassbox, ebm, trees, lightgbm, linear, sklearn } }: Compared): string {
  const [leading] = table.task === 'multiclass' ? (['logloss'] as const) : metricsOf[table.task]
  const difference = (ours: readonly Figures[], theirs: readonly Figures[]) => signed(minus(meanOf(ours, leading), meanOf(theirs, leading)))
  const warm = ratio(meanOf(ebm, 'fit_s'), meanOf(glassbox, 'fit_s'))
  const cold = ratio(meanOf(ebm, 'fit_s'), meanOf(glassbox, 'fit_cold_s'))
  const lines = [
    ...(ebm.length === 0 ? [] : [`EBM takes ${shown(warm, 0)} times as long as the glass box warm, ${shown(cold, 0)} times cold; glass box - EBM in ${leading}: ${difference(glassbox, ebm)}`]),
    `trees take ${shown(ratio(meanOf(trees, 'fit_s'), meanOf(lightgbm, 'fit_s')), 2)} times as long as LightGBM; trees - LightGBM in ${leading}: ${difference(trees, lightgbm)}`,
    `linear takes ${shown(ratio(meanOf(linear, 'fit_s'), meanOf(sklearn, 'fit_s')), 2)} times as long as scikit-learn; linear - scikit-learn in ${leading}: ${difference(linear, sklearn)}`,
  ]
  return `${lines.join('\n')}\n`
}

/** How time and memory grow with the rows. */
export function growthText(growth: readonly Growth[]): string {
  const at = (figures: Figures, name: FigureName, digits: number) => shown(figures[name] ?? undefined, digits)
  const lines = growth.map(({ rows, glassbox, trees, lightgbm }) => [
    count(rows),
    ...(glassbox.error === undefined ? [at(glassbox, 'fit_s', 2), at(glassbox, 'fit_cold_s', 2), at(glassbox, 'pairs', 0), at(glassbox, 'auc', 4), at(glassbox, 'peak_mb', 0), at(glassbox, 'predict_ns_row', 0)] : [glassbox.error, '', '', '', '', '']),
    trees.error ?? `${at(trees, 'fit_s', 2)} (${at(trees, 'auc', 4)})`,
    lightgbm.error ?? `${at(lightgbm, 'fit_s', 2)} (${at(lightgbm, 'auc', 4)})`,
    shown(ratio(trees.fit_s, lightgbm.fit_s), 2),
  ])
  const headings = ['rows x 14', 'glass box s', 'cold', 'pairs', 'auc', 'peak MB', 'predict ns/row', 'trees s (auc)', 'LightGBM s (auc)', 'trees/LightGBM']
  return `\nGrowth with the rows, on rows like those of a census table\n${textTable(headings, lines)}`
}

function count(rows: number): string {
  return rows.toLocaleString('en-US')
}

function shown(value: number | null | undefined, digits: number): string {
  return value === undefined || value === null ? '–' : value.toFixed(digits)
}

function signed(value: number | undefined): string {
  return value === undefined ? '–' : `${value >= 0 ? '+' : ''}${value.toFixed(4)}`
}

function ratio(above: number | undefined, below: number | undefined): number | undefined {
  return above === undefined || below === undefined ? undefined : above / below
}

function minus(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? undefined : left - right
}
