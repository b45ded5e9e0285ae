import { studentTDistribution, studentTQuantile } from './student-t.ts'

/** Values of a sample, added up. */
export interface SampleSums {
  readonly rows: number
  readonly sum: number
  /** Sum of the squared values. */
  readonly squares: number
}

/** Difference of two means with its 95 % interval; positive where the first is larger. */
export interface WelchDifference {
  readonly difference: number
  readonly low: number
  readonly high: number
  /** Difference in standard errors. */
  readonly statistic: number
  /** Chance of a difference at least as large where the first mean is not the larger one. */
  readonly probability: number
}

/**
 * Compares the means of two samples that may spread differently (Welch 1947, freedom by Satterthwaite; as scipy's
 * ttest_ind with equal_var=False). Each sample needs two values.
 */
export function compareMeans(first: SampleSums, second: SampleSums): WelchDifference {
  const difference = first.sum / first.rows - second.sum / second.rows
  const own = varianceOf(first) / first.rows
  const other = varianceOf(second) / second.rows
  const error = Math.sqrt(own + other)
  if (error === 0) {
    const sign = Math.sign(difference)
    const statistic = sign === 0 ? 0 : sign * Number.MAX_VALUE
    return { difference, low: difference, high: difference, statistic, probability: sign > 0 ? 0 : sign < 0 ? 1 : 0.5 }
  }
  const freedom = (own + other) ** 2 / (own ** 2 / (first.rows - 1) + other ** 2 / (second.rows - 1))
  const half = studentTQuantile(0.975, freedom) * error
  const statistic = difference / error
  const probability = studentTDistribution(-statistic, freedom)
  return { difference, low: difference - half, high: difference + half, statistic, probability }
}

/** Variance of a sample (with rows - 1); 0 of a single value. */
export function varianceOf({ rows, sum, squares }: SampleSums): number {
  return rows < 2 ? 0 : Math.max(0, (squares - (sum * sum) / rows) / (rows - 1))
}

/** A sample without some of its values. */
export function withoutSample(whole: SampleSums, part: SampleSums): SampleSums {
  return { rows: whole.rows - part.rows, sum: whole.sum - part.sum, squares: whole.squares - part.squares }
}

/** Adds up a sample. */
export function sumSample(values: ArrayLike<number>): SampleSums {
  let sum = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    sum += value
    squares += value * value
  }
  return { rows: values.length, sum, squares }
}
