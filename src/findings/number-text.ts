/** A number for people: thousands grouped, at most six digits of a fraction. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  return Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4 ? value.toPrecision(6) : Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 10 })
}
