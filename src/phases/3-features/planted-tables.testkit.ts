import type { TaskName } from '#core/run-settings'
import { type GeneratedColumn, tableMaker } from '../../../tests/generate-table.ts'

/** A generated table whose label is made of two columns, or of none. */
export interface PlantedTable {
  readonly columns: readonly GeneratedColumn[]
  readonly label: 'label'
  readonly task: TaskName
  readonly classes?: readonly string[]
}

/** What decides the label: the ratio of "part" and "whole", a column alone, or chance. */
export type Planted = 'ratio' | 'column' | 'chance'

/** Ten columns of numbers and groups, of which two at most matter; seeded. */
export function plantedTable(planted: Planted, task: 'binary' | 'regression', { seed, rows }: { readonly seed: number; readonly rows: number }): PlantedTable {
  const make = tableMaker(seed, rows)
  const amount = (least: number, most: number): number[] => Array.from({ length: rows }, () => Math.round(100 * (least + (most - least) * make.random.next())) / 100)
  const [part, whole, noise] = [amount(10, 110), amount(10, 110), [0, 1, 2, 3, 4].map((i) => amount(i, 100 * (i + 1)))]
  const values = part.map((value, row) => (planted === 'ratio' ? value / (whole[row] ?? 1) : planted === 'column' ? value / 50 : 1) + (make.random.next() - 0.5) * 0.5)
  const label = task === 'regression' ? values.map((value) => value.toFixed(4)) : values.map((value) => (value > 1 ? 'yes' : 'no'))
  const numbers = (name: string, cells: readonly number[]): GeneratedColumn => ({ name, cells: cells.map(String) })
  const columns = [
    ...noise.slice(0, 3).map((cells, i) => numbers(`noise ${i}`, cells)),
    numbers('part', part),
    { name: 'group a', cells: make.levels(['p', 'q', 'r']) },
    { name: 'group b', cells: make.levels(['u', 'v', 'w', 'x']) },
    numbers('whole', whole),
    ...noise.slice(3).map((cells, i) => numbers(`noise ${i + 3}`, cells)),
    { name: 'label', cells: label },
  ]
  return { columns, label: 'label', task, ...(task === 'binary' ? { classes: ['no', 'yes'] } : {}) }
}
