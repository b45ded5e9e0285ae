import { changeRequest } from './change-request.ts'
import { column } from './column.ts'
import { decisions } from './decisions.ts'
import { explainRow } from './explain-row.ts'
import { helpOver } from './help.ts'
import type { Intent } from './intent.ts'
import { label } from './label.ts'
import { leftOut } from './left-out.ts'
import { metrics } from './metrics.ts'
import { next } from './next.ts'
import { options } from './options.ts'
import { products } from './products.ts'
import { status } from './status.ts'
import { topFeatures } from './top-features.ts'

const answering: readonly Intent[] = [status, label, leftOut, options, metrics, topFeatures, explainRow, column, decisions, products, next, changeRequest]

/** Everything that can be asked; of intents that weigh the same, the first is meant. */
export const intents: readonly Intent[] = [...answering, helpOver(answering)]
