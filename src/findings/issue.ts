import { z } from 'zod'
import type { ColumnType } from '#core/dataset'
import { stepSpecSchema } from '#core/pipeline-spec'

/** `error`: results built on the table as it is are wrong; `warn`: values mislead a model; `info`: worth knowing. */
export const severities = ['error', 'warn', 'info'] as const
export type Severity = (typeof severities)[number]

/** The kinds of issue that are looked for, in the order in which they are told. */
export const issueCodes = [
  'padded_column_names', 'placeholder_tokens', 'maybe_category_tokens', 'numeric_as_text', 'sentinel_code', 'top_code', 'bottom_code', 'impossible_zeros', 'impossible_negatives',
  'structural_missing', 'co_missing', 'mostly_missing', 'whitespace_padding', 'case_variants', 'date_as_text', 'impossible_year', 'year_order_violation', 'ordinal_scale', 'free_text', 'sparse_marker',
  'identifier', 'weight_column', 'constant_column', 'empty_column', 'duplicate_rows', 'target_point_mass', 'target_proxy', 'target_reconstruction', 'target_shift', 'time_order', 'duplicate_keys', 'redundant', 'joint_level',
] as const
export type IssueCode = (typeof issueCodes)[number]

export const exampleSchema = z.strictObject({
  /** The zero-based row of the table; null where the example is not of one row. */
  row: z.int().nullable(),
  column: z.string(),
  before: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  /** What the step makes of it; absent where no step mends it. */
  after: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
})
export type IssueExample = z.infer<typeof exampleSchema>

/** Something that is wrong with a table or worth knowing of it, as it goes out. */
export const issueSchema = z.strictObject({
  code: z.enum(issueCodes),
  /** The column it is about, by its name; the empty text where it is about whole rows. */
  column: z.string(),
  /** All columns that take part, the subject first. */
  columns: z.array(z.string()),
  severity: z.enum(severities),
  /** Rows that it is about. */
  count: z.int().min(0),
  detail: z.string(),
  /** The step that mends it, where one does. */
  step: stepSpecSchema.omit({ id: true }).optional(),
  /** Whether the step loses nothing: it may be taken without looking. False where there is no step. */
  safe: z.boolean(),
  examples: z.array(exampleSchema),
})
export type Issue = z.infer<typeof issueSchema>

/** What a column holds, as it is after its safe steps. */
export const columnKinds = ['numeric', 'categorical', 'boolean', 'datetime', 'text', 'identifier', 'constant'] as const
export type ColumnKind = (typeof columnKinds)[number]

export function storedKind(type: ColumnType): ColumnKind {
  if (type === 'number' || type === 'integer') return 'numeric'
  if (type === 'date' || type === 'timestamp') return 'datetime'
  return type === 'boolean' ? 'boolean' : 'categorical'
}
