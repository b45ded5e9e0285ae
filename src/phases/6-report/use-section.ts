import type { Block } from './blocks.ts'
import type { Statements } from './schema.ts'
import { statementKinds, statementNames } from './statements.ts'

/** What people said of the use of the model; of the rest, who could say it. Nothing is written in their place. */
export function useSection(statements: Statements): Block[] {
  const given = statementNames.filter((name) => (statements[name] ?? '') !== '')
  const absent = statementNames.filter((name) => (statements[name] ?? '') === '')
  const said: Block[] = given.length === 0 ? [] : [{ kind: 'facts', facts: given.map((name) => ({ label: statementKinds[name].title, value: statements[name] ?? '' })) }]
  if (absent.length === 0) return said
  return [
    ...said,
    { kind: 'missing', text: `Not provided: ${absent.length} of ${statementNames.length} statements that only people can make. The run knows nothing of them, so that nothing is said in their place.` },
    {
      kind: 'table',
      title: 'Statements that are missing',
      columns: ['Statement', 'To be provided by', 'What it would say', 'Field'].map((title) => ({ title, align: 'left' as const })),
      rows: absent.map((name) => [statementKinds[name].title, statementKinds[name].by, statementKinds[name].asks, { code: `statements.${name}` }]),
      note: 'In report_config of the answer to report_creation, or in POST /v1/reports/wizard.',
    },
  ]
}
