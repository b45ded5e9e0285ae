import { said, type Intent, type Said } from './intent.ts'

/** Says that it is not known, and what is. */
export function unknownQuestion(intents: readonly Intent[]): Said {
  return said(['I cannot tell that from the facts of this run. What can be asked:', ...intents.map(({ example }) => example)].join('\n'))
}
