import type { DeploymentFormAnswer, PredictionAnswer } from '#sdk/client'
import type { Contribution } from '#studio/components/plots/waterfall.tsx'
import type { RawRow } from './playground-queries.ts'

/** How a score becomes a probability; undefined where the score is the answer itself. */
export function probabilityOf({ calibration }: Pick<DeploymentFormAnswer, 'calibration'>): ((score: number) => number) | undefined {
  if (calibration === null) return undefined
  if (calibration.kind === 'identity') return logistic
  if (calibration.kind === 'platt') return (score) => logistic(calibration.slope * score + calibration.intercept)
  const { scores, probabilities } = calibration
  return (score) => between(scores, probabilities, score)
}

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score))
}

/** Straight lines between the points, level outside. */
function between(xs: readonly number[], ys: readonly number[], x: number): number {
  const after = xs.findIndex((point) => point >= x)
  if (after === 0) return ys[0] ?? 0
  if (after < 0) return ys.at(-1) ?? 0
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [xs[after - 1], xs[after], ys[after - 1], ys[after]]
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0)
}

export interface Parts {
  readonly base: number
  readonly contributions: readonly Contribution[]
}

/** The parts of a score, each with what the row says there. */
export function partsOf({ breakdown }: PredictionAnswer, row: RawRow): Parts | null {
  if (breakdown === undefined) return null
  const { base_value: base = 0, ...parts } = breakdown
  return { base, contributions: Object.entries(parts).map(([name, score]) => ({ name, score, value: valueText(row, name) })) }
}

function valueText(row: RawRow, name: string): string {
  if (!Object.hasOwn(row, name)) return ''
  const value = row[name]
  return value === null || value === undefined || value === '' ? 'missing' : String(value)
}

/** What the scores of a model are measured in. */
export function unitOf({ task, label, link }: Pick<DeploymentFormAnswer, 'task' | 'label' | 'link'>, { pred }: PredictionAnswer): string {
  if (task === 'binary') return 'log-odds'
  if (task === 'multiclass') return `score of ${String(pred)}`
  return link === 'log' ? `log of ${label}` : label
}
