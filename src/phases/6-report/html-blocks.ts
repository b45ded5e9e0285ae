import type { Block, Cell, Column, DecidedOption, DecisionBlock, Fact, Figure, LegendEntry, MatrixBlock, TableBlock, Tile, Verdict } from './blocks.ts'
import type { Chart } from './charts.ts'
import { chartTable } from './chart-table.ts'
import { drawChart } from './draw-chart.ts'
import { markup, type Markup } from './markup.ts'

/** A block of a report as HTML; `at` is where it stands in the JSON of the report. */
export function htmlBlock(block: Block, at: string): Markup {
  switch (block.kind) {
    case 'paragraph':
      return markup`<p>${block.text}</p>`
    case 'heading':
      return markup`<h3>${block.text}</h3>`
    case 'missing':
      return markup`<p class="absent">${block.text}</p>`
    case 'playground':
      return markup`<div class="playground" data-at="${at}"><p class="absent">The form stands here where scripts may run. The table below says what the model reads.</p></div>`
    case 'list':
      return markup`<ul>${block.items.map((item) => markup`<li>${item}</li>`)}</ul>`
    case 'facts':
      return htmlFacts(block.facts)
    case 'tiles':
      return markup`<dl class="tiles">${block.tiles.map(htmlTile)}</dl>`
    case 'table':
      return htmlTable(block)
    case 'matrix':
      return htmlMatrix(block, at)
    case 'charts':
      return markup`${htmlLegend(block.legend)}<div class="charts">${block.charts.map((chart, i) => htmlChart(chart, `${at}/charts/${i}`))}</div>${block.note === '' ? null : markup`<p class="note">${block.note}</p>`}`
    case 'decision':
      return htmlDecision(block)
  }
}

/** The exact number for machines, the rounded one for people. */
export function htmlFigure({ value, text, key }: Figure): Markup {
  return key === undefined ? markup`<data value="${value}">${text}</data>` : markup`<data value="${value}" data-key="${key}">${text}</data>`
}

function htmlCell(cell: Cell): Markup {
  if (cell === null) return markup`<span title="Not defined">–</span>`
  if (typeof cell === 'string') return markup`${cell}`
  if ('code' in cell) return markup`<code>${cell.code}</code>`
  if ('interval' in cell) return markup`${htmlFigure(cell.figure)}<small class="range">${htmlFigure(cell.interval[0])} to ${htmlFigure(cell.interval[1])}</small>`
  return 'share' in cell ? htmlFigure(cell.figure) : htmlFigure(cell)
}

function htmlFacts(facts: readonly Fact[]): Markup {
  return markup`<dl class="facts">${facts.map(({ label, value }) => markup`<dt>${label}</dt><dd>${htmlCell(value)}</dd>`)}</dl>`
}

function htmlTile({ label, figure, interval, note }: Tile): Markup {
  const range = interval === null ? markup`no interval` : markup`95 %: ${htmlFigure(interval[0])} to ${htmlFigure(interval[1])}`
  return markup`<div class="tile"><dt>${label}</dt><dd class="big">${htmlFigure(figure)}</dd><dd class="small">${range}</dd>${note === '' ? null : markup`<dd class="small">${note}</dd>`}</div>`
}

