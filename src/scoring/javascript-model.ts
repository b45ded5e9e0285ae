/** How an exported module reads a raw row and scores it: the JavaScript of `row-reader` and of the model's tables. */
export const javascriptModel = String.raw`
function keyOf(name) {
  return name.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase()
}

const exactNames = new Map(program.columns.map((column) => [column.name, column]))
const forgivenNames = new Map()
for (const column of program.columns) forgivenNames.set(keyOf(column.name), forgivenNames.has(keyOf(column.name)) ? null : column)
const readNames = new Set(program.reads)

function columnOf(name) {
  const column = exactNames.get(name) ?? forgivenNames.get(keyOf(name)) ?? null
  return column !== null && readNames.has(column.name) ? column : null
}

/** The cells of a raw row by column id; a column that the row lacks is missing, one that the model does not read is ignored. */
function readRow(row) {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new TypeError('Expected a row as an object, column names as in the training file.')
  const cells = Object.create(null)
  for (const [name, value] of Object.entries(row)) {
    const column = columnOf(name)
    if (column === null || (column.name !== name && column.id in cells)) continue
    cells[column.id] = readCell(value, column)
  }
  if (readNames.size > 0 && Object.keys(cells).length === 0) throw new TypeError('The row has none of the columns that the model reads: ' + program.reads.join(', '))
  return cells
}

const missingTexts = new Set(settings.missingTexts)
const numberText = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/iu
const momentForm = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/u

function readCell(sent, column) {
  const { type, notation } = column
  const refused = (expected) => new TypeError('Column "' + column.name + '": expected ' + expected + ', received ' + String(JSON.stringify(sent)).slice(0, 80) + '.')
  const value = typeof sent === 'string' && notation !== undefined ? plainNotation(sent.trim(), notation) : sent
  if (value === null || value === undefined) return null
  if (type === 'text') {
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    throw refused('a text')
  }
  if (typeof value === 'string' && (value === '' || (value.length <= 20 && missingTexts.has(value.trim().toLowerCase())))) return null
  if (type === 'number' || type === 'integer') {
    if (typeof value === 'number') return Number.isFinite(value) ? value : null
    const number = typeof value === 'string' && numberText.test(value.trim()) ? Number(value) : NaN
    if (Number.isFinite(number)) return number
    throw refused('a number')
  }
  if (type === 'boolean') {
    if (typeof value === 'boolean') return value
    const text = String(value).trim().toLowerCase()
    if (typeof value === 'object' || !/^(?:true|false|0|1)$/u.test(text)) throw refused('true or false')
    return text === 'true' || text === '1'
  }
  const moment = typeof value === 'string' ? readMoment(value.trim(), type) : null
  if (moment === null) throw refused(type === 'date' ? 'a date as 2026-03-01' : 'a time as 2026-03-01T09:30:00')
  return moment
}

/** Times with a zone are converted to UTC. */
function readMoment(text, type) {
  const [, date, time, zone] = momentForm.exec(text) ?? []
  if (date === undefined) return null
  const local = date + 'T' + (time ?? '00:00:00')
  const isUtc = zone === undefined || /^(?:Z|[+-]00(?::?00)?)$/u.test(zone)
  const full = isUtc || zone === undefined ? '' : /^[+-]\d\d$/u.test(zone) ? zone + ':00' : zone.replace(/^([+-]\d\d)(\d\d)$/u, '$1:$2')
  const instant = isUtc ? 0 : Date.parse(local + full)
  if (Number.isNaN(instant)) return null
  const moment = isUtc ? local : new Date(instant).toISOString().slice(0, -1)
  return cellNumber(moment, type) === null ? null : type === 'date' ? moment.slice(0, 10) : moment
}

/** A number or date as its file wrote it, written plainly. */
function plainNotation(text, notation) {
  if (notation === 'decimal_comma' || notation === 'thousands_point') return /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d*)(?:,\d+)?$/u.test(text) ? text.replaceAll(/[. ]/gu, '').replace(',', '.') : text
  if (notation === 'thousands_comma') return /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d+)?$/u.test(text) ? text.replaceAll(',', '') : text
  const [, first = '', , second = '', third = '', hour, rest = ''] = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?: (\d{1,2})(:\d\d(?::\d\d)?))?$/u.exec(text) ?? []
  const yearFirst = first.length === 4
  if (first === '' || yearFirst !== (notation === 'year_first') || (yearFirst ? third.length > 2 : third.length !== 4)) return text
  const [year, month, date] = yearFirst ? [first, second, third] : notation === 'day_first' ? [third, second, first] : [third, first, second]
  const whole = year + '-' + month.padStart(2, '0') + '-' + date.padStart(2, '0')
  return hour === undefined ? whole : whole + 'T' + hour.padStart(2, '0') + rest
}

/** What the model reads of a row, by name of the feature. */
function preparedRow(row) {
  const cells = readRow(row)
  for (const step of program.steps) operations[step.op](cells, step)
  const prepared = Object.create(null)
  for (const { name, id, type } of program.features) {
    const cell = cells[id] ?? null
    prepared[name] = cell === null ? null : type === 'text' ? String(cell) : cellNumber(cell, type)
  }
  return prepared
}

function readNumber(value) {
  const number = value === null ? NaN : typeof value === 'number' ? value : value.trim() === '' ? NaN : Number(value)
  return Number.isFinite(number) ? number : NaN
}

const levelSlots = program.model.reads.map((read) => new Map((read.levels ?? []).map((level, i) => [level, i + 2])))

function slotOf(value, i) {
  const { kind, edges } = program.model.reads[i]
  if (kind === 'category') return value === null ? 0 : (levelSlots[i].get(String(value)) ?? 1)
  const number = readNumber(value)
  if (Number.isNaN(number)) return 0
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (number > edges[middle]) low = middle + 1
    else high = middle
  }
  return low + 1
}

function partOf(term, { values, slots }, output) {
  if (term.kind === 'curve') return term.scores[output][slots[term.read]]
  if (term.kind === 'pair') return term.scores[output][term.starts[slots[term.reads[0]]] + term.offsets[slots[term.reads[1]]]]
  const number = readNumber(values[term.read])
  return Number.isNaN(number) ? term.missing[output] : term.slope[output] * (number - term.mean) + term.shift[output]
}

function leafOf(tree, { values, slots }) {
  let at = tree.feature.length === 0 ? -1 : 0
  while (at >= 0) {
    const feature = tree.feature[at]
    const left = slots[feature] === 0 ? tree.missingLeft[at] : tree.levels[at] === null ? readNumber(values[feature]) <= tree.threshold[at] : tree.levels[at].includes(slots[feature] - 2)
    at = left ? tree.left[at] : tree.right[at]
  }
  return tree.value[~at]
}

function calibrated(score) {
  const { calibration } = program.model
  const logistic = (x) => 1 / (1 + Math.exp(-x))
  if (calibration.kind === 'identity') return logistic(score)
  if (calibration.kind === 'platt') return logistic(calibration.slope * score + calibration.intercept)
  const { scores, probabilities } = calibration
  if (score <= scores[0]) return probabilities[0]
  if (score >= scores.at(-1)) return probabilities.at(-1)
  const above = scores.findIndex((one) => one > score)
  const share = (score - scores[above - 1]) / (scores[above] - scores[above - 1])
  return probabilities[above - 1] + share * (probabilities[above] - probabilities[above - 1])
}

function scorePrepared(prepared) {
  const { model } = program
  const values = model.reads.map(({ feature }) => prepared[feature] ?? null)
  const read = { values, slots: values.map(slotOf) }
  const parts = model.terms.map((term) => ({ name: term.name, byOutput: model.intercepts.map((_, output) => partOf(term, read, output)) }))
  const sums = model.intercepts.map((intercept, output) => {
    const ofTerms = parts.reduce((sum, part) => sum + part.byOutput[output], intercept)
    return (model.trees?.[output] ?? []).reduce((sum, tree) => sum + leafOf(tree, read), ofTerms)
  })
  return { ...answerOf(sums), ...partsOf(parts, sums) }
}

function answerOf(sums) {
  const { task, classes, threshold, logScale } = program.model
  if (task === 'binary') {
    const proba = calibrated(sums[0])
    return { score: sums[0], proba, pred: classes[proba >= threshold ? 1 : 0] }
  }
  if (task === 'regression') {
    return { score: sums[0], pred: logScale === null ? sums[0] : Math.exp(Math.min(logScale.high, Math.max(logScale.low, sums[0]))) * logScale.smear }
  }
  const highest = Math.max(...sums)
  const weights = sums.map((sum) => Math.exp(sum - highest))
  const total = weights.reduce((all, weight) => all + weight, 0)
  const shares = weights.map((weight) => weight / total)
  const likeliest = shares.indexOf(Math.max(...shares))
  return { score: sums[likeliest], proba: shares[likeliest], probabilities: Object.fromEntries(classes.map((name, k) => [name, shares[k]])), pred: classes[likeliest] }
}

/** What the score is made of; of several classes, that of the predicted one. Trees do not add up by feature. */
function partsOf(parts, sums) {
  const output = sums.length === 1 ? 0 : program.model.classes.indexOf(answerOf(sums).pred)
  const contributions = program.model.trees === null ? parts.map(({ name, byOutput }) => ({ name, value: byOutput[output] })) : null
  return { base_value: program.model.intercepts[output], contributions }
}
`
