import type { ColumnProfile } from '#core/dataset'
import type { Block, Cell, PlaygroundField } from './blocks.ts'
import { shortText } from './figure.ts'
import type { Material } from './material.ts'

/** More values than this are not offered in a list; they can be typed. */
const mostLevels = 40

/** The inputs of the scorer with ranges and usual values, from which a page makes its form. */
export function playgroundSection(material: Material): Block[] {
  const fields = fieldsOf(material)
  const { program } = material
  if (fields.length === 0) return [{ kind: 'missing', text: 'Not provided: the model reads no column, so that there is nothing to try.' }]
  const rows = fields.map(({ name, type, usual, low, high, levels }): Cell[] => [
    { code: name },
    type,
    low === null || high === null ? (levels.length === 0 ? null : `${levels.slice(0, 5).join(', ')}${levels.length > 5 ? ', …' : ''}`) : `${shortText(low)} to ${shortText(high)}`,
    usual === null ? 'missing' : { code: String(usual) },
  ])
  return [
    'why' in program ? { kind: 'missing', text: `Not provided: the model cannot be run inside of this file. ${program.why}` } : { kind: 'playground', fields },
    {
      kind: 'table',
      title: 'What the model reads',
      columns: ['Column', 'Type', 'Range or values', 'Usual value'].map((title) => ({ title, align: 'left' as const })),
      rows,
      note: 'Ranges are those of the whole table, sealed rows included; usual is the median, or the most frequent value.',
    },
  ]
}

/** The inputs that move the score most come first. */
function fieldsOf({ scorer, profile, shapes }: Material): PlaygroundField[] {
  const { columns, reads } = scorer.pipeline
  const weight = (name: string): number => shapes.reduce((sum, one) => (one.kind === 'pair' ? one.features.includes(name) : one.feature === name) ? sum + one.importance : sum, 0)
  return columns
    .toSorted((a, b) => weight(b.name) - weight(a.name))
    .filter(({ name }) => reads.includes(name))
    .map(({ name, type }) => {
      const measured = profile.columns.find((column) => column.name === name)
      const shape = shapes.find((one) => one.kind === 'category' && one.feature === name)
      const known = shape?.kind === 'category' ? shape.points.flatMap(({ levels }) => levels) : null
      return { name, type, ...rangeOf(type, measured), levels: levelsOf(type, measured), known: known !== null && known.length <= 500 ? known : null }
    })
}

function rangeOf(type: string, profile: ColumnProfile | undefined): Pick<PlaygroundField, 'usual' | 'low' | 'high'> {
  const top = profile?.top[0]?.value ?? null
  const numeric = profile?.numeric ?? null
  if (numeric === null || (type !== 'number' && type !== 'integer')) return { usual: type === 'boolean' && top !== null ? top === 'true' : top, low: null, high: null }
  const median = numeric.quantiles[3] ?? numeric.mean
  return { usual: type === 'integer' ? Math.round(median) : median, low: numeric.min, high: numeric.max }
}

function levelsOf(type: string, profile: ColumnProfile | undefined): string[] {
  return type === 'text' ? (profile?.top ?? []).slice(0, mostLevels).map(({ value }) => value) : []
}
