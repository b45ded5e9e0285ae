import { seededRandom, type Random } from '#ml/random'

/** A column of a generated file: its header and its cells as they stand in the file; null is an empty cell. */
export interface GeneratedColumn {
  readonly name: string
  readonly cells: readonly (string | null)[]
}

/** What the columns of a generated table are made with. */
export interface Maker {
  readonly rows: number
  readonly random: Random
  /** A cell for each row. */
  cells(cellAt: (row: number) => string | number | null): (string | null)[]
  /** One of the levels for each row. */
  levels(levels: readonly string[]): string[]
  /** Numbers of two decimals around 0 with a spread of 1. */
  numbers(): number[]
}

/** A seeded maker of columns: the same seed gives the same cells on every machine. */
export function tableMaker(seed: number, rows: number): Maker {
  const random = seededRandom(seed)
  const cells: Maker['cells'] = (cellAt) =>
    Array.from({ length: rows }, (_, row) => {
      const cell = cellAt(row)
      return cell === null ? null : String(cell)
    })
  return {
    rows,
    random,
    cells,
    levels: (levels) => Array.from({ length: rows }, () => levels[random.below(levels.length)] ?? ''),
    numbers: () => Array.from({ length: rows }, () => Math.round((random.next() + random.next() + random.next() - 1.5) * 200) / 100),
  }
}

/** The columns as CSV text. */
export function csvOf(columns: readonly GeneratedColumn[]): string {
  const rows = columns[0]?.cells.length ?? 0
  const lines = [columns.map((column) => quoted(column.name)).join(',')]
  for (let row = 0; row < rows; row++) lines.push(columns.map((column) => (column.cells[row] === null ? '' : quoted(column.cells[row] ?? ''))).join(','))
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return /[",;\n\r]|^\s|\s$|^$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * A table with one trap of each kind. Three targets: `outcome` (yes/no), `grade` (three classes) and `result` (a
 * number), all of which depend on `amount`, `visits` and `city`, and each of which a further column gives away.
 */
export function trapTable(seed: number, rows: number): GeneratedColumn[] {
  const make = tableMaker(seed, rows)
  const amount = make.numbers()
  const visits = Array.from({ length: rows }, () => make.random.below(12))
  const city = make.levels(['Aarhus', 'Bern', 'Cork', 'Dijon'])
  const noise = make.numbers()
  const signal = amount.map((value, row) => value * 2 + (visits[row] ?? 0) * 0.2 + (city[row] === 'Bern' ? 1 : 0) + (noise[row] ?? 0))
  const outcome = signal.map((value) => (value > 1.6 ? 'yes' : 'no'))
  const grade = signal.map((value) => (value > 2.4 ? 'gold' : value > 0.8 ? 'silver' : 'bronze'))
  const result = signal.map((value, row) => Math.round(value * 1000 + row % 7) / 10)
  return [
    { name: 'Order Nr', cells: make.cells((row) => `A-${10_000 + row * 37}-${row % 9}`) },
    { name: 'amount', cells: make.cells((row) => amount[row] ?? 0) },
    { name: 'visits  made', cells: make.cells((row) => visits[row] ?? 0) },
    { name: 'city', cells: make.cells((row) => (row % 23 === 5 ? '?' : (city[row] ?? ''))) },
    { name: 'size 💥; "wide"', cells: make.cells((row) => (row % 31 === 2 ? 'n/a' : ['small', 'large'][row % 2 === 0 ? 0 : 1] ?? '')) },
    { name: 'fee', cells: make.cells((row) => (row % 41 === 7 ? ' ' : grouped(`${((row * 7919) % 5000) + 1000}.5`))) },
    { name: 'country', cells: make.cells(() => 'Nowhere') },
    { name: 'comment', cells: make.cells(() => null) },
    { name: 'outcome_code', cells: make.cells((row) => (outcome[row] === 'yes' ? 7 : 3)) },
    { name: 'medal', cells: make.cells((row) => (grade[row] === 'gold' ? 'first' : grade[row] === 'silver' ? 'second' : 'third')) },
    { name: 'result in cents', cells: make.cells((row) => Math.round((result[row] ?? 0) * 100) + 5) },
    { name: 'grade', cells: grade },
    { name: 'result', cells: make.cells((row) => result[row] ?? 0) },
    { name: 'outcome', cells: outcome },
  ]
}

function grouped(cell: string): string {
  const [whole, part] = cell.split('.')
  return `$${(whole ?? '').replace(/\B(?=(\d{3})+$)/u, ',')}.${part ?? '0'}`
}

/** The columns with the given rows repeated at the end. */
export function withCopies(columns: readonly GeneratedColumn[], rows: readonly number[]): GeneratedColumn[] {
  return columns.map((column) => ({ ...column, cells: [...column.cells, ...rows.map((row) => column.cells[row] ?? null)] }))
}
