/** Natural logarithm of n!, by Stirling's series (Abramowitz and Stegun 6.1.41), exact to 1e-10 from 16 on. */
export function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1
    for (let i = 2; i <= n; i++) product *= i
    return Math.log(product)
  }
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
}

/**
 * An upper bound, as a natural logarithm, of the probability that shuffled labels would agree with a column of `values`
 * different values without exception: there are at most classes^values such labellings among all distinct orders.
 */
export function logChanceOfMap(values: number, classRows: ReadonlyArray<{ readonly rows: number; readonly times: number }>): number {
  let rows = 0
  let classes = 0
  let orders = 0
  for (const { rows: each, times } of classRows) {
    rows += each * times
    classes += times
    orders -= times * logFactorial(each)
  }
  orders += logFactorial(rows)
  return Math.min(0, values * Math.log(Math.max(1, classes)) - orders)
}

/** What counts as proof that it is not chance. */
export const logProof = Math.log(1e-6)

/** A probability out of its logarithm, as words. */
export function chanceWords(logChance: number): string {
  const exponent = Math.floor(-logChance / Math.LN10)
  return exponent < 1 ? 'above 10 %' : `below 10⁻${[...String(Math.min(300, exponent))].map((digit) => raised[Number(digit)]).join('')}`
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹'
