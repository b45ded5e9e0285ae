/**
 * How an exported module reads texts, numbers and times: the JavaScript of `#steps/compact-text`, `fold-text`, `cell-number`,
 * `iso-micros` and `numeric-token`, in few words. `settings` is set before it. Tests hold it against those on every step.
 */
export const javascriptCells = String.raw`
const blanks = new Set(settings.blanks)
const minusSigns = new Set(settings.minusSigns)

function collapse(text) {
  return [...text].map((one) => (blanks.has(one) ? ' ' : one)).join('').split(' ').filter((part) => part !== '').join(' ')
}

function compact(text) {
  return collapse([...text].map((one) => (minusSigns.has(one) ? '-' : one)).join(''))
}

function stripOf(text, characters) {
  const all = [...text]
  let [start, end] = [0, all.length]
  while (start < end && characters.has(all[start])) start++
  while (end > start && characters.has(all[end - 1])) end--
  return all.slice(start, end).join('')
}

const foldings = new WeakMap()
function folded(text, pairs) {
  if (!foldings.has(pairs)) foldings.set(pairs, new Map(pairs))
  const map = foldings.get(pairs)
  return [...text].map((one) => map.get(one) ?? one).join('')
}

const patterns = new Map()
function patternOf(text, flags) {
  const key = flags + ' ' + text
  if (!patterns.has(key)) patterns.set(key, new RegExp(text.replaceAll(/\\x\{([0-9a-f]+)\}/gu, '\\u{$1}'), flags))
  const pattern = patterns.get(key)
  pattern.lastIndex = 0
  return pattern
}

/** A number as Python writes a float. */
function floatText(value) {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits, exponent] = value.toExponential().split('e')
    return digits + 'e' + (exponent.startsWith('-') ? '-' : '+') + exponent.slice(1).padStart(2, '0')
  }
  return Number.isInteger(value) ? (Object.is(value, -0) ? '-0' : String(value)) + '.0' : String(value)
}

const day = 86400000000
const isoTime = /^\s*([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(?:Z|\+00:?00)?\s*$/u

/** Microseconds since 1970 of an ISO date or time; null where it is none. */
function isoMicros(text) {
  const found = isoTime.exec(text)
  if (found === null) return null
  const [year, month, date, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0))
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, date)
  time.setUTCHours(hour, minute, second)
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== date || hour > 23 || minute > 59 || second > 59) return null
  return time.getTime() * 1000 + Number((found[7] ?? '').padEnd(6, '0').slice(0, 6))
}

/** A cell as a number: days of a date, seconds of a timestamp; null where it is none. */
function cellNumber(cell, type) {
  if (cell === null) return null
  if (type === 'date' || type === 'timestamp') {
    if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null
    const micros = typeof cell === 'string' ? isoMicros(cell) : null
    return micros === null ? null : type === 'date' ? Math.floor(micros / day) : micros / 1e6
  }
  if (typeof cell === 'string') {
    const text = cell.trim()
    if (type === 'boolean' && /^(true|false)$/iu.test(text)) return text.toLowerCase() === 'true' ? 1 : 0
    const number = text === '' ? NaN : Number(text)
    return Number.isFinite(number) ? number : null
  }
  const number = Number(cell)
  return Number.isFinite(number) ? number : null
}

/** A cell as text, number or truth value of its type. */
function typedCell(cell, type) {
  if (cell === null || type === 'date' || type === 'timestamp') return cell
  if (type === 'text') return String(cell)
  const value = cellNumber(cell, type)
  return value === null ? null : type === 'boolean' ? value !== 0 : value + 0
}

const plainNumber = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/u
const unit = /^[%/. °²³]*\p{L}[\p{L}%/. °²³]*$/u

/** A text that writes a number, by the words of a step; null where it is none. */
function writtenNumber(text, step) {
  const whole = compact(text)
  const key = folded(whole, step.fold)
  const texts = tableOf(step.texts)
  if (texts.has(key)) return texts.get(key)
  if (setOf(step.gaps).has(key) || [...whole].length > 64) return null
  if (step.decimal === '.' && plainNumber.test(whole)) return knownNumber(Number(whole), step)
  const match = patternOf(step.pattern, 'iu').exec(whole)
  return match === null ? null : numberOfGroups(match.slice(1).map((group) => group ?? ''), step)
}

function numberOfGroups(groups, step) {
  const [open, bound, sign, before, sign2, digits, rangeCurrency, digits2, plus, percent, after, close] = groups
  const unitText = groups[12].trim()
  const minus = sign === '-' || sign2 === '-'
  if ((open === '') !== (close === '') || (open !== '' && (!step.negativeParens || minus))) return null
  if ((sign !== '' && sign2 !== '') || (before !== '' && after !== '') || (rangeCurrency !== '' && before === '') || (plus !== '' && bound !== '')) return null
  let value = digitsNumber(digits, step)
  if (minus || open !== '') value = -value
  if (digits2 !== '') {
    const high = digitsNumber(digits2, step)
    if (step.ranges === null || bound !== '' || plus !== '' || open !== '' || high < value) return null
    value = step.ranges === 'mean' ? (value + high) / 2 : step.ranges === 'low' ? value : high
  }
  if (unitText !== '' && !(step.units && [...unitText].length <= 20 && unit.test(unitText))) return null
  if (percent !== '' && step.fraction) value /= 100
  if (!Number.isFinite(value)) return null
  return bound === '' && plus === '' && digits2 === '' ? knownNumber(value, step) : value
}

function digitsNumber(digits, step) {
  const grouped = step.thousands === null ? digits : digits.replaceAll(step.thousands, '')
  return Number(step.decimal === '.' ? grouped : grouped.replaceAll(step.decimal, '.'))
}

/** A number unless it stands for another, or for a gap. */
function knownNumber(value, step) {
  if (!Number.isFinite(value) || setOf(step.gapNumbers).has(value)) return null
  const values = tableOf(step.values)
  return values.has(value) ? values.get(value) : value
}

const tables = new WeakMap()
function tableOf(entries) {
  if (!tables.has(entries)) tables.set(entries, new Map(entries))
  return tables.get(entries)
}

const sets = new WeakMap()
function setOf(list) {
  if (!sets.has(list)) sets.set(list, new Set(list))
  return sets.get(list)
}
`
