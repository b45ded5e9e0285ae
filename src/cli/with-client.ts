import { Signalbox } from '#sdk/client'
import { CommandFailure } from './failure.ts'
import { openServer, type HouseFlags } from './open-server.ts'

export interface ClientFlags extends HouseFlags {
  /** A server that runs; without it the command opens the data folder itself. */
  readonly url?: string | undefined
  readonly key?: string | undefined
  /** How many runs a server on the data folder moves at once; none where it is not said. */
  readonly workers?: number | undefined
}

/** Works with a client of the server that the options name, or of one that is opened on the data folder and closed after. */
export async function withClient<T>(flags: ClientFlags, work: (client: Signalbox) => Promise<T>): Promise<T> {
  const baseUrl = flags.url ?? (flags.dataDir === undefined ? namedServer() : undefined)
  if (baseUrl !== undefined) return work(new Signalbox({ baseUrl, apiKey: keyOf(flags) }))
  const { house, client } = await openServer({ ...flags, port: 0, host: '127.0.0.1', workers: flags.workers ?? 0 })
  try {
    return await work(client)
  } finally {
    await house.close()
  }
}

/** A folder that is named is meant, whatever the environment says. */
function namedServer(): string | undefined {
  const url = process.env.SIGNALBOX_URL ?? ''
  return url === '' ? undefined : url
}

function keyOf({ key }: ClientFlags): string {
  const given = key ?? process.env.SIGNALBOX_KEY ?? ''
  if (given === '') throw new CommandFailure('A server asks for a key.', { suggestion: 'Give it with --key or in SIGNALBOX_KEY.', exitCode: 2 })
  return given
}
