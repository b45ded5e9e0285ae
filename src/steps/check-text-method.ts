import type { Given, Method } from './check-method.ts'
import { whitespace } from './compact-text.ts'
import { ExpressionFault } from './expression-tokens.ts'
import type { Expression } from './expression-tree.ts'
import { PatternFault, portablePattern, type PortablePattern } from './python-pattern.ts'
import type { TypedExpression } from './typed-expression.ts'

/** The methods behind `.str` with their parameters in order. */
export const textMethods: Readonly<Record<string, readonly string[]>> = {
  len: [],
  count: ['pat', 'flags'],
  contains: ['pat', 'case', 'flags', 'na', 'regex'],
  startswith: ['pat', 'na'],
  endswith: ['pat', 'na'],
  lower: [],
  upper: [],
  strip: ['to_strip'],
}

/** Settles the types of a method of texts. Throws `ExpressionFault` where something does not fit. */
export function checkTextMethod(node: Method, operand: TypedExpression, given: Given): TypedExpression {
  switch (node.name) {
    case 'len':
      return { kind: 'length', type: 'number', operand }
    case 'lower':
    case 'upper':
      return { kind: 'case', type: 'text', to: node.name, operand }
    case 'strip':
      return { kind: 'strip', type: 'text', operand, characters: stripped(given.get('to_strip')) }
    case 'count':
      return { kind: 'matchCount', type: 'number', operand, pattern: counted(patternOf(node, given, true), node) }
    case 'contains':
      return filled({ kind: 'matches', type: 'boolean', operand, pattern: patternOf(node, given, flag(given, 'regex', true)) }, given)
    default:
      return filled({ kind: 'affix', type: 'boolean', operand, side: node.name === 'startswith' ? 'start' : 'end', text: textOf(node, given) }, given)
  }
}

/** What missing texts give where `na` says it. */
function filled(value: TypedExpression, given: Given): TypedExpression {
  const na = given.get('na')
  if (na === undefined || na.kind === 'none') return value
  if (na.kind !== 'boolean') throw new ExpressionFault('na is True, False or None.', na.at)
  return { kind: 'fill', type: 'boolean', value, other: { kind: 'literal', type: 'boolean', value: na.value } }
}

function textOf(node: Method, given: Given): string {
  const pattern = given.get('pat')
  if (pattern === undefined) throw new ExpressionFault(`.str.${node.name}() needs "pat".`, node.at)
  if (pattern.kind !== 'text') throw new ExpressionFault(`.str.${node.name}() takes a text in quotes.`, pattern.at)
  return pattern.value
}

function stripped(characters: Expression | undefined): string {
  if (characters === undefined || characters.kind === 'none') return whitespace
  if (characters.kind !== 'text') throw new ExpressionFault('.str.strip() takes a text in quotes.', characters.at)
  return characters.value
}

function flag(given: Given, parameter: string, usual: boolean): boolean {
  const value = given.get(parameter)
  if (value === undefined) return usual
  if (value.kind !== 'boolean') throw new ExpressionFault(`${parameter} is True or False.`, value.at)
  return value.value
}

/** The number by which Python's re.IGNORECASE goes. */
const ignoreCaseFlag = 2

function patternOf(node: Method, given: Given, regex: boolean): PortablePattern {
  const written = textOf(node, given)
  const flags = given.get('flags')
  if (flags !== undefined && (flags.kind !== 'number' || (flags.value !== 0 && flags.value !== ignoreCaseFlag))) throw new ExpressionFault(`flags is 0, or ${ignoreCaseFlag} to forgive case.`, flags.at)
  const ignoreCase = !flag(given, 'case', true) || (flags?.kind === 'number' && flags.value === ignoreCaseFlag)
  const pattern = regex ? written : [...written].map((character) => (/[\p{L}\p{N}]/u.test(character) ? character : `\\${character}`)).join('')
  try {
    return portablePattern(pattern, ignoreCase)
  } catch (error) {
    if (error instanceof PatternFault) throw new ExpressionFault(`the pattern ${JSON.stringify(written)} at its character ${error.at + 1}: ${error.message}.`, given.get('pat')?.at ?? node.at)
    throw error
  }
}

/** Engines differ in how often nothing is found. */
function counted(pattern: PortablePattern, node: Method): PortablePattern {
  if (pattern.empty) throw new ExpressionFault('.str.count() of a pattern that may match nothing at all is not offered.', node.at)
  return pattern
}
