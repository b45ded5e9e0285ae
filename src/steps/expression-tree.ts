/** An expression as it was written; `at` is the place to point at in a message. */
export type Expression = { readonly at: number } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'column'; readonly name: string; readonly bare: boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: ArithmeticOperator | 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'compare'; readonly first: Expression; readonly rest: ReadonlyArray<{ readonly operator: CompareOperator | 'in' | 'not in'; readonly right: Expression; readonly at: number }> }
  | { readonly kind: 'function'; readonly name: string; readonly arguments: readonly Argument[] }
  /** A method of a value, or of its texts where `str` stands between. */
  | { readonly kind: 'method'; readonly name: string; readonly str: boolean; readonly of: Expression; readonly arguments: readonly Argument[] }
)

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>='

/** An argument of a call; by its name where one was given. */
export interface Argument {
  readonly name: string | null
  readonly value: Expression
}
