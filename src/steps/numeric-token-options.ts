import { accept, refuse, type Result } from '#core/errors'
import { compactText } from './compact-text.ts'
import { foldText } from './fold-text.ts'
import { maybeMissingTokens, missingTokens } from './missing-tokens.ts'

/** How numbers written as text are read; the parameters of the package's parse_numeric. */
export interface NumericTextParams {
  readonly percent: string
  readonly thousands: string | null
  readonly decimal: string
  readonly currency: string | readonly string[] | null
  readonly negative_parens: boolean
  readonly units: boolean
  readonly ranges: string | null
  readonly mapping: Readonly<Record<string, number | null>> | null
  readonly na_values: string | number | ReadonlyArray<string | number> | null
}

/** The parameters checked and brought into the form that reading a token needs. */
export interface NumericTextOptions {
  readonly fraction: boolean
  readonly thousands: string | null
  readonly decimal: string
  readonly currency: readonly string[]
  readonly negativeParens: boolean
  readonly units: boolean
  readonly ranges: 'mean' | 'low' | 'high' | null
  /** Tokens in folded form with their values; null is missing. */
  readonly textMap: ReadonlyMap<string, number | null>
  readonly valueMap: ReadonlyMap<number, number | null>
  readonly missing: ReadonlySet<string>
  readonly missingNumbers: ReadonlySet<number>
}

export const defaultNumericTextParams: NumericTextParams = {
  percent: 'keep', thousands: ',', decimal: '.', currency: '$€£¥₹', negative_parens: true, units: true, ranges: 'mean', mapping: null, na_values: null,
}

/** A plain number in folded form: as a key of mapping or na_values it matches by value. */
export const plainNumberPattern = '^[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?$'
const plainNumber = new RegExp(plainNumberPattern, 'u')

/** Checks the parameters; refused with the sentence that says what is wrong. */
export function numericTextOptions(params: NumericTextParams): Result<NumericTextOptions> {
  const { percent, ranges, decimal } = params
  const thousands = params.thousands === '' ? null : params.thousands
  if (percent !== 'keep' && percent !== 'fraction') return refuse('CUSTOM_REFUSED', `percent must be "keep" or "fraction", not ${JSON.stringify(percent)}.`)
  if (ranges !== null && ranges !== 'mean' && ranges !== 'low' && ranges !== 'high') {
    return refuse('CUSTOM_REFUSED', `ranges must be "mean", "low", "high" or null, not ${JSON.stringify(ranges)}.`)
  }
  if (!isOneMark(decimal) || /\s/u.test(decimal)) return refuse('CUSTOM_REFUSED', `decimal must be one character that is no digit, not ${JSON.stringify(decimal)}.`)
  if (thousands !== null && !isOneMark(thousands)) return refuse('CUSTOM_REFUSED', `thousands must be one character that is no digit, or null, not ${JSON.stringify(thousands)}.`)
  if (thousands === decimal) return refuse('CUSTOM_REFUSED', 'thousands and decimal must differ.')
  const currency = [...new Set(params.currency ?? [])]
  const reserved = new Set(['+', '-', '(', ')', '%', '<', '>', '=', '≤', '≥', decimal, thousands])
  const bad = currency.find((symbol) => symbol === '' || [...symbol].some((one) => /[\p{Nd}\s]/u.test(one) || reserved.has(one)))
  if (bad !== undefined) return refuse('CUSTOM_REFUSED', `${JSON.stringify(bad)} cannot be a currency symbol.`)
  return accept({
    fraction: percent === 'fraction', thousands, decimal, currency, negativeParens: params.negative_parens, units: params.units, ranges,
    ...keyed(params),
  })
}

function isOneMark(text: string): boolean {
  return [...text].length === 1 && !/\p{Nd}/u.test(text)
}

function keyed(params: NumericTextParams): Pick<NumericTextOptions, 'textMap' | 'valueMap' | 'missing' | 'missingNumbers'> {
  const textMap = new Map<string, number | null>()
  const valueMap = new Map<number, number | null>()
  for (const [key, value] of Object.entries(params.mapping ?? {})) {
    const token = tokenKey(key)
    if (plainNumber.test(token)) valueMap.set(Number(token), value)
    else textMap.set(token, value)
  }
  const missing = new Set([...missingTokens, ...maybeMissingTokens])
  const missingNumbers = new Set<number>()
  const given = params.na_values
  const extra = given === null ? [] : typeof given === 'string' || typeof given === 'number' ? [given] : given
  for (const value of extra) {
    const token = typeof value === 'number' ? null : tokenKey(value)
    if (token === null) missingNumbers.add(Number(value))
    else if (plainNumber.test(token)) missingNumbers.add(Number(token))
    else missing.add(token)
  }
  return { textMap, valueMap, missing, missingNumbers }
}

/** The comparison form of a token. */
export function tokenKey(text: string): string {
  return foldText(compactText(text))
}
