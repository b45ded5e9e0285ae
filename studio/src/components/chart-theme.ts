import type { EChartsOption } from 'echarts'
import type { ChartTokens } from './chart-tokens.ts'

/** What holds for every chart: no animation, text of 11 px, hairlines, the palette of data. */
export function chartTheme(tokens: ChartTokens): EChartsOption {
  return {
    animation: false,
    color: [tokens.blue, tokens.orange, tokens.grey],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: tokens.font, fontSize: 11, color: tokens.ink3 },
    grid: { left: 48, right: 16, top: 16, bottom: 40 },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: tokens.raised,
      borderColor: tokens.lineFirm,
      textStyle: { color: tokens.ink, fontSize: 12, fontFamily: tokens.font },
    },
  }
}

/** An axis of values: its name and unit, few ticks, a grid across it. */
export function valueAxis(tokens: ChartTokens, name: string) {
  return {
    type: 'value' as const,
    name,
    nameLocation: 'middle' as const,
    nameGap: 32,
    nameTextStyle: { color: tokens.ink3, fontSize: 11 },
    splitNumber: 5,
    axisLine: { show: true, lineStyle: { color: tokens.lineFirm } },
    axisLabel: { color: tokens.ink3, fontSize: 11 },
    splitLine: { lineStyle: { color: tokens.grid } },
  }
}

/** An axis of names, without a grid. */
export function categoryAxis(tokens: ChartTokens, name: string, data: readonly string[]) {
  return { ...valueAxis(tokens, name), type: 'category' as const, data: [...data], splitLine: { show: false }, axisTick: { show: false } }
}
