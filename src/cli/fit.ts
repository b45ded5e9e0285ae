import { basename } from 'node:path'
import { readLabelledFile, timeFold } from '#main'
import type { FitFlags } from './add-fit.ts'
import { print } from './print.ts'
import { checkFile } from './start-file.ts'
import { stoppable } from './stoppable.ts'
import { textTable } from './text-table.ts'

/** Figures of a fit, as they are printed. */
interface Figures {
  /** Seconds of the first fit in this process, and of the fastest of those that followed. */
  readonly fit_s: number
  readonly fit_warm_s: number
  /** Nanoseconds to predict a row in batch. */
  readonly predict_ns_row: number
  /** Rows with a target; a fifth of them is the test. */
  readonly rows: number
  /** Measures of the test rows. */
  readonly [metric: string]: number | null
}

/** Fits one trainer to a table, tests it on the rows of a fold, and prints how good and how fast it is. */
export async function fitFile(file: string, flags: FitFlags): Promise<void> {
  checkFile(file)
  const { fold, trainer, threads } = flags
  const rows = await stoppable((signal) => readLabelledFile({ path: file, fileName: basename(file), ...flags }, { threads, signal }))
  const times = await timeFold(rows, { fold, trainer, threads, signal: new AbortController().signal })
  const { auc, accuracy, r2, logLoss, rmse } = times.metrics
  const metrics = { binary: { auc, logloss: logLoss }, multiclass: { accuracy, logloss: logLoss }, regression: { r2, rmse } }[flags.task]
  const figures: Figures = {
    fit_s: rounded(times.first, 1e-4),
    fit_warm_s: rounded(times.repeated, 1e-4),
    predict_ns_row: rounded(times.predictRow, 0.1),
    rows: rows.table.rows,
    // A measure that is not defined on these test rows (only one class) has no number.
    ...Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, value ?? null])),
  }
  print(flags, figures, textTable(['figure', 'value'], Object.entries(figures).map(([name, value]) => [name, value === null ? null : shown(value)])))
}

function rounded(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12))
}

function shown(value: number): string {
  return Number.isInteger(value) ? value.toLocaleString('en-US') : String(Number(value.toPrecision(6)))
}
