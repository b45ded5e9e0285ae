import type { Block, Cell } from './blocks.ts'
import type { Evaluation } from './evaluation-schema.ts'
import { figure, percentFigure } from './figure.ts'

/** What is gained by going through the rows from the likeliest on, by tenths. */
export function gainTable(lift: NonNullable<Evaluation['lift']>, positive: string): Block {
  const multiple = (value: number | null): Cell => (value === null ? null : figure(value, { decimals: 2 }))
  return {
    kind: 'table',
    title: 'Gain and lift, the likeliest rows first',
    columns: ['Rows', 'down to', `"${positive}"`, 'Share', 'Lift', 'Rows so far', `of all "${positive}"`, 'Lift so far'].map((title) => ({ title, align: 'right' as const })),
    rows: lift.map((bin): Cell[] => [
      figure(bin.rows),
      percentFigure(bin.lowest_probability),
      figure(bin.positives),
      { figure: percentFigure(bin.rate.value), interval: [percentFigure(bin.rate.low), percentFigure(bin.rate.high)] },
      multiple(bin.lift),
      percentFigure(bin.row_share),
      bin.gain === null ? null : percentFigure(bin.gain),
      multiple(bin.cumulative_lift),
    ]),
    note: 'Lift: the share as a multiple of that of all sealed rows. Below each share: its 95 % interval (Wilson).',
  }
}
