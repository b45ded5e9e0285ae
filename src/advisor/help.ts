import { said, type Intent } from './intent.ts'

/** What can be asked; made over the other intents, whose examples it shows. */
export function helpOver(others: readonly Intent[]): Intent {
  return {
    name: 'help',
    example: 'What can I ask?',
    cues: [
      [3, 'help'],
      [3, 'can you'],
      [3, 'can ask'],
      [2, 'hello'],
      [2, 'hi'],
      [2, 'hey'],
      [2, 'who are you'],
    ],
    answer: async () => said([
      'I answer from the facts of this run and cite what I used; I change nothing, and no language model is asked. For example:',
      ...others.map(({ example }) => example),
      'Begin with "note:" to leave context; it is kept and shown on the cards that follow.',
    ].join('\n')),
  }
}
