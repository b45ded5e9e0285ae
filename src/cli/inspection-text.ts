import type { ReadReport } from '#core/dataset'
import type { InspectedTable } from '#main-files'
import { printable, textTable } from './text-table.ts'

type Inspection = InspectedTable['inspection']

/** What was found in a file, for people: how it was read, its columns, and what is wrong with them. */
export function inspectionText(inspection: Inspection, report: ReadReport): string {
  const { rows, columns, issues } = inspection
  const parts = [
    `${count(rows, 'row')}, ${count(columns.length, 'column')}; read as ${readingText(report)}.\n`,
    report.repairs.map(({ code, count: times, detail }) => printable(`  ${code} (${times}): ${detail}`)).join('\n'),
    textTable(['column', 'type', 'missing', 'distinct'], columns.map(({ name, type, missing, distinct }) => [name, type, missing, distinct])),
    issues.length === 0 ? 'No issue was found.\n' : issues.map(issueText).join('\n'),
  ]
  return parts.filter((part) => part !== '').map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('\n')
}

function readingText({ format, encoding, delimiter, header_row, options, set_aside }: ReadReport): string {
  const header = header_row === null ? [] : [`header in row ${header_row}`]
  const mark = delimiter === null ? [] : [`delimiter ${JSON.stringify(delimiter)}`]
  const aside = set_aside === null ? [] : [`${count(set_aside.rows, 'row')} set aside`]
  return [format, encoding, ...mark, ...header, ...aside, `options ${JSON.stringify(options)}`].join(', ')
}

function issueText({ code, column, severity, detail, step }: Inspection['issues'][number]): string {
  const about = column === '' ? code : `${code} in ${column}`
  return printable(`${severity}: ${about}: ${detail}${step === undefined ? '' : ` Step: ${step.type} ${JSON.stringify(step.params)}.`}`)
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`
}
