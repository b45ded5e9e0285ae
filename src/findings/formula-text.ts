import type { ProvedFormula } from './prove-formula.ts'

/** The formula as people write it, with the label on the left. */
export function formulaText(label: string, { kind, terms, formula, amounts }: ProvedFormula): string {
  const pieces = terms.map((term, i) => {
    const coefficient = formula.coefficients[i] ?? 0
    const size = Math.abs(coefficient)
    const sign = coefficient < 0 ? '−' : i === 0 ? '' : '+'
    const text = size === 1 ? term.text : `${sizeText(size)} × ${term.text}`
    return i === 0 ? `${sign}${text}` : ` ${sign} ${text}`
  })
  const { constant } = formula
  const shift = constant === 0 ? '' : ` ${constant < 0 ? '−' : '+'} ${sizeText(Math.abs(constant))}`
  const rest = kind === 'rest' ? restText(amounts) : shift
  return `"${label}" ${kind === 'near' ? '≈' : '='} ${pieces.join('')}${rest}`
}

function restText(amounts: readonly number[]): string {
  const [only] = amounts
  if (amounts.length === 1 && only !== undefined) return only === 0 ? '' : ` ${only < 0 ? '−' : '+'} ${sizeText(Math.abs(only))}`
  const shown = amounts.slice(0, 4).map((amount) => (amount < 0 ? `−${sizeText(-amount)}` : sizeText(amount)))
  return ` + one of ${amounts.length} amounts (most often ${shown.join(', ')})`
}

function sizeText(size: number): string {
  return String(Number(size.toPrecision(6)))
}