/** The numbers of a chart, as they are printed; the chart has them in full. */
function twinTable({ title, columns, rows }: TableBlock): Markup {
  const head = columns.map(({ title: name, align }) => markup`<th scope="col" class="${align}">${name}</th>`)
  const body = rows.map((row) => markup`<tr>${row.map((cell, i) => markup`<td class="${columns[i]?.align === 'right' ? 'right' : 'text'}">${plainCell(cell)}</td>`)}</tr>`)
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Numbers of ${title}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

function plainCell(cell: Cell): Markup | string {
  if (cell === null) return '–'
  if (typeof cell === 'string') return cell
  if ('code' in cell) return markup`<code>${cell.code}</code>`
  return 'figure' in cell ? cell.figure.text : cell.text
}

function htmlTable({ title, columns, rows, note }: TableBlock): Markup {
  const head = columns.map(({ title: heading, align }) => markup`<th scope="col" class="${heading === '' ? 'thin' : align}">${heading === '' ? markup`<span class="hidden">Number</span>` : heading}</th>`)
  const body = rows.map((row) => markup`<tr>${row.map((cell, i) => tableCell(cell, columns[i]))}</tr>`)
  const narrow = columns.length <= 5 && columns.every(({ align }) => align === 'right')
  return markup`<figure class="${narrow ? 'narrow' : ''}">${title === '' ? null : markup`<figcaption>${title}</figcaption>`}<div class="scroll" tabindex="0" role="group" aria-label="${title === '' ? 'Table' : title}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${note === undefined ? null : markup`<p class="note">${note}</p>`}</figure>`
}

function tableCell(cell: Cell, column: Column | undefined): Markup {
  if (typeof cell === 'object' && cell !== null && 'share' in cell) {
    return markup`<td class="share"><div><i style="width:${(Math.min(1, Math.max(0, cell.share)) * 100).toFixed(1)}%"></i></div>${htmlCell(cell)}</td>`
  }
  return markup`<td class="${column?.align === 'right' ? 'right' : 'text'}">${htmlCell(cell)}</td>`
}

function htmlMatrix({ title, classes, counts, shares, note, thresholds }: MatrixBlock, at: string): Markup {
  const head = classes.map((name) => markup`<th scope="col">called <code>${name}</code></th>`)
  const body = classes.map((name, i) => {
    const cells = classes.map((_, k) => {
      const share = shares[i]?.[k]
      const count = counts[i]?.[k]
      if (share === undefined || count === undefined) return markup`<td></td>`
      return markup`<td class="${i === k ? 'hit' : 'miss'}" style="--heat:${(share.value * 30).toFixed(0)}%"><b>${htmlFigure(count)}</b><span>${htmlFigure(share)}</span></td>`
    })
    return markup`<tr><th scope="row">is <code>${name}</code></th>${cells}</tr>`
  })
  const slider = thresholds === null ? null : markup`<div class="slider" data-at="${at}"></div>`
  return markup`<figure><figcaption>${title}</figcaption>${slider}<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table class="matrix"><thead><tr><td></td>${head}</tr></thead><tbody>${body}</tbody></table></div><p class="note">${note} Below each count: its share of the rows of that class.</p></figure>`
}

function htmlLegend(legend: readonly LegendEntry[]): Markup {
  return markup`<ul class="legend">${legend.map(({ mark, text }) => markup`<li><svg viewBox="0 0 20 12" aria-hidden="true">${legendMark(mark)}</svg>${text}</li>`)}</ul>`
}

function legendMark(mark: LegendEntry['mark']): Markup {
  switch (mark) {
    case 'band':
    case 'density':
    case 'hatch':
    case 'raises':
    case 'lowers':
      return markup`<rect class="${mark}" x="1" y="1" width="18" height="10"/>`
    case 'series-0':
    case 'series-1':
      return markup`<rect class="bar ${mark}" x="1" y="1" width="18" height="10"/>`
    case 'apart':
      return markup`<rect class="apart-fill" x="3" y="4" width="14" height="4"/>`
    case 'point':
      return markup`<circle class="point" cx="10" cy="6" r="4.5"/>`
    case 'diagonal':
    case 'reference':
      return markup`<path class="reference" d="M1 6H19"/>`
    case 'whisker':
      return markup`<path class="whisker" d="M10 0V12"/>`
    default:
      return markup`<path class="line ${mark}" d="M1 6H19"/>`
  }
}

function htmlChart(chart: Chart, at: string): Markup {
  const caption = 'feature' in chart ? markup`<code>${chart.feature}</code><small>${chart.caption}</small>` : markup`${chart.title}`
  return markup`<figure class="chart" data-at="${at}"><figcaption>${caption}</figcaption>${drawChart(chart)}<details><summary>Numbers</summary>${twinTable(chartTable(chart))}</details></figure>`
}

const tones: Readonly<Record<Verdict, string>> = {
  'taken as recommended': 'pill agrees',
  'differs from the recommendation': 'pill departs',
  'an answer of its own': 'pill departs',
  rejected: 'pill departs',
  skipped: 'pill',
  'nothing was recommended': 'pill',
}

function htmlDecision({ phase, subject, verdict, facts, options }: DecisionBlock): Markup {
  const head = markup`<header><div class="phase"><code>${phase}</code></div><h3>${subject}</h3><span class="${tones[verdict]}">${verdict}</span></header>`
  const offered = options.length === 0 ? markup`<p class="note" style="padding:0 20px">No options were offered.</p>` : markup`<ol class="options">${options.map(htmlOption)}</ol>`
  return markup`<article class="decision">${head}${htmlFacts(facts)}${offered}</article>`
}

function htmlOption({ title, summary, recommended, chosen, evidence, risks }: DecidedOption): Markup {
  const badges = [chosen ? markup`<span class="pill">chosen</span>` : null, recommended ? markup`<span class="pill agrees">recommended</span>` : null]
  const items = [...evidence.map(({ text }) => markup`<li>${text}</li>`), ...risks.map((risk) => markup`<li>Risk: ${risk}</li>`)]
  return markup`<li class="${chosen ? 'chosen' : ''}"><h4>${title} ${badges}</h4><p>${summary}</p>${items.length === 0 ? null : markup`<ul>${items}</ul>`}</li>`
}
