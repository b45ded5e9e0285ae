import type { Cell } from '#core/ports'
import { seededRandom } from '#ml/random'
import type { MadeColumn } from './memory-tools.testkit.ts'

interface Generated {
  readonly rows: number
  readonly seed: number
  /** How much the columns say; 0 is pure noise. */
  readonly strength?: number
}

/**
 * Rows whose truth is known: `dose` acts steadily, `age` bends, `site` shifts, `noise` does nothing, some `dose` are
 * missing. `risk` is the log-odds that they give, `event` is drawn from it, `cost` adds noise to it, `grade` cuts it.
 */
export function generatedColumns({ rows, seed, strength = 1 }: Generated): MadeColumn[] {
  const random = seededRandom(seed, rows)
  const sites = ['north', 'south', 'east']
  const made = Array.from({ length: rows }, () => {
    const dose = random.next() * 10
    const age = 20 + Math.floor(random.next() * 60)
    const site = random.below(3)
    const risk = strength * (0.5 * (dose - 5) - 2 * Math.cos((age - 20) / 10) + (site - 1))
    const event = random.next() < 1 / (1 + Math.exp(-risk))
    const cost = 100 + 10 * risk + 6 * (random.next() + random.next() - 1)
    const grade = risk < -1 ? 'low' : risk < 1 ? 'middle' : 'high'
    return {
      dose: random.next() < 0.05 ? null : dose,
      age,
      site: sites[site] ?? '',
      noise: random.next(),
      event: event ? 'yes' : 'no',
      cost,
      grade,
    }
  })
  const column = (name: keyof (typeof made)[number], type: MadeColumn['type']): MadeColumn => ({
    name,
    type,
    cells: made.map((row): Cell => row[name]),
  })
  return [
    column('dose', 'number'),
    column('age', 'integer'),
    column('site', 'text'),
    column('noise', 'number'),
    column('event', 'text'),
    column('cost', 'number'),
    column('grade', 'text'),
  ]
}

/** The columns but some, by name. */
export function without(columns: readonly MadeColumn[], ...names: string[]): MadeColumn[] {
  return columns.filter((column) => !names.includes(column.name))
}

/** The columns with one changed. */
export function changed(
  columns: readonly MadeColumn[],
  name: string,
  change: (cell: Cell, row: number) => Cell,
): MadeColumn[] {
  return columns.map((column) => (column.name === name ? { ...column, cells: column.cells.map(change) } : column))
}
