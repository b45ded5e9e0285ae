export interface HeaderFound {
  /** Records above the header (or above the data): titles and remarks. */
  readonly skipped: number
  /** The header's fields; undefined where the first record is data. */
  readonly header: readonly string[] | undefined
}

const mostTitles = 20

/** The first record is the header, unless lines above it are titles or it is evidently data. */
export function findHeader(records: readonly (readonly string[])[], fields: number): HeaderFound {
  const skipped = titlesAbove(records, fields)
  const first = records[skipped] ?? []
  const below = records.slice(skipped + 1)
  return { skipped, header: isData(first, below) || isOneOfMany(first, below) ? undefined : first }
}

/** Titles fill one cell of a row where the table below fills several; remarks start with #. */
function titlesAbove(records: readonly (readonly string[])[], fields: number): number {
  if (fields < 2) return 0
  const told = /^sep=/i.test(records[0]?.[0] ?? '') ? 1 : 0
  let above = told
  while (above < mostTitles && above + 1 < records.length && isTitle(records[above] ?? [], fields)) above += 1
  const header = records[above] ?? []
  if (above === told) return told
  const plausible = header.length >= fields - 1 && filled(header) === header.length && !header.some(looksNumeric)
  const allShort = records.slice(told, above).every((record) => record.length === 1)
  return plausible || allShort ? above : told
}

function isTitle(record: readonly string[], fields: number): boolean {
  if (record[0]?.startsWith('#') && record.length !== fields) return true
  if (record.length === 1) return true
  return fields >= 3 && filled(record) <= 1
}

function filled(record: readonly string[]): number {
  return record.filter((field) => field.trim() !== '').length
}

/** All cells numbers or dates; or some of them over columns of the same kind, and more that speaks for data. */
function isData(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const cells = first.filter((field) => field.trim() !== '')
  if (cells.length === 0) return false
  if (cells.every(looksNumeric)) return true
  const overNumbers = first.filter((field, i) => looksNumeric(field) && columnIsNumeric(below, i))
  if (overNumbers.length === 0) return false
  if (overNumbers.some(isNoName)) return true
  return first.some(
    (field, i) => field.trim() !== '' && !looksNumeric(field) && below.some((record) => record[i] === field),
  )
}

/** Rows of text alone tell by repetition: each of several first cells stands again and again in its own column. */
const fewestRepeats = 3
const fewestRows = 8

function isOneOfMany(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const others = below.filter((record) => record.some((field, i) => field !== first[i]))
  if (first.length < 2 || others.length < fewestRows || first.some((field) => field.trim() === '')) return false
  const repeated = first.filter((field, i) => others.filter((record) => record[i] === field).length >= fewestRepeats)
  return repeated.length >= 2 && repeated.length >= first.length / 2
}

function looksNumeric(field: string): boolean {
  return /^\s*[-+]?(\d+([.,]\d*)?|\.\d+)([eE][-+]?\d+)?\s*%?\s*$/.test(field) || looksLikeDate(field)
}

function looksLikeDate(field: string): boolean {
  return /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d{2}.*)?\s*$/.test(field)
}

function columnIsNumeric(records: readonly (readonly string[])[], column: number): boolean {
  const cells = records.map((record) => record[column] ?? '').filter((field) => field.trim() !== '')
  return cells.length > 0 && cells.every(looksNumeric)
}

/** Years and numbers serve as names of columns; decimals, negative numbers and dates do not. */
function isNoName(field: string): boolean {
  return looksLikeDate(field) || /[-.,]/.test(field)
}
