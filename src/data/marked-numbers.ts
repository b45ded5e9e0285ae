import type { ReadOptions } from '#core/dataset'
import { characterClass } from './character-class.ts'
import type { Session } from './session.ts'
import type { TypeTest } from './type-tests.ts'

/** What the reader says of columns such as 1,234 where nothing in the file tells whether that is above a thousand. */
export const ambiguousNumbers = {
  code: 'ambiguous_numbers',
  detail: 'commas may mark thousands or fractions, so the text was kept; reading the file with the option decimal settles it',
}

const { digit, minus, dot, comma, blank } = characterClass
const allowed = digit | minus | dot | comma | blank

const byComma = "'-?(0|[1-9][0-9]*|[1-9][0-9]{0,2}([.][0-9]{3})+|[1-9][0-9]{0,2}( [0-9]{3})+)?(,[0-9]+)?'"
const byPoint = "'-?(0|[1-9][0-9]*|[1-9][0-9]{0,2}(,[0-9]{3})+)?([.][0-9]+)?'"
/** A point is either of fractions or of thousands. */
const pointGroups = "'-?[1-9][0-9]{0,2}([.][0-9]{3})+'"
const whole = "'-?(0|[1-9][0-9]*)'"

const commaDecimal: TypeTest = {
  type: 'number',
  allowed,
  needed: comma | dot,
  holds: (cell) => `regexp_full_match(${cell}, ${byComma}) AND regexp_matches(${cell}, '[0-9]')`,
  cast: (cell) => `CAST(replace(replace(replace(${cell}, '.', ''), ' ', ''), ',', '.') AS DOUBLE)`,
  notation: 'decimal_comma',
  note: { code: 'decimal_comma', detail: 'numbers with a decimal comma were read as numbers' },
}

const commaThousands: TypeTest = {
  type: 'number',
  allowed: digit | minus | dot | comma,
  needed: comma,
  holds: (cell) => `regexp_full_match(${cell}, ${byPoint}) AND regexp_matches(${cell}, '[0-9]')`,
  cast: (cell) => `CAST(replace(${cell}, ',', '') AS DOUBLE)`,
  notation: 'thousands_comma',
  note: { code: 'thousands_comma', detail: 'commas between thousands were left out of numbers' },
}

const pointThousands: TypeTest = {
  ...commaDecimal,
  holds: (cell) => `regexp_full_match(${cell}, ${pointGroups}) OR regexp_full_match(${cell}, ${whole})`,
  notation: 'thousands_point',
  note: { code: 'thousands_point', detail: 'points between thousands were left out, as the other numbers of the file have decimal commas' },
}

/** Read as any plain number is, but not without a word. */
const openPoints: TypeTest = {
  type: 'number',
  allowed,
  needed: dot,
  holds: pointThousands.holds,
  cast: (cell) => `CAST(${cell} AS DOUBLE)`,
  note: { code: 'ambiguous_points', detail: 'each point stands before three digits and was read as a decimal point; where it marks thousands, read the file with the option decimal ","' },
}

export interface MarkedNumbers {
  readonly types: ReadonlyMap<number, TypeTest>
  /** Columns that read as numbers either way. */
  readonly ambiguous: readonly number[]
  readonly decimal: ReadOptions['decimal']
}

interface Request {
  readonly classes: Uint16Array
  readonly told: ReadOptions['decimal']
  readonly typed: boolean
  readonly asCommas: boolean
  /** What plain notation made of the columns. */
  readonly plain: ReadonlyMap<number, TypeTest>
}

/**
 * Columns of numbers whose thousands or fractions are marked by commas. How a column is to be read must show in one of
 * its own cells, or, where each of its cells reads both ways, in another column of the file; else it stays text.
 */
