import { stripText, whitespace } from './compact-text.ts'
import type { PortablePattern } from './python-pattern.ts'
import { lowerText, upperText } from './text-case.ts'
import { scriptPattern, wordEndsText } from './text-counts.ts'
import type { TypedExpression } from './typed-expression.ts'

type TextNode = Extract<TypedExpression, { kind: 'case' | 'strip' | 'length' | 'matches' | 'matchCount' | 'affix' }>

/** What an expression does to a text, in JavaScript. */
export function textFunction(node: TextNode): (text: string) => string | number | boolean {
  switch (node.kind) {
    case 'case':
      return node.to === 'lower' ? lowerText : upperText
    case 'strip':
      return node.characters === whitespace ? stripText : stripper(node.characters)
    case 'length':
      return (text) => [...text].length
    case 'affix':
      return node.side === 'start' ? (text) => text.startsWith(node.text) : (text) => text.endsWith(node.text)
    case 'matches': {
      const find = finder(node.pattern, '')
      return (text) => find(text) !== null
    }
    default: {
      const find = finder(node.pattern, 'g')
      return (text) => find(text)?.length ?? 0
    }
  }
}

function finder({ pattern, ignoreCase, wordEnds }: PortablePattern, flags: string): (text: string) => RegExpMatchArray | null {
  const compiled = scriptPattern(pattern, `${flags}${ignoreCase ? 'i' : ''}u`)
  return wordEnds ? (text) => wordEndsText(text).match(compiled) : (text) => text.match(compiled)
}

function stripper(characters: string): (text: string) => string {
  const set = new Set(characters)
  return (text) => {
    const all = [...text]
    let [start, end] = [0, all.length]
    while (start < end && set.has(all[start] ?? '')) start++
    while (end > start && set.has(all[end - 1] ?? '')) end--
    return all.slice(start, end).join('')
  }
}
