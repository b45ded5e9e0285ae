/** The script of the page, third part: a form of the inputs, and what the model in this file says of them. */
export const playgroundScript = `
/** A place for the form, the answer, and what it is made of. */
function openPlayground(place) {
  const { fields } = at(place.dataset.at)
  const form = make('form', { class: 'inputs', autocomplete: 'off' })
  const answer = make('div', { class: 'answer', role: 'status' })
  const inputs = fields.map((field, i) => addInput(form, field, 'input-' + i))
  const say = () => {
    for (const one of inputs) one.check()
    answer.replaceChildren(...answerOf(rowOf(inputs)))
  }
  form.addEventListener('input', say)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(say))
  form.append(make('button', { type: 'reset' }, 'Usual values'))
  place.replaceChildren(form, make('div', { class: 'says' }, make('h3', {}, 'What the model says'), answer))
  say()
}

const rowOf = (inputs) => Object.fromEntries(inputs.map(({ field, read }) => [field.name, read()]))

function addInput(form, field, id) {
  const { name, type, usual, low, high, levels, known } = field
  const text = usual === null ? '' : String(usual)
  const input = type === 'boolean' ? choiceOf(['', 'true', 'false'], text) : make('input', { value: text, ...(levels.length > 0 ? { list: id + '-levels' } : {}), ...(low === null ? {} : { inputmode: 'decimal' }) })
  input.id = id
  const badge = make('span', { class: 'badge' })
  const range = low === null ? null : make('span', { class: 'small' }, shown(low) + ' to ' + shown(high))
  const list = levels.length > 0 ? make('datalist', { id: id + '-levels' }, ...levels.map((level) => make('option', { value: level }))) : null
  form.append(make('div', { class: 'input' }, make('label', { for: id }, name), input, ...[range, list, badge].filter((one) => one !== null)))
  const read = () => (input.value === '' ? null : type === 'boolean' ? input.value === 'true' : low !== null && Number.isFinite(Number(input.value)) ? Number(input.value) : input.value)
  const check = () => {
    const value = read()
    badge.textContent = warningOf({ low, high, known, type }, value)
  }
  return { field, read, check }
}

function choiceOf(values, chosen) {
  const select = make('select')
  for (const value of values) {
    const option = make('option', { value }, value === '' ? 'missing' : value)
    if (value === chosen) option.setAttribute('selected', '')
    select.append(option)
  }
  return select
}

function warningOf({ low, high, known, type }, value) {
  if (value === null) return 'missing'
  if (low !== null && typeof value !== 'number') return 'not a number'
  if (low !== null && (value < low || value > high)) return 'outside the table'
  if (type === 'integer' && !Number.isInteger(value)) return 'not a whole number'
  return known !== null && !known.includes(value) ? 'never seen' : ''
}

/** The prediction with its parts; a row that cannot be read is told so. */
function answerOf(row) {
  let said
  try {
    said = score(row)
  } catch (error) {
    return [make('p', { class: 'absent' }, error instanceof Error ? error.message : String(error))]
  }
  const head = make('p', { class: 'said' }, make('strong', {}, typeof said.pred === 'number' ? shown(said.pred) : said.pred), headText(said))
  const all = said.probabilities === undefined ? [] : [barsOf(Object.entries(said.probabilities).map(([name, share]) => ({ name, value: share, text: percent(share) })).sort((a, b) => b.value - a.value).slice(0, 12), 'Probabilities')]
  if (said.contributions === null) return [head, ...all, make('p', { class: 'note' }, 'Trees act together, so that the score is not a sum by column.')]
  return [head, ...all, waterfallOf(said, row)]
}

function headText({ proba, score }) {
  const positive = schema.task === 'binary' ? ' Probability of "' + schema.positive + '": ' : ' Probability: '
  return (proba === undefined ? '' : positive + percent(proba) + '.') + ' Score ' + shown(score) + '.'
}

const mostParts = 15

function waterfallOf({ base_value: base, contributions }, row) {
  const sorted = [...contributions].sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  const rest = sorted.slice(mostParts).reduce((sum, part) => sum + part.value, 0)
  const named = sorted.slice(0, mostParts).map(({ name, value }) => ({ name: name in row ? name + ' = ' + (row[name] === null ? 'missing' : row[name]) : name, value, text: (value > 0 ? '+' : '') + shown(value) }))
  const more = sorted.length > mostParts ? [{ name: 'the other ' + (sorted.length - mostParts), value: rest, text: (rest > 0 ? '+' : '') + shown(rest) }] : []
  return barsOf([...named, ...more], 'From the start of ' + shown(base) + ' to the score: what each part adds')
}

/** Bars that begin where the one before ended. */
function barsOf(parts, title) {
  const adds = parts.some(({ value }) => value < 0) || title.startsWith('From')
  const ends = parts.reduce((found, { value }) => [...found, (adds ? found.at(-1) : 0) + value], [0])
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  const wide = high - low || 1
  const rows = parts.map(({ name, value, text }, i) => {
    const from = adds ? Math.min(ends[i], ends[i + 1]) : 0
    const bar = make('i', { class: value < 0 ? 'lower' : adds ? 'raise' : 'plain' })
    bar.style.marginLeft = ((from - low) / wide) * 100 + '%'
    bar.style.width = (Math.abs(value) / wide) * 100 + '%'
    return make('tr', {}, make('th', { scope: 'row' }, name), make('td', { class: 'bar-cell' }, bar), make('td', { class: 'right' }, text))
  })
  return make('table', { class: 'waterfall' }, make('caption', {}, title), make('tbody', {}, ...rows))
}

// For a console, or a script that drives the page: signalbox.score({ …a row… }).
globalThis.signalbox = { report, schema, score }
for (const place of document.querySelectorAll('.playground[data-at]')) openPlayground(place)
`
