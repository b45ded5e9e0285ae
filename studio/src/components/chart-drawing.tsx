import { useComputedColorScheme } from '@mantine/core'
import { BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { ChartFrameProps } from './chart-frame.tsx'
import { chartTheme } from './chart-theme.ts'
import { chartTokensAt } from './chart-tokens.ts'

use([BarChart, BoxplotChart, CustomChart, HeatmapChart, LineChart, ScatterChart, AriaComponent, DatasetComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapComponent, SVGRenderer])

/** The chart itself: SVG, without animation, in the colours of the theme, again when either changes. */
export function ChartDrawing({ label, option, height = 240, onClick }: ChartFrameProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const scheme = useComputedColorScheme('light')
  const click = useRef(onClick)
  click.current = onClick
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const made = init(element, null, { renderer: 'svg' })
    made.on('click', (event) => click.current?.(event))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(element)
    chart.current = made
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens have other values in the other theme.
  useEffect(() => {
    if (box.current === null || chart.current === null) return
    const tokens = chartTokensAt(box.current)
    chart.current.setOption({ ...chartTheme(tokens), aria: { enabled: true, label: { description: label } }, ...option(tokens) }, { notMerge: true })
  }, [option, label, scheme])
  return <div ref={box} style={{ height }} />
}
