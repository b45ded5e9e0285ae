/** How the studio writes numbers: a true minus, tabular, no negative zero, thousands with a comma. */
const minus = '−'

function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return value < 0 && /[1-9]/.test(text) ? `${minus}${text}` : text
}

/** With its sign, zero without one. */
export function signed(value: number, decimals = 1): string {
  const text = fixed(value, decimals)
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

/** A whole number: 7,043. */
export function count(value: number): string {
  return fixed(value, 0)
}

/** A number of data, with as many digits as tell it apart: 1,234, 56.7, 0.0123. */
export function plain(value: number): string {
  if (Number.isInteger(value)) return fixed(value, 0)
  const size = Math.abs(value)
  if (size !== 0 && (size < 0.001 || size >= 1e9)) return value.toExponential(2).replaceAll('-', minus)
  return fixed(value, size >= 100 ? 1 : size >= 1 ? 2 : 4)
}

/** So many digits that count and no more: 0.53, 2.1, 1,400. */
export function digits(value: number, many = 3): string {
  const text = Number(Math.abs(value).toPrecision(many)).toLocaleString('en-US', { maximumFractionDigits: 12 })
  return value < 0 && /[1-9]/.test(text) ? `${minus}${text}` : text
}

/** A metric between 0 and 1, such as AUC: three decimals. */
export function metric(value: number): string {
  return fixed(value, 3)
}

/** Names of measures as they are read. */
export const metricTitles: Readonly<Record<string, string>> = { auc: 'AUC', logloss: 'Log loss', accuracy: 'Accuracy', f1: 'F1', brier: 'Brier score', r2: 'R²', rmse: 'RMSE', mae: 'MAE' }

/** A share as percent: 25 %, or 0.5 % where it is small. */
export function share(value: number): string {
  const percent = value * 100
  const whole = Math.abs(percent) >= 1 || percent === 0
  return `${fixed(percent, whole ? (Math.abs(percent) >= 10 || Number.isInteger(percent) ? 0 : 1) : 2)} %`
}

/** The difference of two shares: +3.1 pt. */
export function points(value: number): string {
  return `${signed(value * 100, 1)} pt`
}

/** An amount of money, the sign of its currency before it. */
export function money(value: number, currency = '€'): string {
  return value < 0 ? `${minus}${currency}${fixed(-value, 0)}` : `${currency}${fixed(value, 0)}`
}

/** An interval by whatever way its ends are written: [0.831, 0.860]. */
export function interval([low, high]: readonly [number, number], write: (value: number) => string = metric): string {
  return `[${write(low)}, ${write(high)}]`
}

/** A difference of a metric in thousandths: one decimal, two where its interval is narrower than 0.3. */
export function thousandths(value: number, bounds: readonly [number, number] | null = null): string {
  return signed(value * 1000, decimalsOf(bounds))
}

/** The interval of such a difference, with the same decimals. */
export function thousandthsInterval(bounds: readonly [number, number]): string {
  return interval(bounds, (value) => signed(value * 1000, decimalsOf(bounds)))
}

function decimalsOf(bounds: readonly [number, number] | null): number {
  return bounds !== null && ((bounds[1] - bounds[0]) * 1000) / 2 < 0.15 ? 2 : 1
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB']

/** The size of a file: 1.2 MB. */
export function bytes(value: number): string {
  let rest = value
  let unit = 0
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000
    unit += 1
  }
  return `${fixed(rest, unit === 0 || rest >= 100 ? 0 : 1)} ${units[unit]}`
}

/** One thing or several: 1 column, 3 columns. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`
}
