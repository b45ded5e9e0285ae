import { stripText } from '#steps/compact-text'
import { missingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { counted, percent, profiledColumns, type Look, type Profiled, type TextLevels } from './finding.ts'
import type { Level } from './read-levels.ts'
import { stepIsOffered, type Told } from './told.ts'

const fewestTexts = 50
const fewestUnique = 0.2
const fewestWords = 4
const neededShare = 0.99

/** Text columns that hold sentences or dates rather than levels. */
export function checkTextKinds(look: Look, numeric: ReadonlySet<string>): Told[] {
  return profiledColumns(look).flatMap((one) => {
    const known = look.levels.get(one.column.id)
    if (known === undefined || known.levels.length === 0 || numeric.has(one.column.id)) return []
    const levels = known.levels.filter(({ value }) => !missingTokens.includes(tokenKey(value)))
    return dateText(look, one, levels) ?? freeText(look, one, { ...known, levels }) ?? []
  })
}

function freeText(look: Look, { column, facts }: Profiled, { levels }: TextLevels): Told | null {
  const valued = look.table.rows - facts.missing
  if (facts.distinct < fewestTexts || facts.distinct < valued * fewestUnique || column.id === look.target) return null
  const words = medianWords(levels)
  if (words < fewestWords) return null
  const step = { type: 'TextFeaturesTransformer', columns: [column.name], params: {}, description: `Counts of words and characters of ${column.name}` }
  return {
    issue: {
      code: 'free_text', column: column.name, columns: [column.name], severity: 'info', count: valued, ...(stepIsOffered(step, look.table.columns) ? { step } : {}), safe: false,
      detail: `"${column.name}" is free text: ${facts.distinct.toLocaleString('en-US')} of its ${counted(valued, 'value')} are different, and half of them have ${words} words or more. As levels they say nothing about the next row; counts made of them may.`,
      examples: levels.slice(0, 3).map((level) => ({ row: level.first, column: column.name, before: level.value.slice(0, 200) })),
    },
    column, title: `Count the words of ${column.name}`, stage: 'parse', recommended: false, share: valued / look.table.rows,
    risks: ['The text itself is no longer there for later steps.'],
  }
}

function medianWords(levels: readonly Level[]): number {
  const rows = levels.reduce((sum, level) => sum + level.rows, 0)
  const sorted = levels.map((level) => ({ words: stripText(level.value).split(/\s+/u).length, rows: level.rows })).sort((a, b) => a.words - b.words)
  let seen = 0
  for (const one of sorted) {
    seen += one.rows
    if (seen >= rows / 2) return one.words
  }
  return 0
}

interface DateForm {
  readonly pattern: RegExp
  readonly called: string
  /** What stands first and second, where that has to be told from the values. */
  readonly ambiguous: boolean
}

const clock = '(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?(?: ?[ap]\\.?m\\.?)?(?:Z| ?[+-]\\d{2}:?\\d{2})?)?'
const forms: readonly DateForm[] = [
  { pattern: new RegExp(`^\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}${clock}$`, 'iu'), called: 'dates that begin with the year', ambiguous: false },
  { pattern: new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](?:\\d{2}|\\d{4})${clock}$`, 'iu'), called: 'dates of day, month and year', ambiguous: true },
  { pattern: new RegExp(`^(?:\\d{1,2}[- ]?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?[- ]?(?:\\d{1,2},? )?(?:\\d{4}|\\d{2})${clock}$`, 'iu'), called: 'dates with the month as a word', ambiguous: false },
  { pattern: /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?$/iu, called: 'times of day', ambiguous: false },
]

/** Whether nearly all values have one of the forms of a date or a time of day. */
export function areDates(levels: readonly Level[]): boolean {
  const rows = levels.reduce((sum, level) => sum + level.rows, 0)
  return rows > 0 && forms.some(({ pattern }) => levels.reduce((sum, { value, rows: own }) => sum + (pattern.test(stripText(value)) ? own : 0), 0) >= rows * neededShare)
}

function dateText(look: Look, { column }: Profiled, levels: readonly Level[]): Told | null {
  const rows = levels.reduce((sum, level) => sum + level.rows, 0)
  for (const form of forms) {
    const read = levels.filter(({ value }) => form.pattern.test(stripText(value)))
    const fits = read.reduce((sum, level) => sum + level.rows, 0)
    if (rows === 0 || fits < rows * neededShare || read.length < 2) continue
    const order = form.ambiguous ? orderOf(read, form.pattern) : 'clear'
    const safe = order !== 'unclear' && order !== 'day first' && form.called !== 'times of day'
    const step = { type: 'TypeCastTransformer', columns: [column.name], params: { dtypes: { [column.name]: 'datetime64[ns]' } }, description: `Read ${column.name} as dates` }
    const offered = safe && fits === rows && stepIsOffered(step, look.table.columns)
    const unclear = order === 'unclear' ? ' No value tells whether the day or the month comes first: ask where the table comes from.' : form.ambiguous ? ` The ${order === 'day first' ? 'day' : 'month'} comes first, as values above 12 show.` : ''
    return {
      issue: {
        code: 'date_as_text', column: column.name, columns: [column.name], severity: 'warn', count: fits, ...(offered ? { step } : {}), safe: offered,
        detail: `"${column.name}" holds ${form.called} as text (${percent(fits / rows)} of its values, for example ${JSON.stringify(read[0]?.value ?? '')}).${unclear} As text, each is a level of its own, and nothing of their order is learnt.`,
        examples: read.slice(0, 3).map((level) => ({ row: level.first, column: column.name, before: level.value })),
      },
      column, title: `Read ${column.name} as dates`, stage: 'parse', recommended: offered, share: fits / look.table.rows, risks: [],
    }
  }
  return null
}

function orderOf(levels: readonly Level[], pattern: RegExp): 'day first' | 'month first' | 'unclear' {
  const parts = levels.map(({ value }) => pattern.exec(stripText(value)))
  const [first, second] = [1, 2].map((place) => parts.some((part) => Number(part?.[place] ?? 0) > 12))
  if (first === second) return 'unclear'
  return first === true ? 'day first' : 'month first'
}
