import { queryTokens, type QueryToken } from './query-tokens.ts'

/** What a request in plain words asks for, by column id. */
export interface QueryWishes {
  readonly target: string | null
  readonly exclude: readonly string[]
  /** What was read in it and could not be followed, in sentences. */
  readonly notes: readonly string[]
}

const fillers = new Set([
  'the', 'a', 'an', 'any', 'all', 'my', 'our', 'their', 'its', 'column', 'columns', 'field', 'fields', 'variable', 'variables', 'feature', 'features', 'attribute',
  'attributes', 'called', 'named', 'using', 'information', 'about', 'on', 'for', 'of', 'both', 'either',
])
const joiners = new Set([',', 'and', 'or', 'nor', '&', '/', '+'])
const ends = new Set(['.', ';', '\n', '!', '?', 'but', '(', ')'])
/** Words after which a sentence no longer names what is predicted. */
const stops = new Set([
  ...ends, ',', 'using', 'from', 'with', 'without', 'based', 'given', 'by', 'per', 'for', 'of', 'on', 'in', 'ignoring', 'excluding', 'except', 'not', "don't", 'dont', 'never', 'ignore', 'exclude', 'drop', 'omit', 'leave', 'because', 'when',
])
const targetVerbs = new Set([
  'predict', 'predicts', 'predicting', 'forecast', 'forecasts', 'forecasting', 'estimate', 'estimating', 'classify', 'classifying', 'explain', 'explains', 'drives', 'drive', 'affects', 'influences', 'determines',
])
const targetNouns = new Set(['target', 'label', 'outcome', 'response'])
const aims = new Set(['prediction', 'predictions', 'forecast', 'forecasts', 'forecasting', 'classifier', 'classification', 'regression', 'model', 'predictor'])
const negations = new Set(["don't", 'dont', "doesn't", 'never', 'not', "shouldn't", "mustn't", "can't", 'cannot', "isn't", "aren't", "needn't"])
const uses = new Set(['use', 'using', 'used', 'include', 'including', 'included', 'consider', 'considering', 'considered', 'take', 'trust'])
const usedWords = new Set(['used', 'included', 'considered'])
const excluders = new Set([
  'without', 'ignore', 'ignoring', 'exclude', 'excluding', 'drop', 'dropping', 'omit', 'omitting', 'remove', 'removing', 'except', 'skip', 'skipping', 'avoid', 'avoiding', 'discard',
])
const excluded = new Set(['excluded', 'ignored', 'dropped', 'omitted', 'removed', 'skipped', 'avoided', 'discarded'])
/** Column names that are also words of this grammar count as columns only right behind a cue, or in quotes. */
const grammar = new Set([...fillers, ...joiners, ...stops, ...targetVerbs, ...targetNouns, ...aims, ...negations, ...uses, ...excluders, ...excluded, 'be', 'is', 'as', 'which', 'who', 'whether', 'if', 'out', 'class', 'value', 'no', 'to', 'i', 'it', 'we', 'that', 'what', 'will', 'are'])

/** Reads target and exclusions out of a request in plain English; what is not plain gives nothing, and a note. */
export function readQueryWishes(query: string | null, columns: ReadonlyArray<{ readonly id: string; readonly name: string }>): QueryWishes {
  if (query === null || query.trim() === '') return { target: null, exclude: [], notes: [] }
  const reader = new WishReader(queryTokens(query, columns))
  const names = new Map(columns.map((column) => [column.id, column.name]))
  return reader.read(names)
}

class WishReader {
  private readonly tokens: readonly QueryToken[]
  private readonly exclude = new Set<string>()
  private readonly targets = new Set<string>()
  private readonly used = new Set<number>()
  private readonly notes: string[] = []

  constructor(tokens: readonly QueryToken[]) {
    this.tokens = tokens
  }

