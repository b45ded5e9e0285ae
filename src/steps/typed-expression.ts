import type { Column } from '#core/dataset'
import type { ArithmeticOperator, CompareOperator } from './expression-tree.ts'
import type { PortablePattern } from './python-pattern.ts'

export type ValueType = 'number' | 'text' | 'boolean'
export const mathFunctions = ['abs', 'sqrt', 'exp', 'log', 'log10', 'floor', 'ceil', 'sin', 'cos', 'sinh', 'cosh', 'tanh', 'arcsin', 'arccos', 'arctan', 'arcsinh', 'arccosh', 'arctanh', 'expm1', 'log1p'] as const
export type MathFunction = (typeof mathFunctions)[number]

/**
 * An expression over found columns with settled types, from which SQL and row function are made. Numbers are doubles; one
 * that is none (0 / 0, the root of −1) is missing, as a missing cell is.
 */
export type TypedExpression = { readonly type: ValueType } & (
  | { readonly kind: 'literal'; readonly value: number | string | boolean | null }
  | { readonly kind: 'column'; readonly column: Column }
  | { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: TypedExpression; readonly right: TypedExpression }
  | { readonly kind: 'negative'; readonly operand: TypedExpression }
  | { readonly kind: 'math'; readonly function: MathFunction; readonly operand: TypedExpression }
  /** A missing value equals none: `!=` is true for it, all else false. */
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly left: TypedExpression; readonly right: TypedExpression }
  /** Missing counts as false. */
  | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: TypedExpression; readonly right: TypedExpression }
  | { readonly kind: 'not'; readonly operand: TypedExpression }
  | { readonly kind: 'missing'; readonly operand: TypedExpression }
  | { readonly kind: 'where'; readonly value: TypedExpression; readonly condition: TypedExpression; readonly other: TypedExpression }
  | { readonly kind: 'fill'; readonly value: TypedExpression; readonly other: TypedExpression }
  /** Held at or above (lower) or below (upper) a limit; a missing limit holds nothing. */
  | { readonly kind: 'limit'; readonly side: 'lower' | 'upper'; readonly value: TypedExpression; readonly limit: TypedExpression }
  /** The angle of a point, as arctan2(y, x). */
  | { readonly kind: 'angle'; readonly y: TypedExpression; readonly x: TypedExpression }
  /** To so many decimals, halves to the even neighbour. */
  | { readonly kind: 'round'; readonly operand: TypedExpression; readonly decimals: number }
  /** Number to number: without its fraction, only where it is whole, or in the precision of a single. */
  | { readonly kind: 'convert'; readonly to: 'truncated' | 'whole' | 'single'; readonly operand: TypedExpression; readonly at: number }
  /** Whether a number is not 0, or a text not empty; missing counts as true, as it does there. */
  | { readonly kind: 'truthy'; readonly operand: TypedExpression }
  /** A truth value or whole number as text. */
  | { readonly kind: 'written'; readonly operand: TypedExpression }
  | { readonly kind: 'join'; readonly left: TypedExpression; readonly right: TypedExpression }
  | { readonly kind: 'case'; readonly to: 'lower' | 'upper'; readonly operand: TypedExpression }
  /** Without these characters at both ends. */
  | { readonly kind: 'strip'; readonly characters: string; readonly operand: TypedExpression }
  | { readonly kind: 'length'; readonly operand: TypedExpression }
  /** Whether a text matches a pattern, or how often. */
  | { readonly kind: 'matches' | 'matchCount'; readonly pattern: PortablePattern; readonly operand: TypedExpression }
  | { readonly kind: 'affix'; readonly side: 'start' | 'end'; readonly text: string; readonly operand: TypedExpression }
  /** A truth value as 1 or 0. */
  | { readonly kind: 'count'; readonly operand: TypedExpression }
)

/** The columns that an expression reads, in the order of their first mention. */
export function columnsRead(tree: TypedExpression): Column[] {
  const found = new Map<string, Column>()
  const visit = (node: TypedExpression): void => {
    if (node.kind === 'column') found.set(node.column.id, node.column)
    for (const part of partsOf(node)) visit(part)
  }
  visit(tree)
  return [...found.values()]
}

/** The parts of an expression. */
export function partsOf(node: TypedExpression): TypedExpression[] {
  switch (node.kind) {
    case 'literal':
    case 'column':
      return []
    case 'arithmetic':
    case 'compare':
    case 'logic':
    case 'join':
      return [node.left, node.right]
    case 'angle':
      return [node.y, node.x]
    case 'where':
      return [node.value, node.condition, node.other]
    case 'fill':
      return [node.value, node.other]
    case 'limit':
      return [node.value, node.limit]
    case 'negative':
    case 'math':
    case 'not':
    case 'missing':
    case 'count':
    case 'round':
    case 'convert':
    case 'truthy':
    case 'written':
    case 'case':
    case 'strip':
    case 'length':
    case 'matches':
    case 'matchCount':
    case 'affix':
      return [node.operand]
  }
}
