import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { checkExpression } from './check-expression.ts'
import { defineStep, type StepUse, unknownColumn } from './define-step.ts'
import { expressionRow } from './expression-row.ts'
import { expressionSql } from './expression-sql.ts'
import { ExpressionFault, UnknownColumnFault } from './expression-tokens.ts'
import { parseExpression } from './parse-expression.ts'
import { columnsRead, type TypedExpression } from './typed-expression.ts'

const paramsSchema = z.strictObject({ expression: z.string(), output_column: z.string().min(1) })
type Params = z.infer<typeof paramsSchema>

/** A column made by an expression over others; one that has its name is replaced. */
export const expression = defineStep<Params>({
  type: 'ExpressionTransformer',
  rowwise: true,
  params: paramsSchema,
  contract({ params, scope }) {
    const tree = readExpression(params.expression, scope)
    if (!tree.ok) return tree
    const from = columnsRead(tree.value).map((column) => column.id)
    const { type } = tree.value
    const known = scope.find((column) => column.name === params.output_column)
    if (known !== undefined) return accept({ reads: from, changes: [{ id: known.id, type, from }], creates: [], drops: [], renames: [] })
    return accept({ reads: from, changes: [], creates: [{ name: params.output_column, type, from, after: null }], drops: [], renames: [] })
  },
  describe: ({ params }) => `worked out as ${params.expression}`,
  sql(use) {
    const { id } = outputOf(use)
    const { layers, expression: value } = expressionSql(treeOf(use), id)
    return { layers, assign: [{ id, expression: value }] }
  },
  row(use) {
    const { id } = outputOf(use)
    const evaluate = expressionRow(treeOf(use))
    return (row) => ({ ...row, [id]: evaluate(row) })
  },
  portable: (use) => [{ op: 'expression', to: outputOf(use).id, tree: treeOf(use) }],
})

/** Parses and checks an expression; refused with the character at which it goes wrong. */
export function readExpression(text: string, columns: readonly Column[]): Result<TypedExpression> {
  try {
    return accept(checkExpression(parseExpression(text), columns))
  } catch (error) {
    const more = error instanceof UnknownColumnFault ? { detail: unknownColumn } : {}
    if (error instanceof ExpressionFault) return refuse('CUSTOM_REFUSED', `the expression ${JSON.stringify(text.slice(0, 200))} at ${error.message}`, more)
    throw error
  }
}

function treeOf({ params, scope }: StepUse<Params>): TypedExpression {
  const tree = readExpression(params.expression, scope)
  if (!tree.ok) throw new Error(tree.refusal.message)
  return tree.value
}

function outputOf({ params, scope, created }: StepUse<Params>): Column {
  const column = created[0] ?? scope.find((candidate) => candidate.name === params.output_column)
  if (column === undefined) throw new Error(`no column ${params.output_column}`)
  return column
}
