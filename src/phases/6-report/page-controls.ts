/** The script of the page, second part: one term at a time, and the threshold that moves the counts. */
export const controlScript = `
/** A choice above the curves: all of them, or one alone and larger. */
function offerTerms(charts) {
  const figures = [...charts.querySelectorAll(':scope > figure.chart')]
  const names = figures.map((figure) => at(figure.dataset.at).feature)
  if (figures.length < 3 || names.some((name) => name === undefined)) return
  const select = make('select', {}, make('option', { value: '' }, 'all ' + names.length), ...names.map((name, i) => make('option', { value: String(i) }, name)))
  select.addEventListener('change', () => {
    charts.classList.toggle('one', select.value !== '')
    figures.forEach((figure, i) => figure.classList.toggle('away', select.value !== '' && select.value !== String(i)))
  })
  charts.before(make('p', { class: 'control' }, make('label', {}, 'Show ', select)))
}
for (const charts of document.querySelectorAll('.charts')) offerTerms(charts)

/** The counts at every measured threshold; the points of the curves go with them. */
function offerThresholds(slider) {
  const { thresholds, counts, shares, classes } = at(slider.dataset.at)
  const { points, positive, value } = thresholds
  const cells = [...slider.closest('figure').querySelectorAll('table.matrix tbody td')]
  const first = cells.map((cell) => [...cell.querySelectorAll('data')].map((data) => [data.value, data.textContent]))
  // From the highest threshold to the lowest; the row stays where the model itself stands until it is moved.
  const start = Math.max(0, points.findLastIndex(({ threshold }) => threshold >= value))
  const range = make('input', { type: 'range', min: '0', max: String(points.length - 1), step: '1', value: String(points.length - 1 - start) })
  const told = make('output', { class: 'told' })
  const back = make('button', { type: 'button' }, 'As the model calls')
  const fill = (cell, pairs) => [...cell.querySelectorAll('data')].forEach((data, i) => {
    data.value = pairs[i][0]
    data.textContent = pairs[i][1]
  })
  const rates = ([[left, alarms], [misses, hits]]) => ({ recall: hits / (hits + misses || 1), alarms: alarms / (alarms + left || 1), precision: hits + alarms === 0 ? null : hits / (hits + alarms), called: hits + alarms })
  const tell = (threshold, table) => {
    const { recall, alarms, precision, called } = rates(table)
    told.value = '"' + positive + '" from ' + percent(threshold) + ' on: ' + shown(called) + ' rows called, precision ' + (precision === null ? '–' : percent(precision)) + ', recall ' + percent(recall) + ', false alarms ' + percent(alarms)
    range.setAttribute('aria-valuetext', told.value)
    for (const [figure, place] of movable) {
      const [x, y] = place({ recall, alarms, precision: precision ?? 1 })
      const places = JSON.parse(figure.querySelector('svg').dataset.places)
      const point = figure.querySelector('circle.point')
      point.setAttribute('cx', placeOn(places.x, x))
      point.setAttribute('cy', placeOn(places.y, y))
    }
  }
  const curves = [...slider.closest('section').querySelectorAll('figure.chart')].map((figure) => [figure, at(figure.dataset.at)]).filter(([, chart]) => chart.kind === 'rate' && chart.at !== null)
  const movable = curves.map(([figure, chart]) => [figure, chart.x === 'Recall' ? (rate) => [rate.recall, rate.precision] : (rate) => [rate.alarms, rate.recall]])
  range.addEventListener('input', () => {
    const { threshold, counts: table } = points[points.length - 1 - Number(range.value)]
    classes.forEach((_, i) => classes.forEach((_, k) => {
      const rows = table[i].reduce((sum, count) => sum + count, 0)
      const share = rows === 0 ? 0 : table[i][k] / rows
      fill(cells[i * classes.length + k], [[table[i][k], shown(table[i][k])], [share, percent(share)]])
      cells[i * classes.length + k].style.setProperty('--heat', Math.round(share * 30) + '%')
    }))
    tell(threshold, table)
  })
  back.addEventListener('click', () => {
    range.value = String(points.length - 1 - start)
    cells.forEach((cell, i) => {
      fill(cell, first[i])
      cell.style.setProperty('--heat', Math.round(shares[Math.floor(i / classes.length)][i % classes.length].value * 30) + '%')
    })
    tell(value, counts.map((row) => row.map((count) => count.value)))
  })
  slider.append(make('label', {}, 'Call from ', range), back, told)
  tell(value, counts.map((row) => row.map((count) => count.value)))
}
for (const slider of document.querySelectorAll('.slider[data-at]')) offerThresholds(slider)
`
