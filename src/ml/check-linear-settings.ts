import type { FitRequest } from './fit-request.ts'
import { type Refusal, refuse } from './refusal.ts'

/** Checks the knobs of the linear model, where it is asked for. */
export function checkLinearSettings({ trainer, settings }: FitRequest): Refusal | undefined {
  if (trainer !== 'linear' || !settings?.linear) return undefined
  const { lambda, l1Ratio, pathLength } = settings.linear
  if (lambda !== undefined && !(Number.isFinite(lambda) && lambda >= 0)) {
    return refuse('setting-not-valid', `lambda must be a finite number of at least 0, received ${lambda}`)
  }
  if (l1Ratio !== undefined && !(l1Ratio >= 0 && l1Ratio <= 1)) {
    return refuse('setting-not-valid', `l1Ratio must lie between 0 and 1, received ${l1Ratio}`)
  }
  if (pathLength !== undefined && !(Number.isInteger(pathLength) && pathLength >= 1 && pathLength <= 1000)) {
    return refuse('setting-not-valid', `pathLength must be a whole number from 1 to 1000, received ${pathLength}`)
  }
  return undefined
}
