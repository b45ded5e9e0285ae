import { openFlaggedHouse, openServer, type HouseFlags } from './open-server.ts'
import { studioLink } from './studio-link.ts'
import { untilStopped } from './until-stopped.ts'

export interface ServeFlags extends HouseFlags {
  readonly port: number
  readonly host: string
  readonly publicUrl?: string | undefined
  readonly workers: number
  readonly json?: boolean | undefined
}

/** Serves the API and moves runs until it is stopped. */
export async function serve(flags: ServeFlags): Promise<void> {
  const stopped = untilStopped()
  const { house, served, apiKey } = await openServer(flags)
  try {
    if (flags.json === true) process.stdout.write(`${JSON.stringify({ url: served.url, api_key: apiKey })}\n`)
    else process.stdout.write(`Signalbox serves at ${served.url}\nStudio, signed in: ${studioLink(served.url, apiKey)}\nAPI key: ${apiKey}\nOpenAPI: ${served.url}/openapi.json\nCtrl-C stops it.\n`)
    await stopped
  } finally {
    await house.close()
  }
}

export interface WorkerFlags extends HouseFlags {
  readonly workers: number
}

/** Moves runs of a data folder or database until it is stopped, beside a server or other workers. */
export async function work(flags: WorkerFlags): Promise<void> {
  const stopped = untilStopped()
  const house = await openFlaggedHouse(flags)
  try {
    await house.work(flags.workers)
    process.stderr.write(`A worker moves up to ${flags.workers} runs at once. Ctrl-C stops it.\n`)
    await stopped
  } finally {
    await house.close()
  }
}
