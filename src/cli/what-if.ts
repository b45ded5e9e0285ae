import { existsSync, readFileSync } from 'node:fs'
import { whatIfBodySchema, type ChangedRowAnswer, type WhatIfAnswer, type WhatIfInput } from '#wire/what-if'
import { CommandFailure } from './failure.ts'
import { print, type PrintFlags } from './print.ts'
import { textTable } from './text-table.ts'
import { withClient, type ClientFlags } from './with-client.ts'

interface Flags extends ClientFlags, PrintFlags {
  readonly actionable?: string | undefined
  readonly immutable?: string | undefined
  readonly target?: string | undefined
  readonly columns?: string | undefined
  readonly alternatives?: number | undefined
}

interface Asked {
  readonly versionId: string
  readonly row: string
}

/** Asks for the cheapest changes of a row, and prints them with what they cost. */
export async function askWhatIf({ versionId, row }: Asked, flags: Flags): Promise<void> {
  const named = (list: string | undefined): string[] | undefined => list?.split(',').map((column) => column.trim())
  const text = existsSync(row) ? readFileSync(row, 'utf8') : row
  const body = { row: readJson('the row', text), actionable: named(flags.actionable), immutable: named(flags.immutable), target: readJson('--target', flags.target), columns: readJson('--columns', flags.columns), alternatives: flags.alternatives }
  const checked = whatIfBodySchema.safeParse(body)
  if (!checked.success) throw new CommandFailure(`${checked.error.issues[0]?.path.join('.') ?? 'the request'}: ${checked.error.issues[0]?.message ?? 'unreadable'}`, { exitCode: 2 })
  const answer = await withClient(flags, (client) => client.models.whatIf(versionId, body as WhatIfInput))
  print(flags, answer, answerText(answer))
}

function readJson(what: string, text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new CommandFailure(`${what} is no JSON.`, { exitCode: 2 })
  }
}

function answerText({ text, alternatives, nearest, proof }: WhatIfAnswer): string {
  const shown = nearest === null ? alternatives : [nearest]
  const blocks = shown.map((row, i) => `\n${nearest === null ? `${i + 1}.` : 'Nearest:'} ${changedText(row)}`)
  const proven = { exact: 'No other change is cheaper.', candidates: 'No other change among the values that were tried is cheaper.', stopped: 'The work ran out before that was shown.' }
  return `${text}\n${blocks.join('')}${alternatives.length === 0 ? '' : `\n${proven[proof.kind]}\n`}`
}

function changedText({ changes, cost, pred, figure, warnings }: ChangedRowAnswer): string {
  const rows = changes.map(({ column, from, to, cost: each }) => [column, JSON.stringify(from), JSON.stringify(to), Number(each.toPrecision(4))])
  const warned = warnings.map((warning) => `Warning: ${warning.text}\n`).join('')
  return `${pred} (${Number(figure.toPrecision(4))}) for ${Number(cost.toPrecision(4))}\n${textTable(['column', 'from', 'to', 'cost'], rows)}${warned}`
}
