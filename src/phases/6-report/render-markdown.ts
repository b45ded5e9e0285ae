import type { Block, Cell, DecidedOption, DecisionBlock, Fact, Report, TableBlock, Tile } from './blocks.ts'
import type { Chart } from './charts.ts'
import { chartTable } from './chart-table.ts'
import { timeText } from './figure.ts'
import { visibleText } from './markup.ts'

/** The report as Markdown (GitHub's): charts as tables of their numbers. */
export function renderMarkdown(report: Report): string {
  const { title, summary, description, audience, run, label, results, sections } = report
  const head = [
    `# ${inline(title)}`,
    ...[summary, description].filter((text) => text !== '').map(inline),
    [`- Run: ${inline(run.name)} (\`${run.run_id}\`)`, `- Predicts: ${code(label)}`, `- Written for: ${inline(audience)}`, `- Started: ${timeText(run.started_at)}`, `- Model: \`${results.model_hash}\``].join('\n'),
  ]
  const body = sections.flatMap((section) => [`## ${inline(section.title)}`, ...section.blocks.flatMap(markdownBlock)])
  return `${[...head, ...body].join('\n\n')}\n`
}

function markdownBlock(block: Block): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [inline(block.text)]
    case 'missing':
      return [`_${inline(block.text)}_`]
    case 'heading':
      return [`### ${inline(block.text)}`]
    case 'playground':
      return []
    case 'list':
      return [block.items.map((item) => `- ${inline(item)}`).join('\n')]
    case 'facts':
      return [factList(block.facts)]
    case 'tiles':
      return [block.tiles.map(tileLine).join('\n')]
    case 'table':
      return markdownTable(block)
    case 'matrix': {
      const rows = block.classes.map((name, i): Cell[] => [{ code: name }, ...(block.counts[i] ?? [])])
      const columns = [{ title: 'is / called', align: 'left' as const }, ...block.classes.map((name) => ({ title: name, align: 'right' as const }))]
      return markdownTable({ kind: 'table', title: block.title, columns, rows, note: block.note })
    }
    case 'charts':
      return [...block.charts.flatMap(markdownChart), ...(block.note === '' ? [] : [inline(block.note)])]
    case 'decision':
      return markdownDecision(block)
  }
}

function markdownChart(chart: Chart): string[] {
  return markdownTable(chartTable(chart))
}

function markdownTable({ title, columns, rows, note }: TableBlock): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const table = [
    line(columns.map((column) => inline(column.title))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : ':---'))),
    ...rows.map((row) => line(row.map(cellText))),
  ]
  return [...(title === '' ? [] : [`**${inline(title)}**`]), table.join('\n'), ...(note === undefined ? [] : [inline(note)])]
}

function cellText(cell: Cell): string {
  if (cell === null) return '–'
  if (typeof cell === 'string') return inline(cell)
  if ('code' in cell) return code(cell.code)
  if ('interval' in cell) return `${cell.figure.text} (${cell.interval[0].text} to ${cell.interval[1].text})`
  return 'share' in cell ? cell.figure.text : cell.text
}

function factList(facts: readonly Fact[]): string {
  return facts.map(({ label, value }) => `- ${inline(label)}: ${cellText(value)}`).join('\n')
}

function tileLine({ label, figure, interval }: Tile): string {
  return `- ${inline(label)}: **${figure.text}**${interval === null ? '' : ` (95 %: ${interval[0].text} to ${interval[1].text})`}`
}

function markdownDecision({ phase, subject, verdict, facts, options }: DecisionBlock): string[] {
  return [`### ${inline(subject)}`, `${code(phase)}: ${verdict}`, factList(facts), ...(options.length === 0 ? ['No options were offered.'] : [options.map(optionText).join('\n')])]
}

function optionText({ title, summary, recommended, chosen, evidence, risks }: DecidedOption): string {
  const marks = [...(chosen ? ['chosen'] : []), ...(recommended ? ['recommended'] : [])]
  const head = `- **${inline(title)}**${marks.length === 0 ? '' : ` (${marks.join(', ')})`}: ${inline(summary)}`
  return [head, ...evidence.map(({ text }) => `  - ${inline(text)}`), ...risks.map((risk) => `  - Risk: ${inline(risk)}`)].join('\n')
}

/** A text on one line in which nothing is read as Markdown or HTML. */
function inline(text: string): string {
  return visibleText(text)
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>|~#!&]/gu, (character) => `\\${character}`)
}

/** A text as code; a pipe would end its cell, so it is written as an entity outside of the code. */
function code(text: string): string {
  const plain = visibleText(text).replaceAll(/\s+/gu, ' ')
  return plain.includes('`') || plain.includes('|') || plain.trim() === '' ? inline(plain === '' ? '(empty)' : plain) : `\`${plain}\``
}
