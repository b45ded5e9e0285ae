import { compactText } from './compact-text.ts'
import { foldingFor, type Folding } from './fold-text.ts'
import { plainNumberPattern, type NumericTextOptions } from './numeric-token-options.ts'

/** How a text was written that reads as a number. */
export type NumericFeature = 'plain' | 'mapped' | 'percent' | 'currency' | 'thousands' | 'parens' | 'unit' | 'range' | 'bound'

/** What one text says: a number, a missing value, or neither. */
export type NumericToken =
  | { readonly status: 'missing' | 'unparsed' }
  | { readonly status: 'parsed'; readonly value: number; readonly features: readonly NumericFeature[]; readonly bound: string; readonly ranged: boolean; readonly unit: string }

/** Longer text is never a formatted number. */
export const longestToken = 64

/** A unit has a letter. Its length is counted apart, since a counted repetition of letters is slow to compile in SQL. */
export const unitPattern = '^[%/. °²³]*\\p{L}[\\p{L}%/. °²³]*$'
export const longestUnit = 20
const unitText = new RegExp(unitPattern, 'u')
const plain = new RegExp(plainNumberPattern, 'u')
const missingToken: NumericToken = { status: 'missing' }
const unparsedToken: NumericToken = { status: 'unparsed' }

/**
 * The whole-token pattern of the package, for compacted text. Its look-ahead after digit groups is left out: nothing
 * that may follow begins with a digit, so a text matches with it exactly where it matches without.
 */
export function numericTokenPattern(options: NumericTextOptions): string {
  const digits = digitsPattern(options)
  const symbols = symbolsPattern(options)
  const currency = symbols === null ? '(\\b\\B)?' : `(${symbols})?`
  return (
    '^(\\()? ?(<=|>=|=<|=>|<|>|≤|≥)? ?([+-])? ?' + `${currency} ?([+-])?(${digits})` +
    `(?: ?(?:-|–|—|to) ?${currency} ?(${digits}))?` +
    ` ?(\\+)? ?(%)? ?${currency} ?(\\))? ?` + '([^ \\p{Nd}()+\\-][^\\p{Nd}()]*?)? ?$'
  )
}

/**
 * The usual part of that pattern, which an engine can match without keeping groups: a number with a symbol before it
 * or a percent sign after it. `number` finds the number in such a text.
 */
export function usualTokenPatterns(options: NumericTextOptions): { readonly whole: string; readonly number: string } {
  const number = `[+-]?${digitsPattern(options)}`
  const symbols = symbolsPattern(options)
  return { whole: `^${symbols === null ? '' : `(?:(?:${symbols}) ?)?`}${number}(?: ?%)?$`, number: `(${number})` }
}

function digitsPattern(options: NumericTextOptions): string {
  const decimal = escaped(options.decimal)
  const whole = options.thousands === null ? '[0-9]+' : `(?:[0-9]{1,3}(?:${escaped(options.thousands)}[0-9]{3})+|[0-9]+)`
  return `(?:${whole}(?:${decimal}[0-9]*)?|${decimal}[0-9]+)(?:e[+-]?[0-9]+)?`
}

/** Currency symbols, longest first; without any, their group in the pattern is a place that never matches. */
function symbolsPattern(options: NumericTextOptions): string | null {
  const symbols = [...options.currency].sort((a, b) => b.length - a.length).map(escaped)
  return symbols.length === 0 ? null : symbols.join('|')
}

/** Any character that means something in a pattern, given as its code point. */
function escaped(text: string): string {
  return [...text].map((character) => (/[\p{L}\p{N}]/u.test(character) ? character : `[${/[\\\]^-]/u.test(character) ? '\\' : ''}${character}]`)).join('')
}