export async function markedNumbers(session: Session, source: string, { classes, told, typed, asCommas, plain }: Request): Promise<MarkedNumbers> {
  const columns = [...classes.keys()].filter((column) => {
    const seen = classes[column] ?? 0
    return !plain.has(column) && (seen & ~allowed) === 0 && (seen & digit) !== 0 && (seen & (comma | dot)) !== 0
  })
  const counts = await countNotations(session, source, columns)
  const readings = columns.map((column, i) => ({ column, ...readingOf(counts[i]) }))
  const shown = new Set(readings.flatMap(({ shows }) => (shows === undefined ? [] : [shows])))
  const decimal = told ?? (shown.size === 1 ? [...shown][0] : undefined)
  const types = new Map<number, TypeTest>()
  const ambiguous: number[] = []
  for (const { column, shows, either } of readings) {
    const taken = shows ?? (either ? decimal : undefined)
    if (taken !== undefined) types.set(column, taken === ',' ? commaDecimal : commaThousands)
    else if (either) ambiguous.push(column)
  }
  if (!typed && (decimal === ',' || (decimal === undefined && asCommas))) {
    for (const column of await pointColumns(session, source, plain)) types.set(column, decimal === ',' ? pointThousands : openPoints)
  }
  return { types, ambiguous, decimal }
}

interface Notations {
  readonly cells: number
  /** Cells that read with a decimal comma, with a decimal point, and both ways. */
  readonly comma: number
  readonly point: number
  readonly both: number
  /** Cells that have a comma. */
  readonly commas: number
  /** Cells of thousands between several points. */
  readonly manyPoints: number
}

function readingOf(counts: Notations | undefined): { shows: ReadOptions['decimal']; either: boolean } {
  if (counts === undefined || counts.commas + counts.manyPoints === 0) return { shows: undefined, either: false }
  const isComma = counts.comma === counts.cells
  const isPoint = counts.point === counts.cells
  if (isComma && isPoint) return { shows: undefined, either: true }
  return { shows: isComma ? ',' : isPoint ? '.' : undefined, either: false }
}

const columnsAQuery = 40

async function countNotations(session: Session, source: string, columns: readonly number[]): Promise<Notations[]> {
  const found: Notations[] = []
  for (let start = 0; start < columns.length; start += columnsAQuery) {
    const counts = columns.slice(start, start + columnsAQuery).flatMap((column) => {
      const cell = `c${column}`
      const [asComma, asPoint] = [commaDecimal.holds(cell), commaThousands.holds(cell)]
      const tests = ['true', asComma, asPoint, `${asComma} AND ${asPoint}`, `contains(${cell}, ',')`, `regexp_matches(${cell}, '[.].*[.]')`]
      return tests.map((test) => `count(${cell}) FILTER (WHERE ${test})`)
    })
    const answer = await session.stream({ parts: [`SELECT ${counts.join(', ')} FROM ${source}`], values: [] })
    for await (const chunk of answer.chunks) {
      const values = chunk.getRowValues(0).map(Number)
      for (let at = 0; at < values.length; at += 6) {
        const [cells = 0, comma = 0, point = 0, both = 0, commas = 0, manyPoints = 0] = values.slice(at, at + 6)
        found.push({ cells, comma, point, both, commas, manyPoints })
      }
    }
  }
  return found
}

/** Columns of plain numbers in which every point stands before three digits, as those of thousands do. */
async function pointColumns(session: Session, source: string, plain: ReadonlyMap<number, TypeTest>): Promise<number[]> {
  const columns = [...plain].flatMap(([column, test]) => (test.type === 'number' ? [column] : []))
  const found: number[] = []
  for (let start = 0; start < columns.length; start += columnsAQuery) {
    const batch = columns.slice(start, start + columnsAQuery)
    const counts = batch.map((column) => `count(c${column}) FILTER (WHERE (${pointThousands.holds(`c${column}`)}) IS NOT TRUE)`)
    const answer = await session.stream({ parts: [`SELECT ${counts.join(', ')} FROM ${source}`], values: [] })
    for await (const chunk of answer.chunks) {
      const failures = chunk.getRowValues(0).map(Number)
      found.push(...batch.filter((_, i) => failures[i] === 0))
    }
  }
  return found
}
