import type { LeftOut } from '#core/outcomes'
import type { Block, Cell } from './blocks.ts'
import type { Material } from './material.ts'

const reasons: Readonly<Record<string, string>> = {
  identifier: 'Identifier',
  constant: 'Constant',
  free_text: 'Free text',
  proxy: 'Says the label',
  asked: 'As asked',
  duplicate_column: 'Repeats a column',
  empty: 'Empty',
  unsupported: 'Not supported',
  chosen: 'Chosen',
  noise: 'Noise',
  reconstruction: 'Rebuilds the label',
}

/** Reasons that mean that a column gives the label away. */
const leakReasons: readonly string[] = ['proxy', 'reconstruction']

/** Columns that the model may not see, with what shows it; leaks first. */
export function leftOutSection(material: Material): Block[] {
  const all = leftOutOf(material)
  if (all.length === 0) return [{ kind: 'paragraph', text: 'No column was left out.' }]
  const leaks = all.filter(({ reason }) => leakReasons.includes(reason))
  const others = all.filter(({ reason }) => !leakReasons.includes(reason))
  const blocks: Block[] = []
  if (leaks.length > 0) blocks.push(table('Leaks: columns that give the label away', leaks))
  if (others.length > 0) blocks.push(table(leaks.length > 0 ? 'Other columns' : '', others))
  return blocks
}

/** Every column that was left out, of the last outcome that says so of it. */
export function leftOutOf({ prepared, labelled, featured }: Material): LeftOut[] {
  const byColumn = new Map<string, LeftOut>()
  for (const one of [...(prepared?.left_out ?? []), ...labelled.left_out, ...(featured?.left_out ?? [])]) byColumn.set(one.column, one)
  const used = new Set((featured ?? labelled).features.map(({ id }) => id))
  return [...byColumn.values()].filter(({ column }) => !used.has(column))
}

function table(title: string, leftOut: readonly LeftOut[]): Block {
  return {
    kind: 'table',
    title,
    columns: ['Column', 'Why', 'What shows it'].map((heading) => ({ title: heading, align: 'left' as const })),
    rows: leftOut.map(({ name, reason, text }): Cell[] => [{ code: name }, reasons[reason] ?? reason, text]),
  }
}
