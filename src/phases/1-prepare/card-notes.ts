import type { Profile } from '#core/dataset'
import type { Finding, Look } from '#findings/finding'
import type { Issue, IssueCode } from '#findings/issue'

/** What is not looked at; the card says so. */
export const limits = [
  'The figures of this card are measured on all rows, the rows to be sealed later among them.',
  'Numbers apart from all others are looked for at the two ends of a column, and only where they repeat; a single far value is left for the curves to show.',
  'What a column may hold is judged by its values and by plain English words in its name: a wrong value within the range of the others is not seen.',
  'Spellings of one value that differ in more than case and blanks are not merged; of a column with more than 1,000 different texts none are.',
  'Ordered scales are recognised by English words, by numbers, and by letters whose order a column of numbers follows.',
  'Steps that learn from the rows, such as filling a gap, are not offered here: missing values are described, and left for the model to treat as their own value. A pipeline of your own may hold such steps; they wait until the test rows are sealed, and learn from the training rows alone.',
]

const silences: readonly (readonly [codes: readonly IssueCode[], text: string])[] = [
  [['placeholder_tokens', 'maybe_category_tokens'], 'No placeholder such as "?", "NA" or blank text stands for a missing value.'],
  [['numeric_as_text'], 'No text column holds numbers.'],
  [['date_as_text'], 'No text column holds dates.'],
  [['sentinel_code', 'top_code', 'bottom_code'], 'No number that repeats stands apart at an end of its column.'],
  [['impossible_zeros', 'impossible_negatives', 'impossible_year'], 'No zero, negative number or year is impossible in its column.'],
  [['year_order_violation'], 'No year or date breaks an order that the others keep.'],
  [['structural_missing', 'co_missing'], 'No gap follows another column, and no columns go missing together.'],
  [['whitespace_padding'], 'No text has blanks around it.'],
  [['case_variants'], 'No value is spelt in several ways that differ in case.'],
  [['ordinal_scale'], 'No text column is an ordered scale.'],
  [['sparse_marker'], 'No column is a marker that is set only where another has one value.'],
  [['padded_column_names'], 'All column names are clean.'],
  [['identifier', 'free_text'], 'No column is an identifier or free text.'],
  [['constant_column'], 'No column is constant.'],
  [['empty_column'], 'No column is empty.'],
]

/** What was looked for and not found, so that silence is not taken for a gap. */
export function silentNotes(look: Look, findings: readonly Finding[], told: readonly Issue[]): string[] {
  const codes = new Set([...findings.flatMap(({ issues }) => issues), ...told].map(({ code }) => code))
  const missing = look.profile.columns.filter((column) => column.missing > 0)
  const said = missing.length === 0 ? 'No cell is empty.' : `Cells are empty in ${missing.length} of ${look.profile.columns.length} columns, most in "${worst(missing)}".`
  return [said, ...silences.filter(([some]) => !some.some((code) => codes.has(code))).map(([, text]) => text)]
}

function worst(columns: Profile['columns']): string {
  return [...columns].sort((a, b) => b.missing - a.missing)[0]?.name ?? ''
}
