import type { StopsAnswer } from '#wire/stop'
import { CommandFailure } from './failure.ts'
import { print, type PrintFlags } from './print.ts'
import { textTable } from './text-table.ts'
import { withClient, type ClientFlags } from './with-client.ts'

interface StopFlags extends ClientFlags, PrintFlags {
  readonly all?: boolean | undefined
  readonly reason?: string | undefined
}

/** Presses a stop button, or takes a press back: of the deployment that is named, or of everything. */
export async function pressStop(verb: 'stop' | 'resume', deploymentId: string | undefined, flags: StopFlags): Promise<void> {
  if ((deploymentId === undefined) === (flags.all !== true)) throw new CommandFailure('Name one deployment, or give --all.', { exitCode: 2 })
  const done = await withClient<{ readonly status: string }>(flags, async ({ deployments }) => {
    if (deploymentId !== undefined) return deployments[verb](deploymentId, flags.reason)
    const { stopped } = await (verb === 'stop' ? deployments.stopAll(flags.reason) : deployments.resumeAll(flags.reason))
    return { status: stopped ? 'stopped' : 'resumed' }
  })
  print(flags, done, `${deploymentId ?? 'Everything'}: ${done.status}\n`)
}

export async function listStops(flags: ClientFlags & PrintFlags): Promise<void> {
  const stops = await withClient(flags, (client) => client.deployments.stops())
  print(flags, stops, stopsText(stops))
}

function stopsText({ stopped, stopped_at, stopped_by, presses }: StopsAnswer): string {
  const state = stopped ? `Everything is stopped since ${stopped_at}, by ${stopped_by}.\n` : ''
  const rows = presses.map(({ at, action, deployment_id, actor, reason }) => [at, action, deployment_id ?? 'everything', actor, reason ?? ''])
  return rows.length === 0 ? 'No stop button was ever pressed.\n' : `${state}${textTable(['at', 'pressed', 'of', 'by', 'reason'], rows)}`
}
