import { InvalidArgumentError } from 'commander'
import { taskNames, type TaskName, type TestRows } from '#core/run-settings'

/** `index:5:4` or `share:0.2` or `share:0.2:7`, the last a seed. */
export function readTestRows(text: string): TestRows {
  const [kind, first, second, ...more] = text.split(':')
  const wrong = new InvalidArgumentError('Use index:MODULUS:REST, for example index:5:4, or share:FRACTION[:SEED], for example share:0.2.')
  if (more.length > 0 || first === undefined) throw wrong
  if (kind === 'index' && second !== undefined && isWhole(first) && isWhole(second)) {
    const [modulus, rest] = [Number(first), Number(second)]
    if (modulus < 2 || modulus > 100 || rest >= modulus) throw new InvalidArgumentError('The modulus is 2 to 100, and the rest is below it.')
    return { index: [modulus, rest] }
  }
  const share = Number(first)
  const seed = second ?? '1'
  if (kind !== 'share' || !(share >= 0.05 && share <= 0.5) || !isWhole(seed)) throw wrong
  return { share, seed: Number(seed) }
}

function isWhole(text: string): boolean {
  return /^\d{1,9}$/.test(text)
}

export function readTask(text: string): TaskName {
  const task = taskNames.find((name) => name === text)
  if (task === undefined) throw new InvalidArgumentError(`Use one of ${taskNames.join(', ')}.`)
  return task
}

/** A whole number within bounds, for options. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!isWhole(text) || value < min || value > max) throw new InvalidArgumentError(`Use a whole number from ${min} to ${max}.`)
    return value
  }
}
