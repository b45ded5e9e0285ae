import { fact, type Finding, type Look } from '#findings/finding'

/** Columns that the run's request in plain words wants left out. */
export function checkAskedFor(look: Look): Finding[] {
  return look.table.columns
    .filter((column) => look.wishes.exclude.includes(column.id) && column.id !== look.target)
    .map((column): Finding => {
      const text = `The request asks not to use "${column.name}".`
      return {
        id: `asked:${column.id}`,
        title: `Leave out ${column.name}, as asked`,
        summary: `${text} The model does without, the table keeps it.`,
        recommended: true,
        share: 1,
        evidence: [fact('request', text, null)],
        risks: ['Other columns may still tell much of what it says.'],
        effect: { stage: 'leave_out', steps: [], left_out: [{ column: column.id, name: column.name, reason: 'asked', text }] },
        issues: [],
      }
    })
}
