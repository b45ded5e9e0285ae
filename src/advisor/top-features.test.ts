import { describe, expect, test } from 'vitest'
import type { RunKnowledge, TermImportance } from '#core/advisor-ports'
import { column } from './column.ts'
import type { Intent } from './intent.ts'
import { readQuestion } from './read-question.ts'
import { topFeatures } from './top-features.ts'

const importances: TermImportance[] = [
  { name: 'age', features: ['age'], importance: 3 },
  { name: 'age × city', features: ['age', 'city'], importance: 1 },
]
const columns = ['age', 'city'].map((name, i) => ({ id: `c${i}`, name, type: 'text' as const }))

/** What is known of a run whose model has these parts, and nothing else. */
function knowing(parts: readonly TermImportance[]): RunKnowledge {
  const known = {
    run: { status: 'running', phases: [], published: [], decisions: [] },
    trained: async () => ({ trainer_title: 'Glass box' }),
    importances: async () => parts,
    ways: async () => [],
    labelled: async () => null,
    prepared: async () => null,
    proposal: async () => null,
  }
  return known as unknown as RunKnowledge
}

async function answered(intent: Intent, text: string, parts: readonly TermImportance[]): Promise<string> {
  return (await intent.answer(readQuestion(text, { columns, label: null }), knowing(parts))).content
}

describe('a term of two features', () => {
  test('is listed with both names, and said to be what both add together', async () => {
    const content = await answered(topFeatures, 'Which features matter most?', importances)
    expect(content).toContain('The terms of Glass box by importance:\n1. "age": 3 (75 % of all)\n2. "age" with "city": 1 (25 % of all)')
    expect(content).toContain('A term of two features is what both add together.')
    expect(await answered(topFeatures, 'Which features matter most?', importances.slice(0, 1))).not.toContain('two features')
  })

  test('is told when either of its features is asked for', async () => {
    const content = await answered(topFeatures, 'How important is city?', importances)
    expect(content).toContain('2. "age" with "city": 1 (25 % of all), of 2 terms.')
    expect(content).not.toContain('1. "age"')
  })

  test('counts as a use of a column, also of one that has no term of its own', async () => {
    expect(await answered(column, 'What about city?', importances)).toContain('The model uses it together with "age".')
    expect(await answered(column, 'What about age?', importances)).toContain('by importance it is number 1 of 2. The model also uses it together with "city".')
  })
})
