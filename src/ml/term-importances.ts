import { featuresOfTerm, type Model, nameOfTerm } from './model.ts'

/** How much one additive part of a model moves the score. */
export interface TermImportance {
  /** Name of the part: the feature, or both features of a pair. */
  readonly name: string
  readonly features: readonly string[]
  /** Mean absolute contribution over the training rows (over the outputs too). */
  readonly importance: number
  /** 95 % interval over the bags; absent where the model has none. */
  readonly interval?: readonly [number, number]
}

/** Importance of each term, or of each feature of trees, the largest first; a pair is a part of its own. */
export function termImportances(model: Model): TermImportance[] {
  const terms = model.terms.map((term): TermImportance => {
    const { importance, importanceInterval: interval } = term
    return { name: nameOfTerm(term), features: featuresOfTerm(term), importance, ...(interval ? { interval } : {}) }
  })
  const { features = [], importance = [] } = model.forest ?? {}
  const trees = features.map(({ feature }, i): TermImportance => ({ name: feature, features: [feature], importance: importance[i] ?? 0 }))
  return [...terms, ...trees].sort((a, b) => b.importance - a.importance || (a.name < b.name ? -1 : 1))
}
