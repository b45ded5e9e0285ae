import { accept, refuse, type Result } from '#core/errors'
import type { LoadedRun, RunRow } from '#core/store-ports'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

const unknown = refuse('NOT_FOUND', 'There is no such run.')

/** The run, where it belongs to the caller's team. */
export async function ownRun({ runs }: ServiceInput, caller: Caller, runId: string): Promise<Result<LoadedRun>> {
  const loaded = await runs.load(runId)
  return loaded === undefined || loaded.run.team_id !== caller.team_id ? unknown : accept(loaded)
}

/** The run with its caption, where it belongs to the caller's team. */
export async function ownRow({ lists }: ServiceInput, caller: Caller, runId: string): Promise<Result<RunRow>> {
  const row = await lists.get(runId)
  return row === undefined || row.run.team_id !== caller.team_id ? unknown : accept(row)
}
