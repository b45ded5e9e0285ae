/** A number for a sentence: three significant digits behind the leading zeros, no needless zeros. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US').replace('-', '−')
  const size = Math.abs(value)
  const text = size >= 1000 ? Math.round(size).toLocaleString('en-US') : String(Number(size.toPrecision(size >= 0.1 && size < 1 ? 4 : 3)))
  return value < 0 ? `−${text}` : text
}

/** A count with its noun. */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`
}

/** A share as a percentage of three significant digits. */
export function percentText(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`
}