  read(names: ReadonlyMap<string, string>): QueryWishes {
    this.readExclusionsBehind()
    this.readExclusionsAhead()
    this.readTargets()
    const nameOf = (id: string): string => `"${names.get(id) ?? id}"`
    const both = [...this.targets].filter((id) => this.exclude.has(id))
    if (both.length > 0) this.notes.push(`The request both predicts and leaves out ${both.map(nameOf).join(', ')}; neither was followed.`)
    if (this.targets.size > 1) this.notes.push(`The request may name more than one target (${[...this.targets].map(nameOf).join(', ')}); none was taken from it.`)
    const [target] = this.targets
    const plain = this.targets.size === 1 && both.length === 0 ? (target ?? null) : null
    return { target: plain, exclude: [...this.exclude].filter((id) => !this.targets.has(id)), notes: this.notes }
  }

  private word(i: number): string {
    return this.tokens[i]?.word ?? '.'
  }

  /** The column at a place, in running text. */
  private mention(i: number): string | null {
    const token = this.tokens[i]
    if (token === undefined || token.column === null || this.used.has(i)) return null
    return token.quoted || !grammar.has(token.word) ? token.column : null
  }

  /** The column right behind a cue, where also a word of the grammar may be a name. */
  private named(i: number): string | null {
    return this.used.has(i) ? null : (this.tokens[i]?.column ?? null)
  }

  /** Columns in a list that starts here; `strict` where a cue stands before it. */
  private list(start: number): { places: number[]; next: number } {
    const places: number[] = []
    let i = start
    let next = start
    for (;;) {
      while (fillers.has(this.word(i)) && this.named(i) === null) i++
      if (this.named(i) === null) return { places, next }
      places.push(i)
      i += 1
      while (fillers.has(this.word(i)) && this.named(i) === null && this.word(i) !== 'for' && this.word(i) !== 'on') i++
      next = i
      if (!joiners.has(this.word(i))) return { places, next }
      while (joiners.has(this.word(i)) && this.named(i) === null) i++
      if (negations.has(this.word(i)) && this.word(i) === 'not') i++
    }
  }

  private take(places: readonly number[]): void {
    for (const place of places) {
      const id = this.named(place)
      if (id !== null) this.exclude.add(id)
      this.used.add(place)
    }
  }

  /** "gender must not be used", "age and sex should be excluded". */
  private readExclusionsBehind(): void {
    for (let i = 0; i < this.tokens.length; i++) {
      if (this.mention(i) === null || targetVerbs.has(this.word(i - 1))) continue
      const { places, next } = this.list(i)
      let j = next
      while (['should', 'must', 'may', 'can', 'is', 'are', 'be', 'to', 'has', 'have', 'needs', 'need', 'shall', 'will'].includes(this.word(j))) j++
      const negated = negations.has(this.word(j))
      if (negated) j++
      while (this.word(j) === 'be') j++
      const isExcluded = excluded.has(this.word(j)) || (this.word(j) === 'left' && this.word(j + 1) === 'out')
      if (j > next && ((negated && usedWords.has(this.word(j))) || (!negated && isExcluded))) this.take(places)
      else if (j > next && negated && isExcluded) for (const place of places) this.used.add(place)
      i = Math.max(i, next - 1)
    }
  }

  /** "don't use gender", "without age or sex", "leave out gender", "leave gender out". */
  private readExclusionsAhead(): void {
    for (let i = 0; i < this.tokens.length; i++) {
      const start = this.afterExclusionCue(i)
      if (start === null) continue
      const negated = this.isNegated(i)
      const { places, next } = this.list(start)
      if (['leave', 'keep', 'leaving', 'keeping'].includes(this.word(i)) && this.word(start - 1) !== 'out' && this.word(next) !== 'out') continue
      if (negated) for (const place of places) this.used.add(place)
      else if (places.length > 0) this.take(places)
      else this.noteUnknown(start)
    }
  }

