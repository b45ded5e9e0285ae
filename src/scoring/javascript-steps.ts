/** How an exported module does the operations of `#steps/portable-step`, in JavaScript. */
export const javascriptSteps = String.raw`
/** The cells of a row, by column id, after one operation. */
const operations = {
  numbers: (row, step) => set(row, step.to, changedNumber(cellNumber(row[step.from] ?? null, step.type), step.changes)),
  within(row, step) {
    const value = step.type === 'text' ? null : cellNumber(row[step.id] ?? null, step.type)
    if (value !== null && ((step.low !== null && value < step.low) || (step.high !== null && value > step.high))) row[step.id] = null
  },
  fill(row, step) {
    const cell = typedCell(row[step.id] ?? null, step.type)
    set(row, step.id, isMarked(cell, step.marker) ? step.value : typeof cell === 'boolean' && step.asNumber ? Number(cell) : cell)
  },
  flag(row, step) {
    const hit = isMarked(typedCell(row[step.from] ?? null, step.type), step.marker)
    set(row, step.to, step.asNumber ? Number(hit) : hit)
  },
  tokens(row, step) {
    const hit = isToken(row[step.from] ?? null, step)
    if (step.to !== null) set(row, step.to, hit ? 1 : 0)
    else if (hit) set(row, step.from, null)
  },
  lookup(row, step) {
    const table = tableOf(step.entries)
    const cell = typedCell(row[step.from] ?? null, step.type)
    set(row, step.to, table.has(cell) ? table.get(cell) : step.other)
  },
  scale: (row, step) => set(row, step.id, scaleCode(row[step.id] ?? null, step)),
  cross(row, step) {
    const parts = step.from.map((part) => crossText(row[part.id] ?? null, part))
    set(row, step.to, parts.includes(null) ? null : parts.join(step.separator))
  },
  time: (row, step) => set(row, step.to, timePart(row[step.from] ?? null, step)),
  parse(row, step) {
    const cell = row[step.from] ?? null
    set(row, step.to, cell === null ? null : typeof cell === 'string' ? writtenNumber(cell, step) : knownNumber(Number(cell), step))
  },
  cast: (row, step) => set(row, step.id, castCell(row[step.id] ?? null, step)),
  clean(row, step) {
    if (typeof row[step.id] === 'string') row[step.id] = step.changes.reduce(cleanedText, row[step.id])
  },
  figures(row, step) {
    const cell = row[step.from] ?? null
    const text = cell === null ? null : [...String(cell)].slice(0, step.most).join('')
    for (const figure of step.figures) set(row, figure.to, text === null ? null : figureOf(text, figure))
  },
  group: groupCells,
  expression(row, step) {
    const value = evaluate(step.tree, row)
    set(row, step.to, typeof value === 'number' && !Number.isFinite(value) ? null : value)
  },
}

const groupTables = new WeakMap()
function groupCells(row, step) {
  const width = step.keys.length
  const keyOf = (cells) => {
    const parts = cells.map((cell, i) => (cell === null ? null : step.keys[i].bucket !== null ? cell : step.keys[i].type === 'text' ? String(cell) : cellNumber(cell, step.keys[i].type)))
    return parts.includes(null) ? null : JSON.stringify(parts)
  }
  if (!groupTables.has(step)) groupTables.set(step, new Map(step.groups.map((cells) => [keyOf(cells.slice(0, width)), cells.slice(width)])))
  const key = keyOf(step.keys.map(({ id, type, bucket }) => (bucket === null ? (row[id] ?? null) : timeBucket(row[id] ?? null, type, bucket))))
  const found = key === null ? undefined : groupTables.get(step).get(key)
  const made = step.outputs.map(({ from, type }, i) => found?.[i] ?? ownCell(row[from] ?? null, type, step.aggregate))
  step.outputs.forEach(({ to }, i) => set(row, to, made[i]))
}

function ownCell(cell, type, aggregate) {
  if (aggregate === 'count') return cell === null ? 0 : 1
  if (aggregate === 'any') return cell === null || (type === 'text' ? cell === '' : type !== 'date' && type !== 'timestamp' && cellNumber(cell, type) === 0) ? 0 : 1
  if (aggregate === 'mean' || aggregate === 'sum') return type === 'text' ? null : cellNumber(cell, type)
  return cell
}

function timeBucket(cell, type, bucket) {
  const time = cellNumber(cell, type === 'date' ? 'date' : 'timestamp')
  if (time === null) return null
  const micros = Math.round(time * (type === 'date' ? day : 1e6))
  const days = Math.floor(micros / day)
  const [year, month] = [civil(days).getUTCFullYear(), civil(days).getUTCMonth()]
  return { h: Math.floor(micros / 3600000000), D: days, W: Math.floor((days + 3) / 7), M: year * 12 + month, Q: year * 4 + Math.floor(month / 3), Y: year }[bucket]
}

function set(row, id, cell) {
  row[id] = cell
}

function changedNumber(value, changes) {
  if (value === null) return null
  let number = value + 0
  for (const change of changes) number = numberChanges[change[0]](number, ...change.slice(1))
  return Number.isFinite(number) ? number : null
}

const numberChanges = {
  add: (value, by) => value + by,
  subtract: (value, by) => value - by,
  multiply: (value, by) => value * by,
  divide: (value, by) => value / by,
  above: (value, threshold) => (value > threshold ? 1 : 0),
  equals: (value, other) => (value === other ? 1 : 0),
  clamp: (value, low, high) => Math.min(high, Math.max(low, value)),
  bin(value, edges) {
    const above = edges.findIndex((edge) => value < edge)
    return above < 0 ? edges.length : above
  },
  power: powerCurve,
  share: shareOf,
}

function powerCurve(value, method, lambda) {
  const mirrored = method === 'yeo-johnson' && value < 0
  if (method === 'box-cox' && value <= 0) return NaN
  const power = mirrored ? 2 - lambda : lambda
  const logarithm = method === 'box-cox' ? Math.log(value) : Math.log1p(Math.abs(value))
  const size = Math.abs(power) < (method === 'box-cox' ? 1e-19 : Number.EPSILON) ? logarithm : Math.expm1(power * logarithm) / power
  return mirrored ? -size : size
}

function shareOf(value, values, first, last, normal) {
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 0]
  if (!normal) return value === low ? 0 : value === high ? 1 : shareBetween(value, values, first, last)
  const share = value - 1e-7 < low ? 0 : value + 1e-7 > high ? 1 : shareBetween(value, values, first, last)
  const end = 1e-7 - Number.EPSILON
  const [least, most] = [normalQuantile(end), normalQuantile(1 - end)]
  return share <= 0 ? least : share >= 1 ? most : Math.min(most, Math.max(least, normalQuantile(share)))
}

function shareBetween(value, values, first, last) {
  const above = values.findIndex((knot) => knot > value)
  const place = above < 0 ? values.length : above
  if (place === 0) return values.length === 0 ? 0 : first[0]
  const below = place - 1
  if (values[below] === value) return 0.5 * (last[below] + first[below])
  if (place === values.length) return last[below]
  const slope = Math.min(Number.MAX_VALUE, (first[place] - last[below]) / (values[place] - values[below]))
  return 0.5 * (slope * (value - values[below]) + last[below] - (slope * (values[place] - value) - first[place]))
}

/** P. J. Wichura, Algorithm AS 241 (1988). */
function normalQuantile(share) {
  const { centre, side, tail } = settings.normalQuantile
  const ratio = (x, [top, bottom]) => polynomial(x, top) / polynomial(x, bottom)
  const q = share - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(0.180625 - q * q, centre)
  const r = Math.sqrt(-Math.log(q < 0 ? share : 1 - share))
  const size = r <= 5 ? ratio(r - 1.6, side) : ratio(r - 5, tail)
  return q < 0 ? -size : size
}

function polynomial(x, coefficients) {
  return coefficients.reduceRight((sum, one) => sum * x + one, 0)
}

function isMarked(cell, marker) {
  if (marker === null || typeof marker === 'string') return cell === marker
  return cell !== null && typeof cell !== 'string' && Number(cell) === marker
}

function isToken(cell, step) {
  if (typeof cell === 'number') return step.numbers.includes(cell)
  if (typeof cell !== 'string') return false
  const text = step.strip ? compact(cell) : cell
  return setOf(step.keys).has(step.caseSensitive ? text : folded(text, step.fold))
}

function scaleCode(cell, step) {
  const [codes, numbers] = [tableOf(step.codes), tableOf(step.numbers)]
  if (step.type === 'number' || step.type === 'integer') {
    const value = cellNumber(cell, step.type)
    return value === null ? step.missing : (numbers.get(value) ?? null)
  }
  if (cell === null) return step.missing
  const text = compact(step.type === 'boolean' ? (cellNumber(cell, step.type) === 1 ? 'True' : 'False') : String(cell))
  const key = folded(text, step.fold)
  const level = step.caseSensitive ? text : key
  if (text === '') return step.missing
  if (codes.has(level)) return codes.get(level)
  const value = plainNumber.test(text) ? Number(text) + 0 : NaN
  if (numbers.has(value)) return numbers.get(value)
  return step.gaps.includes(key) ? step.missing : null
}

function crossText(cell, part) {
  if (cell === null) return null
  if (part.type === 'text') return String(cell)
  const value = cellNumber(cell, part.type)
  if (value === null) return null
  if (part.type === 'boolean') return value === 0 ? 'False' : 'True'
  if (part.type === 'date' || part.type === 'timestamp') {
    const micros = typeof cell === 'string' ? isoMicros(cell) : Math.round(value * (part.type === 'date' ? day : 1e6))
    return micros === null ? null : momentText(micros, ' ')
  }
  if (!Number.isInteger(value) || Math.abs(value) >= 1e18) return floatText(value)
  return (value < 0 ? '-' : '') + BigInt(Math.abs(value)).toString().padStart(part.width, '0')
}

function momentText(micros, between) {
  const days = Math.floor(micros / day)
  const rest = micros - days * day
  const fraction = rest % 1e6 === 0 ? '' : '.' + String(rest % 1e6).padStart(6, '0')
  return new Date(days * 86400000).toISOString().slice(0, 10) + between + new Date(Math.floor(rest / 1000)).toISOString().slice(11, 19) + fraction
}

function timePart(cell, step) {
  const micros = cell === null || typeof cell === 'boolean' ? null : typeof cell === 'string' ? isoMicros(cell) : Math.round(cell * (step.type === 'date' ? day : 1e6))
  if (micros === null || !Number.isFinite(micros)) return step.missing
  const days = Math.floor(micros / day)
  const rest = step.type === 'date' ? 0 : micros - days * day
  if (step.part === 'date') return new Date(days * 86400000).toISOString().slice(0, 10)
  if (step.part === 'elapsed') {
    if (step.origin === null) return null
    const originDay = Math.floor(step.origin / day)
    return ((days - originDay) * day + (rest - (step.origin - originDay * day))) / 1e6 / (step.unit / 1e6)
  }
  const value = calendar[step.part](days, rest)
  return step.width === null ? value : String(value).padStart(step.width, '0')
}

const civil = (days) => new Date(days * 86400000)
const weekday = (days) => (((days + 3) % 7) + 7) % 7
const hourOf = (rest) => Math.floor(rest / 3600000000)
function dayOfYear(days) {
  const first = new Date(0)
  first.setUTCFullYear(civil(days).getUTCFullYear(), 0, 1)
  return days - first.getTime() / 86400000 + 1
}
const calendar = {
  year: (days) => civil(days).getUTCFullYear(),
  month: (days) => civil(days).getUTCMonth() + 1,
  day: (days) => civil(days).getUTCDate(),
  hour: (_, rest) => hourOf(rest),
  minute: (_, rest) => Math.floor(rest / 60000000) % 60,
  second: (_, rest) => Math.floor(rest / 1000000) % 60,
  dayofweek: weekday,
  dayofyear: dayOfYear,
  weekofyear: (days) => Math.floor((dayOfYear(days - weekday(days) + 3) - 1) / 7) + 1,
  quarter: (days) => Math.floor(civil(days).getUTCMonth() / 3) + 1,
  is_weekend: (days) => (weekday(days) >= 5 ? 1 : 0),
  is_month_start: (days) => (civil(days).getUTCDate() === 1 ? 1 : 0),
  is_month_end: (days) => (civil(days + 1).getUTCDate() === 1 ? 1 : 0),
  hour_of_week: (days, rest) => weekday(days) * 24 + hourOf(rest),
  month_index: (days) => civil(days).getUTCFullYear() * 12 + civil(days).getUTCMonth() + 1,
}

const numberBlanks = new Set(' \t\n\v\f\r')
function castCell(cell, { kind, type }) {
  if (kind === 'truth') return cell === null || Number(cell) !== 0
  if (cell === null || kind === 'same') return cell
  if (kind === 'string') return typeof cell === 'boolean' ? (cell ? 'True' : 'False') : typeof cell === 'number' && type === 'number' ? floatText(cell) : String(cell)
  if (kind === 'moment') return type === 'text' ? momentOfText(String(cell)) : type === 'date' && typeof cell === 'string' && cell.length === 10 ? cell + 'T00:00:00' : cell
  const text = typeof cell === 'string' ? stripOf(cell, numberBlanks) : null
  const value = text === null ? Number(cell) : plainNumber.test(text) ? Number(text) : NaN
  if (!Number.isFinite(value)) return null
  if (kind === 'cut') return Math.abs(value) < 2 ** 53 ? Math.trunc(value) + 0 : null
  if (kind === 'whole') return Number.isInteger(value) && Math.abs(value) < 2 ** 53 ? value + 0 : null
  const single = kind === 'single' ? Math.fround(value) : value
  return Number.isFinite(single) ? single : null
}

const strictTime = /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?$/u
function momentOfText(text) {
  const micros = strictTime.test(text) ? isoMicros(text) : null
  return micros === null || Math.abs(micros) > 9223372036854000 ? null : momentText(micros, 'T')
}

function cleanedText(text, [change, pattern, replacement, ignoreCase]) {
  if (change === 'lower') return text.toLowerCase()
  if (change === 'upper') return text.toUpperCase()
  if (change === 'strip') return stripOf(text, blanks)
  if (change === 'collapse') return collapse(text)
  if (change === 'mend') return mendedText(text)
  if (change === 'unescape') return text.replaceAll(/&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{0,30};?)/gu, (reference) => referredText(reference, pattern))
  if (change === 'compatible') return text.split(patternOf(pattern, 'gu')).map((piece, i) => (i % 2 === 0 ? piece.normalize('NFKC') : piece)).join('')
  return text.replaceAll(patternOf(pattern, ignoreCase ? 'giu' : 'gu'), () => replacement)
}

const windows = [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 128 + i))]

/** Text that was decoded by the wrong table, decoded again. */
function mendedText(text) {
  const read = [...text].map((one) => (one >= '\u0080' && one <= '\u009f' ? windows[one.charCodeAt(0) - 128] : one))
  const codes = read.map((one) => (one.codePointAt(0) > 255 ? 128 + windows.indexOf(one) : one.codePointAt(0)))
  if (codes.every((code) => code < 128) || codes.some((code, i) => code === 127 ? read[i] !== '\u007f' : code > 127 && code < 160 && read[i].codePointAt(0) < 256)) return read.join('')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(codes))
  } catch {
    return read.join('')
  }
}

const entityTables = new WeakMap()
/** What a character reference of HTML stands for. */
function referredText(reference, entities) {
  if (!entityTables.has(entities)) entityTables.set(entities, new Map(entities.flatMap(([name, text, bare]) => (bare ? [[name + ';', text], [name, text]] : [[name + ';', text]]))))
  const table = entityTables.get(entities)
  const body = reference.slice(1)
  if (body.startsWith('#')) return numberedText(/^#[xX]/u.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10))
  for (let length = body.length; length > 1; length--) {
    const text = table.get(body.slice(0, length))
    if (text !== undefined) return text + body.slice(length)
  }
  return reference
}

function numberedText(code) {
  if (code === 13) return '\r'
  if (code === 0 || code > 1114111 || (code >= 55296 && code < 57344)) return '\ufffd'
  if (code >= 128 && code < 160) return windows[code - 128]
  const none = code < 9 || code === 11 || (code > 13 && code < 32) || code === 127 || (code >= 64976 && code < 65008) || code % 65536 >= 65534
  return none ? '' : String.fromCodePoint(code)
}

function figureOf(text, figure) {
  const count = (pattern) => (pattern === null ? [...text].length : (text.match(patternOf(pattern, figure.ignoreCase ? 'giu' : 'gu'))?.length ?? 0))
  if (figure.once) return patternOf(figure.pattern, figure.ignoreCase ? 'iu' : 'u').test(text) ? 1 : 0
  if (figure.over === null) return count(figure.pattern)
  const whole = count(figure.over.pattern)
  return whole === 0 ? 0 : count(figure.pattern) / whole
}
`
