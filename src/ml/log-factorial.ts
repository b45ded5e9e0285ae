import { log } from './logarithm.ts'

const TABLE = 1024

const table = tableOfLogs()

function tableOfLogs(): Float64Array {
  const logs = new Float64Array(TABLE)
  for (let k = 2; k < TABLE; k++) logs[k] = (logs[k - 1] as number) + log(k)
  return logs
}

const halfLogOfTwoPi = 0.5 * log(2 * Math.PI)

/** Logarithm of k!, from a table and above it by Stirling's series (relative error below 1e-14). */
export function logFactorial(k: number): number {
  if (k < TABLE) return table[k] as number
  const square = k * k
  return (k + 0.5) * log(k) - k + halfLogOfTwoPi + (1 / 12 - (1 / 360 - 1 / (1260 * square)) / square) / k
}
