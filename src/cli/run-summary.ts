import type { PhaseStatusAnswer } from '#wire/phase-status'
import type { RunStateAnswer } from '#wire/run-state'

/** The last line of `signalbox run --json`. */
export interface RunSummary {
  readonly run_id: string
  readonly status: string
  readonly label: string | null
  readonly task: string | null
  /** Of the sealed test rows. */
  readonly metrics: Readonly<Record<string, number>>
  readonly seconds: number
  readonly phases: readonly { readonly phase: string; readonly status: string; readonly seconds: number | null }[]
  readonly model_id: string | null
  readonly model_hash: string | null
  readonly deployment_id: string | null
  readonly report: string | null
}

export function runSummary(run: RunStateAnswer, phases: readonly PhaseStatusAnswer[], seconds: number): RunSummary {
  const { model_id, model_hash, deployment_id, metrics, report_id } = run.results
  return {
    run_id: run.run_id,
    status: run.status,
    label: run.label,
    task: run.task,
    metrics,
    seconds: Math.round(seconds * 1000) / 1000,
    phases: phases.map(({ phase, status, started_at, completed_at }) => ({ phase, status, seconds: secondsBetween(started_at, completed_at) })),
    model_id,
    model_hash,
    deployment_id,
    report: report_id,
  }
}

function secondsBetween(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1000
}

/** The end of a run for people: what was predicted, and how well, with intervals. */
export function summaryText(run: RunStateAnswer, seconds: number): string {
  const { metrics, metric_intervals, model_hash } = run.results
  const lines = Object.entries(metrics).map(([name, value]) => {
    const interval = metric_intervals[name]
    const range = interval === undefined ? '' : `   95 % interval ${figure(interval[0])} to ${figure(interval[1])}`
    return `  ${name.padEnd(10)} ${figure(value).padStart(10)}${range}`
  })
  const head = run.label === null ? 'The run is completed.' : `A ${run.task ?? ''} model of "${run.label}", measured on test rows that no fit saw:`
  const model = model_hash === null ? [] : [`  model      ${model_hash}`]
  return ['', head, ...lines, ...model, `  ${seconds.toFixed(1)} s in all`, ''].join('\n')
}

function figure(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(1) : value.toPrecision(4)
}
