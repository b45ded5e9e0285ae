/** A number for a sentence: a few significant digits, thousands apart, no needless zeros. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US').replace('-', '−')
  const size = Math.abs(value)
  const text = size >= 1000 ? Math.round(size).toLocaleString('en-US') : String(Number(size.toPrecision(size >= 0.1 ? 4 : 3)))
  return value < 0 ? `−${text}` : text
}
