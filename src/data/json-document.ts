/** Rows as JSON holds them: objects by name, or arrays by place. */
export type JsonRow = Readonly<Record<string, unknown>> | readonly unknown[]

export function isRow(value: unknown): value is JsonRow {
  return typeof value === 'object' && value !== null
}

/** Parses a value; whole numbers with more digits than a double keeps stay text with all of them. */
export function parseJson(text: string): unknown {
  return /\d{16}/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source
  if (typeof value !== 'number' || source === undefined || !/^-?\d{16,}$/.test(source)) return value
  return Number.isSafeInteger(value) ? value : source
}

/**
 * The rows of a document that is one object: the only list of rows in it; columns by name, as lists or as objects by row
 * name; names of columns beside the list of rows; or the object itself as the only row.
 */
export function documentRows(document: Readonly<Record<string, unknown>>): readonly JsonRow[] {
  const { columns, data } = document
  if (isTexts(columns) && isRows(data) && data.every(Array.isArray)) return [columns, ...data]
  const lists = Object.values(document).filter(isRows)
  if (lists.length === 1 && lists[0] !== undefined) return lists[0]
  return columnRows(document) ?? [document]
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function isRows(value: unknown): value is readonly JsonRow[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRow)
}

function columnRows(document: Readonly<Record<string, unknown>>): JsonRow[] | undefined {
  const columns = Object.entries(document)
  const names = new Set<string>()
  if (columns.length === 0) return undefined
  const areLists = columns.every(([, cells]) => Array.isArray(cells))
  for (const [, cells] of columns) {
    if (!isRow(cells) || Array.isArray(cells) !== areLists) return undefined
    if (!areLists && Object.values(cells).some(isRow)) return undefined
    for (const name of Object.keys(cells)) names.add(name)
  }
  return [...names].map((name) => Object.fromEntries(columns.map(([column, cells]) => [column, cellOf(cells, name)])))
}

function cellOf(cells: unknown, name: string): unknown {
  return isRow(cells) && Object.hasOwn(cells, name) ? Reflect.get(cells, name) : null
}
