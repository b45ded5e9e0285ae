import type { Chart } from './charts.ts'
import { drawBars } from './draw-bars.ts'
import { drawCurve, drawLine } from './draw-curve.ts'
import { drawGrid } from './draw-grid.ts'
import { drawIntervals, drawResiduals } from './draw-intervals.ts'
import { drawLevels } from './draw-levels.ts'
import { drawMeans, drawScatter } from './draw-points.ts'
import { drawRate, drawReliability } from './draw-rates.ts'
import type { Markup } from './markup.ts'

/** The chart as SVG. */
export function drawChart(chart: Chart): Markup {
  switch (chart.kind) {
    case 'curve':
      return drawCurve(chart)
    case 'line':
      return drawLine(chart)
    case 'levels':
      return drawLevels(chart)
    case 'grid':
      return drawGrid(chart)
    case 'reliability':
      return drawReliability(chart)
    case 'rate':
      return drawRate(chart)
    case 'intervals':
      return drawIntervals(chart)
    case 'residuals':
      return drawResiduals(chart)
    case 'bars':
      return drawBars(chart)
    case 'scatter':
      return drawScatter(chart)
    case 'means':
      return drawMeans(chart)
  }
}
