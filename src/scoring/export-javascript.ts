import { accept, orThrow, type Result } from '#core/errors'
import { normalQuantileTables } from '#ml/normal-quantile'
import { minusSigns, whitespace } from '#steps/compact-text'
import { maybeMissingTokens, missingTokens } from '#steps/missing-tokens'
import type { CheckRow } from './check-rows.ts'
import { exportSchema } from './export-schema.ts'
import { javascriptCells } from './javascript-cells.ts'
import { javascriptExpression } from './javascript-expression.ts'
import { javascriptModel } from './javascript-model.ts'
import { javascriptSteps } from './javascript-steps.ts'
import { portableProgram } from './portable-program.ts'
import type { Scorer } from './scorer.ts'

/** A scorer as the text of a JavaScript module, as `javascriptModule` makes it without check rows; throws where a step cannot be said. */
export function exportJavaScript(scorer: Scorer): string {
  return orThrow(javascriptModule(scorer, []))
}

/**
 * A scorer as the text of an ES module without imports: `score(row)` takes a raw row and answers what the API answers, and
 * `schema` says what a row holds. It runs in browsers and in Node, with no network and no code made from text.
 */
export function javascriptModule(scorer: Pick<Scorer, 'document'>, checks: readonly CheckRow[]): Result<string> {
  const program = portableProgram(scorer.document)
  if (!program.ok) return program
  const parts = [
    header,
    `const program = ${scriptJson(program.value)}`,
    `const settings = ${scriptJson(runtimeSettings)}`,
    `const checks = ${scriptJson(checks)}`,
    javascriptCells, javascriptExpression, javascriptSteps, javascriptModel,
    `/** What a row holds, and what is predicted. */\nexport const schema = ${scriptJson(exportSchema(scorer.document))}\n`,
    surface,
  ]
  return accept(parts.join('\n'))
}

/** What the texts of both languages need to know of texts and distributions. */
export const runtimeSettings = { blanks: whitespace, minusSigns, missingTexts: [...missingTokens, ...maybeMissingTokens], normalQuantile: normalQuantileTables }

const header = `// A model of Signalbox as a module without imports. Made by an export; change the model, not this file.
//   import { score, schema } from './model.mjs'
//   score({ …a row, columns named as in the training file… })
// node model.mjs --verify   scores the check rows, and says how far they are from what the server said.
`

/** JSON that may stand in a script element of a page. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

const surface = String.raw`
/** Scores a raw row: score, proba and pred as the API answers them, with what the score is made of. */
export function score(row) {
  return scorePrepared(preparedRow(row))
}

/** What the model reads of a raw row once the pipeline has prepared it. */
export function prepare(row) {
  return { ...preparedRow(row) }
}

/** Scores the check rows of this file; the difference is relative where a number is above 1. */
export function verify() {
  let largest = 0
  let predictions = 0
  for (const { row, expected } of checks) {
    const said = score(row)
    for (const key of ['score', 'proba']) if (expected[key] !== undefined) largest = Math.max(largest, apart(said[key], expected[key]))
    for (const [name, share] of Object.entries(expected.probabilities ?? {})) largest = Math.max(largest, apart(said.probabilities[name], share))
    if (typeof expected.pred === 'number') largest = Math.max(largest, apart(said.pred, expected.pred))
    else if (said.pred !== expected.pred) predictions++
  }
  return { rows: checks.length, largest_difference: largest, different_predictions: predictions }
}

function apart(a, b) {
  return typeof a === 'number' && Number.isFinite(a) ? Math.abs(a - b) / Math.max(1, Math.abs(b)) : Infinity
}

const started = globalThis.process?.argv
if (started?.[1] !== undefined && started.includes('--verify') && decodeURIComponent(import.meta.url).endsWith('/' + started[1].split(/[\\/]/).at(-1))) {
  const found = verify()
  console.log(JSON.stringify(found))
  if (!(found.largest_difference <= 1e-9) || found.different_predictions > 0) globalThis.process.exitCode = 1
}
`
