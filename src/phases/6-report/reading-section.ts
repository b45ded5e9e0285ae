import type { Block, Cell, Fact } from './blocks.ts'
import { countText, figure } from './figure.ts'
import type { Material } from './material.ts'

const asideTexts: Readonly<Record<string, string>> = {
  too_many_fields: 'More fields than the header',
  repeated_header: 'The header again',
  total_row: 'A row of totals',
  junk_row: 'No row of the table',
}

/** How the file became a table: what reading found out, mended and set aside. */
export function readingSection({ run, facts }: Material): Block[] {
  const { read } = run
  if (read === null) return [{ kind: 'missing', text: 'Not provided: the dataset of this run is gone, and with it the record of how its file was read.' }]
  const told: Fact[] = [
    { label: 'Format', value: read.format },
    { label: 'Encoding', value: read.encoding },
    { label: 'Delimiter', value: read.delimiter === null ? null : { code: JSON.stringify(read.delimiter) } },
    { label: 'Record of the header', value: read.header_row === null ? 'none' : figure(read.header_row) },
    { label: 'Bytes', value: figure(read.bytes) },
    { label: 'Rows skipped before the header', value: figure(read.skipped_rows) },
    { label: 'Rows that are no rows of the table', value: figure(read.rejected_rows) },
    { label: 'Rows of the table', value: figure(facts.table.rows) },
  ]
  return [{ kind: 'facts', facts: told }, ...repairTable(read.repairs), ...asideBlocks(read.set_aside)]
}

type Read = NonNullable<Material['run']['read']>

function repairTable(repairs: Read['repairs']): Block[] {
  if (repairs.length === 0) return [{ kind: 'paragraph', text: 'Nothing had to be mended.' }]
  const columns = [{ title: 'What was mended', align: 'left' as const }, { title: 'Code', align: 'left' as const }, { title: 'How often', align: 'right' as const }]
  return [{ kind: 'table', title: 'What was mended while reading', columns, rows: repairs.map(({ detail, code, count }): Cell[] => [detail, { code }, figure(count)]) }]
}

function asideBlocks(aside: Read['set_aside']): Block[] {
  if (aside === null || aside.rows === 0) return [{ kind: 'paragraph', text: 'No row was set aside.' }]
  const rows = Object.entries(aside.reasons).map(([reason, count]): Cell[] => [asideTexts[reason] ?? reason, figure(count ?? 0)])
  return [
    {
      kind: 'table',
      title: 'Rows that were set aside',
      columns: [{ title: 'Why', align: 'left' }, { title: 'Rows', align: 'right' }],
      rows,
      note: `${countText(aside.rows, 'row')} kept as they stood in the file, under the SHA-256 ${aside.hash}; no fit saw them.`,
    },
  ]
}
