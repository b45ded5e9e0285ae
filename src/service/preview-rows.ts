import type { Table } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import { sql } from '#core/sql'
import type { ServiceInput } from './ports.ts'
import type { PreviewRows } from './preview-steps.ts'

/** Parameters of the catalogue by which a row is worked out from the rows around it. */
const orderParams: ReadonlySet<string> = new Set(['order_by', 'time_column', 'group_by', 'window', 'windows', 'lags', 'periods'])

/** All rows, or of a large table as many as asked for: in one piece where a step looks at neighbours, else spread over it. */
export function previewRows({ data }: Pick<ServiceInput, 'data'>, table: Table, { steps, most }: { steps: readonly StepSpec[]; most: number }): PreviewRows {
  const inOrder = steps.some(({ params }) => Object.keys(params).some((key) => orderParams.has(key)))
  const stride = inOrder ? 1 : Math.max(1, Math.ceil(table.rows / most))
  const count = Math.min(most, Math.ceil(table.rows / stride))
  const picked = sql`(select * from t where mod(row_id, ${stride}) = 0 order by row_id limit ${most}) s`
  return { data, tables: { t: table.hash }, signal: new AbortController().signal, table: table.rows <= most ? sql`t` : picked, count, total: table.rows, side: 'rows of the preview' }
}