  private afterExclusionCue(i: number): number | null {
    const word = this.word(i)
    const after = this.word(i + 1)
    if (this.tokens[i]?.quoted === true) return null
    if (['leave', 'leaving', 'keep', 'keeping'].includes(word)) return after === 'out' ? i + 2 : i + 1
    if (excluders.has(word)) return word === 'except' && after === 'for' ? i + 2 : i + 1
    if (word === 'but' && after === 'not') return i + 2
    if (negations.has(word)) {
      if (uses.has(after)) return i + 2
      if ((after === 'rely' || after === 'look') && ['on', 'at'].includes(this.word(i + 2))) return i + 3
      if (word === 'not' && this.mention(i + 1) !== null) return i + 1
    }
    return null
  }

  /** Whether a cue that excludes by itself has "don't" before it. */
  private isNegated(i: number): boolean {
    return !negations.has(this.word(i)) && this.word(i) !== 'but' && negations.has(this.word(i - 1))
  }

  private noteUnknown(start: number): void {
    let i = start
    while (fillers.has(this.word(i))) i++
    const word = this.word(i)
    const next = this.word(i + 1)
    if (!/^[\p{L}\p{N}_]+$/u.test(word) || grammar.has(word)) return
    if (next === '.' || ends.has(next) || next === ',' || i + 1 >= this.tokens.length) this.notes.push(`The request leaves out "${word}", but no column is called that.`)
  }

  private readTargets(): void {
    for (let i = 0; i < this.tokens.length; i++) {
      const word = this.word(i)
      if (this.tokens[i]?.quoted === true) continue
      if (targetVerbs.has(word) && !negations.has(this.word(i - 1))) this.readClause(i + 1)
      else if (targetNouns.has(word) || word === 'model' || word === 'drivers' || word === 'causes') this.readAfterNoun(i)
      const id = this.mention(i)
      if (id !== null && this.isNamedAsAim(i)) this.targets.add(id)
    }
  }

  /** "predict whether a customer will churn": the one column up to the end of the clause. */
  private readClause(start: number): void {
    const found = new Set<string>()
    let i = start
    let cue = true
    for (; i < this.tokens.length; i++) {
      const direct = cue ? this.named(i) : this.mention(i)
      if (direct !== null) {
        found.add(direct)
        cue = false
        if (this.word(i + 1) === ',' && this.mention(i + 2) !== null) i++
        continue
      }
      if (this.used.has(i) || (stops.has(this.word(i)) && !(cue && fillers.has(this.word(i))))) break
      if (!fillers.has(this.word(i))) cue = false
    }
    for (const id of found) this.targets.add(id)
    if (found.size === 0) this.noteNoTarget(start)
  }

  private noteNoTarget(start: number): void {
    const said = this.tokens.slice(start, start + 4).map((token) => token.word)
    const end = said.findIndex((word) => stops.has(word))
    const text = said.slice(0, end < 0 ? said.length : end).join(' ')
    if (text !== '') this.notes.push(`The request wants "${text}" predicted, but names no column that way.`)
  }

  /** "target: price", "the label is churn", "target column survived". */
  private readAfterNoun(i: number): void {
    let j = i + 1
    while (['column', 'variable', 'is', '=', ':', 'the', 'will', 'be', 'should', 'of', 'called', 'named'].includes(this.word(j)) && this.named(j) === null) j++
    const id = this.named(j)
    if (id !== null && !aims.has(this.word(j + 1))) this.targets.add(id)
  }

  /** "a churn model", "price prediction", "churn is the label", "survived as target". */
  private isNamedAsAim(i: number): boolean {
    if (aims.has(this.word(i + 1))) return true
    if (!['is', 'as', '='].includes(this.word(i + 1))) return false
    let j = i + 2
    while (['the', 'my', 'our', 'a', 'what', 'i', 'we', 'want', 'to'].includes(this.word(j))) j++
    return targetNouns.has(this.word(j)) || (this.word(j) === 'predict' && this.word(j + 1) !== this.word(i))
  }
}
