import { accept, refuse, type Result } from '#core/errors'
import { findColumn } from '#core/find-column'
import { spendOnRows } from '#scoring/spend-on-rows'
import { whatIf } from '#scoring/what-if'
import { openWhatIf, type WhatIfModel } from '#scoring/what-if-model'
import { type RawRow, rowReader } from '#scoring/row-reader'
import type { WhatIfAnswer, WhatIfBody, WhatIfBudgetAnswer, WhatIfBudgetBody } from '#wire/what-if'
import { openModel } from './deployed-model.ts'
import { ownVersion } from './deployments.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller, WhatIf } from './signalbox.ts'
import { trainingProfile } from './training-profile.ts'
import { budgetAnswer, whatIfAnswer } from './what-if-answer.ts'
import { readWhatIf, type Wish } from './what-if-wish.ts'
import { budgetRows } from './what-if-rows.ts'

/** A version that can be asked what would be if. */
interface Opened {
  readonly model: WhatIfModel
  readonly readRow: ReturnType<typeof rowReader>
}

/** What a change of a row would do, and where a budget for changes does most. */
export function openWhatIfs(input: ServiceInput): WhatIf {
  const openedVersion = openedVersions(input)
  return {
    async ask(caller, versionId, body) {
      const opened = await openedVersion(caller, versionId)
      return opened.ok ? ask(input, { versionId, ...opened.value }, body) : opened
    },
    async spend(caller, versionId, body) {
      const opened = await openedVersion(caller, versionId)
      if (!opened.ok) return opened
      const rows = await budgetRows(input, caller, { body, readRow: opened.value.readRow })
      return rows.ok ? spend(input, { versionId, ...opened.value, rows: rows.value }, body) : rows
    },
  }
}

const mostOpened = 16

/** Opens each version once: it never changes, and nor do the rows that it learnt from. */
function openedVersions(input: ServiceInput): (caller: Caller, versionId: string) => Promise<Result<Opened>> {
  const known = new Map<string, Opened>()
  return async function openedVersion(caller, versionId) {
    const version = await ownVersion(input, caller, versionId)
    if (!version.ok) return version
    if ((await input.preprocessors.linkedTo(versionId)) !== undefined) {
      return refuse('WHAT_IF_UNAVAILABLE', 'A preprocessor stands before this version, and nothing is known of the training values of what it reads.')
    }
    const before = known.get(versionId)
    if (before !== undefined) return accept(before)
    const { scorer } = await openModel(input, version.value)
    const profiles = await trainingProfile(input, version.value, scorer.document)
    if (!profiles.ok) return profiles
    const model = openWhatIf(scorer, profiles.value)
    if (!model.ok) return model
    const opened = { model: model.value, readRow: rowReader(scorer.document) }
    const [oldest] = known.keys()
    if (known.size >= mostOpened && oldest !== undefined) known.delete(oldest)
    known.set(versionId, opened)
    return accept(opened)
  }
}

type Version = Opened & { readonly versionId: string }

/** Work of one search, and of each row of a budget, in partial changes looked at. */
const mostSteps = 50_000
const mostStepsOfRow = 5_000

async function ask(input: ServiceInput, { versionId, model, readRow }: Version, body: WhatIfBody): Promise<Result<WhatIfAnswer>> {
  const read = readRow(body.row)
  if (!read.ok) {
    const place = read.column === null ? 'row' : `row, column ${JSON.stringify(read.column)}`
    return refuse('ROW_UNREADABLE', `${place}: expected ${read.expected}, received ${(JSON.stringify(read.received) ?? 'nothing').slice(0, 80)}.`)
  }
  const wish = wishOf(model, body)
  const request = readWhatIf(model.scorer, wish, model.scorer.predictRow(read.row))
  if (!request.ok) return request
  const answer = await finish(whatIf(model, { ...request.value, row: read.row, alternatives: body.alternatives ?? 3, mostSteps }), input.pause)
  return answer.ok ? accept(whatIfAnswer(versionId, answer.value)) : answer
}

async function spend(input: ServiceInput, { versionId, model, rows }: Version & { readonly rows: readonly RawRow[] }, body: WhatIfBudgetBody): Promise<Result<WhatIfBudgetAnswer>> {
  const request = readWhatIf(model.scorer, wishOf(model, body), null)
  if (!request.ok) return request
  const { budget, unit } = body
  const answer = await finish(spendOnRows(model, { rows, budget, unit, common: { ...request.value, mostSteps: mostStepsOfRow } }), input.pause)
  return answer.ok ? accept(budgetAnswer({ versionId, body, target: request.value.target }, answer.value)) : answer
}

/** Names of columns as the model has them; blanks and case are forgiven where one matches. */
function wishOf({ scorer }: WhatIfModel, body: Wish): Wish {
  const reads = scorer.document.pipeline.reads.map((name) => ({ name }))
  const named = (name: string): string => findColumn(reads, name)?.name ?? name
  return {
    ...body,
    actionable: body.actionable?.map(named),
    immutable: body.immutable?.map(named),
    columns: body.columns == null ? body.columns : Object.fromEntries(Object.entries(body.columns).map(([name, rule]) => [named(name), rule])),
    conditions: body.conditions?.map(({ column, needs, ...rest }) => ({ ...rest, column: named(column), needs: { ...needs, column: named(needs.column) } })),
  }
}

/** Runs to the end, giving the rest of the process a turn in between. */
async function finish<T>(work: Generator<void, T>, pause: () => Promise<void>): Promise<T> {
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return next.value
    await pause()
  }
}
