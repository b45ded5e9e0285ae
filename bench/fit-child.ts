/** A new process that fits one trainer on a fold in the folder named first and prints its figures as one JSON line. */
import { parseArgs } from 'node:util'
import { startCompute } from '#compute/start-compute'
import type { FitRequest } from '#ml/fit-request'
import type { Trainer } from '#ml/model'
import { timeFit } from '#service/time-fit'
import { readFold } from './fold-files.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { trainer: { type: 'string', default: 'glassbox' }, threads: { type: 'string', default: '2' }, settings: { type: 'string', default: '{}' } },
})
const [folder = '.'] = positionals
const request: Omit<FitRequest, 'table' | 'target'> = { trainer: values.trainer as Trainer, seed: 1, settings: JSON.parse(values.settings) as FitRequest['settings'] }
const split = readFold(folder)
const openCompute = () => startCompute({ threads: Number(values.threads), memoryLimitMb: 4096, callerHelps: true })
const times = await timeFit(split, request, { clock: () => performance.now(), openCompute, signal: new AbortController().signal })
const { auc, accuracy, r2, rmse, logLoss } = times.metrics
const metrics = { binary: { auc, logloss: logLoss }, multiclass: { accuracy, logloss: logLoss }, regression: { r2, rmse } }[split.train.target.task]
const figures = {
  fit_cold_s: times.first,
  fit_s: times.repeated,
  predict_ns_row: times.predictRow,
  peak_mb: process.resourceUsage().maxRSS / 1024,
  pairs: times.model.terms.filter(({ kind }) => kind === 'pair').length,
  ...metrics,
}
process.stdout.write(`${JSON.stringify(figures)}\n`)