/** A reader of texts under the options. */
export function numericTokenReader(options: NumericTextOptions): (text: string) => NumericToken {
  const pattern = new RegExp(numericTokenPattern(options), 'iu')
  const folding = tokenFolding(options)
  return function readToken(text) {
    const compact = compactText(text)
    const key = folding.fold(compact)
    const mapped = options.textMap.get(key)
    if (mapped !== undefined) return mappedToken(mapped)
    if (options.missing.has(key)) return missingToken
    if (compact.length > longestToken && [...compact].length > longestToken) return unparsedToken
    if (options.decimal === '.' && plain.test(compact)) return valued(Number(compact), options, plainly)
    const match = pattern.exec(compact)
    return match === null ? unparsedToken : readGroups(match, options)
  }
}

/** The folding under which a text is compared with the mapped and the missing tokens. */
export function tokenFolding(options: NumericTextOptions): Folding {
  return foldingFor([...options.textMap.keys(), ...options.missing])
}

function readGroups(match: RegExpExecArray, options: NumericTextOptions): NumericToken {
  const [open, bound, sign, before, sign2, digits, rangeCurrency, digits2, plus, percent, after, close] = match.slice(1).map((group) => group ?? '')
  const unit = (match[13] ?? '').trim()
  if ((open === '') !== (close === '') || (open !== '' && !options.negativeParens)) return unparsedToken
  if ((sign !== '' && sign2 !== '') || (before !== '' && after !== '') || (rangeCurrency !== '' && before === '')) return unparsedToken
  if (plus !== '' && bound !== '') return unparsedToken
  const minus = sign === '-' || sign2 === '-'
  if (open !== '' && minus) return unparsedToken
  let value = toNumber(digits ?? '', options)
  if (minus || open !== '') value = -value
  const ranged = digits2 !== ''
  if (ranged) {
    const high = toNumber(digits2 ?? '', options)
    if (options.ranges === null || bound !== '' || plus !== '' || open !== '' || high < value) return unparsedToken
    value = options.ranges === 'mean' ? (value + high) / 2 : options.ranges === 'low' ? value : high
  }
  if (unit !== '' && !(options.units && [...unit].length <= longestUnit && unitText.test(unit))) return unparsedToken
  if (percent !== '' && options.fraction) value /= 100
  const features = featuresOf({
    percent: percent !== '', currency: before !== '' || after !== '', unit: unit !== '', range: ranged, bound: bound !== '' || plus !== '', parens: open !== '',
    thousands: options.thousands !== null && `${digits}${digits2}`.includes(options.thousands),
  })
  return valued(value, options, { features, bound: plus === '' ? bound ?? '' : '>=', ranged, unit: unit.toLowerCase() })
}

function toNumber(digits: string, options: NumericTextOptions): number {
  const grouped = options.thousands === null ? digits : digits.replaceAll(options.thousands, '')
  return Number(options.decimal === '.' ? grouped : grouped.replaceAll(options.decimal, '.'))
}

function featuresOf(present: Readonly<Partial<Record<NumericFeature, boolean>>>): NumericFeature[] {
  const order = ['percent', 'currency', 'thousands', 'parens', 'unit', 'range', 'bound'] as const
  const found = order.filter((feature) => present[feature] === true)
  return found.length === 0 ? ['plain'] : found
}

interface Written {
  readonly features: readonly NumericFeature[]
  readonly bound: string
  readonly ranged: boolean
  readonly unit: string
}

const plainly: Written = { features: ['plain'], bound: '', ranged: false, unit: '' }

function valued(value: number, options: NumericTextOptions, written: Written): NumericToken {
  if (!Number.isFinite(value)) return unparsedToken
  if (written.bound === '' && !written.ranged) {
    if (options.missingNumbers.has(value)) return missingToken
    const mapped = options.valueMap.get(value)
    if (mapped !== undefined) return mappedToken(mapped)
  }
  const { features, bound, ranged, unit } = written
  return { status: 'parsed', value, features, bound, ranged, unit }
}

function mappedToken(value: number | null): NumericToken {
  return value === null ? missingToken : { status: 'parsed', value, features: ['mapped'], bound: '', ranged: false, unit: '' }
}
