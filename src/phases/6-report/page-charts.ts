/**
 * The script of the page, first part: what is pointed at in a chart is told below it, by mouse, touch and arrow keys. It
 * stands here as text, since it is a file of its own to the browser; it reads the JSON that the page carries, makes text
 * only as text, and asks for nothing.
 */
export const chartScript = `
const report = JSON.parse(document.getElementById('signalbox-report').textContent)
const at = (pointer) => pointer.split('/').slice(1).reduce((value, key) => value[key], report)
const shown = (value) => {
  if (value === null || value === undefined) return '–'
  const digits = Math.abs(value) >= 1000 ? 0 : 4
  return value.toLocaleString('en-US', digits === 0 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits }).replace('-', '−')
}
const percent = (share) => (share * 100).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 }) + ' %'

/** An element with text; nothing that is given becomes markup. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}

function mark(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

/** Where a value stands on an axis, held at its ends. */
function placeOn([low, high, start, end, log], value) {
  const scale = log ? Math.log : (one) => one
  if (log && value <= 0) return start
  const share = (scale(value) - scale(low)) / (scale(high) - scale(low) || 1)
  return start + Math.min(1, Math.max(0, share)) * (end - start)
}

const scoresText = ({ outputs }, scores, deviation) => scores.map((score, k) => (outputs.length === 0 ? '' : outputs[k] + ' ') + shown(score) + (outputs.length === 0 && deviation?.[0] > 0 ? ' ± ' + shown(deviation[0]) : '')).join(', ')
const rangeText = (from, to) => (from === null ? (to === null ? 'every number' : 'up to ' + shown(to)) : to === null ? 'above ' + shown(from) : shown(from) + ' to ' + shown(to))
const rowsText = (rows) => (rows === null ? '' : ' · ' + shown(rows) + ' rows')

const apartStops = (chart, places) => chart.apart.map((one, i) => ({ x: [places.apart[i] - 18, places.apart[i] + 18], text: one.name + ': ' + scoresText(chart, one.scores) + rowsText(one.rows) }))
const inRows = (places, i) => [places.rows.starts[i], places.rows.starts[i] + places.rows.size]
const pointAt = (places, x, y) => ({ point: [placeOn(places.x, x), placeOn(places.y, y)] })

/** What can be pointed at, by kind of chart: a range across, down or both, or a point, and what is told of it. */
const stopsOf = {
  curve: (chart, places) => [
    ...chart.steps.map((step) => ({ x: [placeOn(places.x, step.from ?? -Infinity), placeOn(places.x, step.to ?? Infinity)], text: rangeText(step.from, step.to) + ': ' + scoresText(chart, step.scores, step.deviation) + rowsText(step.rows) })),
    ...apartStops(chart, places),
  ],
  line: (chart, places) => [
    ...Array.from({ length: 21 }, (_, i) => {
      const value = chart.domain[0] + ((chart.domain[1] - chart.domain[0]) * i) / 20
      const half = (places.x[3] - places.x[2]) / 42
      return { x: [placeOn(places.x, value) - half, placeOn(places.x, value) + half], text: 'at ' + shown(value) + ': ' + scoresText(chart, chart.ends.map(([start, end]) => start + ((end - start) * i) / 20)) }
    }),
    ...apartStops(chart, places),
  ],
  levels: (chart, places) => [...chart.levels, ...chart.apart].map((level, i) => ({ y: inRows(places, i), text: level.name + ': ' + scoresText(chart, level.scores, level.deviation) + rowsText(level.rows) })),
  grid: (chart, places) => chart.cells.flatMap((row, j) => row.map((cell, i) => ({
    x: [places.columns.starts[i], places.columns.starts[i] + places.columns.size], y: inRows(places, j),
    text: chart.across.slots[i].name + ' × ' + chart.down.slots[j].name + ': ' + shown(cell.score) + rowsText(cell.rows),
  }))),
  reliability: (chart, places) => chart.bins.map((bin) => ({ ...pointAt(places, bin.mean, bin.rate), text: 'said ' + percent(bin.mean) + ', came true ' + percent(bin.rate) + ' (95 %: ' + percent(bin.low) + ' to ' + percent(bin.high) + ')' + rowsText(bin.rows) })),
  rate: (chart, places) => chart.points.map(([x, y]) => ({ ...pointAt(places, x, y), text: chart.x + ' ' + percent(x) + ' · ' + chart.y + ' ' + percent(y) })),
  intervals: (chart, places) => chart.rows.map((row, i) => ({ y: inRows(places, i), text: row.name + ': ' + shown(row.value) + (row.low === null ? '' : ' (95 %: ' + shown(row.low) + ' to ' + shown(row.high) + ')') })),
  residuals: (chart, places) => chart.quantiles.map(({ share, value }) => ({ x: [placeOn(places.x, value) - 4, placeOn(places.x, value) + 4], text: percent(share) + ' of the rows lie below ' + shown(value) })),
  bars: (chart, places) => chart.bars.map(({ from, to, counts }) => {
    const step = chart.bars.find((bar) => bar.from !== null && bar.to !== null)
    const wide = step === undefined ? 1 : step.to - step.from
    return { x: [placeOn(places.x, from ?? to - wide), placeOn(places.x, to ?? from + wide)], text: rangeText(from, to) + ': ' + counts.map((count, k) => shown(count) + ' ' + chart.series[k]).join(', ') }
  }),
  scatter: (chart, places) => chart.points.map(([x, y]) => ({ ...pointAt(places, x, y), text: chart.x + ' ' + shown(x) + ' · ' + chart.y + ' ' + shown(y) })),
  means: (chart, places) => chart.points.map((point) => ({ ...pointAt(places, point.x, point.value), text: chart.x + ' ' + shown(point.x) + ': ' + shown(point.value) + ' (95 %: ' + shown(point.low) + ' to ' + shown(point.high) + ')' + rowsText(point.rows) })),
}

const beside = ([low, high], value) => Math.max(0, low - value, value - high)
function distance({ x, y, point }, [px, py]) {
  if (point !== undefined) return Math.hypot(point[0] - px, point[1] - py)
  return Math.hypot(x === undefined ? 0 : beside(x, px), y === undefined ? 0 : beside(y, py))
}

function followChart(figure) {
  const svg = figure.querySelector('svg')
  const chart = at(figure.dataset.at)
  const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number)
  let stops = null
  let current = -1
  const told = make('output', { class: 'told' })
  const cursor = svg.appendChild(mark('rect', { class: 'cursor', rx: 2 }))
  svg.after(told)
  svg.setAttribute('tabindex', '0')
  const ready = () => (stops ??= stopsOf[chart.kind](chart, JSON.parse(svg.dataset.places)))
  const show = (i) => {
    current = i
    const { x, y, point, text } = stops[i]
    const [left, right] = x ?? (point === undefined ? [0, width] : [point[0] - 6, point[0] + 6])
    const [top, bottom] = y ?? (point === undefined ? [0, height] : [point[1] - 6, point[1] + 6])
    for (const [key, value] of Object.entries({ x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) })) cursor.setAttribute(key, value)
    cursor.classList.add('on')
    told.value = text
  }
  const hide = () => {
    cursor.classList.remove('on')
    told.value = ''
  }
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect()
    const place = [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height]
    let nearest = -1
    let least = Infinity
    ready().forEach((stop, i) => {
      const far = distance(stop, place)
      if (far < least) [least, nearest] = [far, i]
    })
    if (nearest >= 0) show(nearest)
  })
  svg.addEventListener('pointerleave', hide)
  svg.addEventListener('blur', hide)
  svg.addEventListener('keydown', (event) => {
    const last = ready().length - 1
    const next = { ArrowRight: current + 1, ArrowDown: current + 1, ArrowLeft: current - 1, ArrowUp: current - 1, Home: 0, End: last }[event.key]
    if (event.key === 'Escape') hide()
    if (next === undefined || last < 0) return
    event.preventDefault()
    show(Math.min(last, Math.max(0, next)))
  })
}
for (const figure of document.querySelectorAll('figure.chart[data-at]')) followChart(figure)
`
